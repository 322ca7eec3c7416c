package restapitest_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// The backend and a phone change the attributes of a group, and the backend is told of both.
func TestAttributesOfAGroup(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, h := asker(t, restapitest.WithoutListener())
		told := make(chan string, 10)
		callback.On(h, func(_ context.Context, e *callback.GroupAfterGroupAttrChanged) error {
			told <- fmt.Sprint(e.GroupID, " ", e.Type, " ", e.OperatorAccount, " ", e.OptionType, " ", e.GroupAttr)
			return nil
		})
		mira := srv.User("mira")
		groups, ctx := group.NewClient(srv.Client()), t.Context()
		id, err := groups.Create(ctx, group.Group{Type: group.Private, Name: "Harbor", OwnerAccount: "mira"})
		require.NoError(t, err)
		attrs := groups.Attributes
		require.NoError(t, attrs.Set(ctx, id, map[string]string{"host": "mira", "seat_1": ""}))
		assert.Equal(t, id+" Work administrator set [{host mira} {seat_1 }]", <-told)
		require.NoError(t, attrs.Modify(ctx, id, map[string]string{"seat_1": "ozan", "seat_2": "priya"}))
		assert.Equal(t, id+" Work administrator modify [{seat_1 ozan} {seat_2 priya}]", <-told)
		require.NoError(t, mira.DeleteAttributes(id, "seat_2"))
		assert.Equal(t, id+" Work mira delete [{seat_2 }]", <-told)
		got, err := attrs.Get(ctx, id)
		require.NoError(t, err)
		assert.Equal(t, map[string]string{"host": "mira", "seat_1": "ozan"}, got)

		require.ErrorIs(t, attrs.Delete(ctx, id, "host", "seat_2"), restapi.CodeGroupAttributeNotFound)
		require.ErrorIs(t, mira.DeleteAttributes(id, "seat_2"), restapi.CodeGroupAttributeNotFound)
		require.NoError(t, mira.SetAttributes(id, map[string]string{"host": "ozan"}))
		require.NoError(t, mira.ClearAttributes(id))
		require.ErrorIs(t, attrs.Clear(ctx, id), restapi.CodeGroupAttributeRateLimited, "the sixth change in a second")
		time.Sleep(time.Second)
		require.NoError(t, attrs.Clear(ctx, id))
		got, err = attrs.Get(ctx, id)
		require.NoError(t, err)
		assert.Empty(t, got)
		assert.NotNil(t, got)
		_, err = attrs.Get(ctx, "nowhere")
		require.ErrorIs(t, err, restapi.CodeGroupNotFound)
		for _, option := range []string{"mira set [{host ozan}]", "mira clear []", "administrator clear []"} {
			assert.Equal(t, id+" Work "+option, <-told)
		}
		require.NoError(t, mira.SignOut())
		require.ErrorIs(t, mira.SetAttributes(id, map[string]string{"a": "b"}), restapitest.ErrSignedOut)
	})
}

func TestCountersOfAGroup(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("mira")
	groups, ctx := group.NewClient(srv.Client()), t.Context()
	id, err := groups.Create(ctx, group.Group{Type: group.AVChatRoom, Name: "Live", OwnerAccount: "mira"})
	require.NoError(t, err)
	counters := groups.Counters
	now, err := counters.Update(ctx, id, group.CounterIncrease, map[string]int64{"like": 5, "gift": 1 << 60})
	require.NoError(t, err)
	assert.Equal(t, map[string]int64{"like": 5, "gift": 1 << 60}, now)
	now, err = counters.Update(ctx, id, group.CounterDecrease, map[string]int64{"like": 7})
	require.NoError(t, err)
	assert.Equal(t, map[string]int64{"like": -2}, now)
	now, err = counters.Update(ctx, id, group.CounterSet, map[string]int64{"like": 0})
	require.NoError(t, err)
	assert.Equal(t, map[string]int64{"like": 0}, now)
	now, err = counters.Get(ctx, id, "gift", "none")
	require.NoError(t, err)
	assert.Equal(t, map[string]int64{"gift": 1 << 60}, now)
	require.NoError(t, counters.Delete(ctx, id, "gift"))
	now, err = counters.Get(ctx, id)
	require.NoError(t, err)
	assert.Equal(t, map[string]int64{"like": 0}, now)
	require.NoError(t, counters.Clear(ctx, id))
	now, err = counters.Get(ctx, id)
	require.NoError(t, err)
	assert.Empty(t, now)

	people, err := groups.Create(ctx, group.Group{Type: group.Community, Name: "People", OwnerAccount: "mira"})
	require.NoError(t, err)
	_, err = counters.Get(ctx, people)
	require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied)
	srv.SetSettings(restapitest.Settings{Off: []restapitest.Feature{restapitest.FeatureGroupCounter}})
	_, err = counters.Get(ctx, id)
	require.ErrorIs(t, err, restapi.CodeGroupPlanRequired)
}
