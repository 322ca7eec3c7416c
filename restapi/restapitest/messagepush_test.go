package restapitest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestPushes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		ann := srv.User("ann")
		require.NoError(t, ann.SetProfile(profile.Nick.To("Ann")))
		bob := srv.User("bob", restapitest.WithPushToken(callback.PushPlatformAPNs))
		pad := srv.User("bob", restapitest.OnPlatform(callback.PlatformIPad), restapitest.WithPushToken(callback.PushPlatformAPNs))
		srv.User("bob", restapitest.OnPlatform(callback.PlatformWeb))
		require.NoError(t, bob.Background(true))
		require.NoError(t, pad.Drop(callback.StateTimeOut))
		m, err := ann.Send("bob", words("hi"))
		require.NoError(t, err)
		assert.Equal(t, restapitest.NoticeMessage, next(t, bob).Kind)
		push := next(t, bob)
		assert.Equal(t, restapitest.NoticePush, push.Kind)
		assert.Equal(t, "Ann", push.Push.Title)
		assert.Equal(t, "hi", push.Push.Desc)
		assert.Equal(t, m, push.Message)
		assert.Equal(t, restapitest.NoticePush, next(t, pad).Kind, "it has no connection, and gets the push alone")
		require.NoError(t, bob.ClickPush(push.Push))
		require.ErrorIs(t, pad.ClickPush(push.Push), restapi.CodeMessageNotFound)

		assert.Zero(t, sendText(t, srv, "ann", "bob", "x", `,"OfflinePushInfo":{"PushFlag":1}`).ErrorCode)
		assert.Zero(t, sendText(t, srv, "ann", "bob", "x", `,"OnlineOnlyFlag":1`).ErrorCode)
		assert.Zero(t, sendText(t, srv, "ann", "bob", "x", `,"OfflinePushInfo":{"Title":"T","Desc":"D","Ext":"{}"}`).ErrorCode)
		last := bob.Inbox()[len(bob.Inbox())-1]
		assert.Equal(t, "T D {}", last.Push.Title+" "+last.Push.Desc+" "+last.Push.Ext)
		_, err = ann.Send("bob", message.Body{&message.CustomElem{Data: "1"}})
		require.NoError(t, err)
		time.Sleep(7 * 24 * time.Hour)
		_, err = ann.Send("bob", words("nobody is pushed any more"))
		require.NoError(t, err)

		srv.Wait()
		var stages []string
		for _, d := range srv.Deliveries() {
			if d.Command != "Push.OfflinePush" {
				continue
			}
			e, err := callback.Decode(d.Command, d.Body)
			require.NoError(t, err)
			for _, one := range e.(*callback.PushOfflinePush).Events {
				stages = append(stages, fmt.Sprint(one.PushStage, " ", one.FromAccount, " ", one.ToAccount))
			}
		}
		assert.Equal(t, []string{
			"1 ann bob", "1 ann bob", "2 ann bob", "3 ann bob", "1 ann bob", "1 ann bob",
		}, stages)
	})
}

func TestConversationsOfDevices(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		ann, bob, cat := srv.User("ann"), srv.User("bob"), srv.User("cat")
		for _, d := range []*restapitest.Device{bob, cat} {
			_, err := d.Send("ann", words("hi"))
			require.NoError(t, err)
		}
		convs := conversation.NewClient(srv.Client())
		require.NoError(t, convs.Pin(t.Context(), "ann", []conversation.ID{conversation.C2C("bob")}))
		now := time.Now()
		assert.Equal(t, []restapitest.Conversation{
			{ID: conversation.C2C("bob"), Time: now, Unread: 1, Pinned: true},
			{ID: conversation.C2C("cat"), Time: now, Unread: 1},
		}, ann.Conversations())
		require.NoError(t, ann.MarkAllRead())
		all := told(t, srv)
		var e callback.C2CAfterMsgReadAll
		require.NoError(t, json.Unmarshal([]byte(all[len(all)-1]), &e))
		assert.Equal(t, "ann", e.ReportAccount)
		assert.Zero(t, ann.Unread())
		var state strings.Builder
		require.NoError(t, srv.Snapshot(&state))
		assert.Equal(t, 2, strings.Count(state.String(), `"LastReadTime":946684800`))
	})
}

// The backend reads history and takes part while it is asked, for a thousand devices at a time.
func TestHandlersThatChat(t *testing.T) {
	t.Parallel()
	const users = 1000
	srv, h := asker(t, restapitest.WithoutListener(), restapitest.WithRate(-1))
	srv.AddAccount("star")
	var n atomic.Int64
	callback.Answer(h, func(_ context.Context, e *callback.C2CBeforeSendMsg) (callback.C2CBeforeSendMsgAnswer, error) {
		if e.FromAccount != "star" && sendText(t, srv, "star", e.FromAccount, "wait", "").ErrorCode != 0 {
			return e.Allow(), errors.New("the call is refused")
		}
		n.Add(1)
		return e.Allow(), nil
	})
	var wg sync.WaitGroup
	for i := range users {
		d := srv.User(fmt.Sprintf("u%d", i))
		wg.Go(func() {
			_, err := d.Send("star", words("hi"))
			assert.NoError(t, err)
			all := d.With("star").Messages()
			if !assert.Len(t, all, 2) {
				return
			}
			assert.Equal(t, "wait", all[1].Body.Text(), "the other was first, though its sender had to wait")
		})
	}
	wg.Wait()
	srv.Wait()
	assert.EqualValues(t, 2*users, n.Load())
}

func TestTheSupportChatInABubble(t *testing.T) {
	t.Parallel()
	start := time.Now()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		require.NoError(t, chat(t.Context(), time.Hour))
		assert.Equal(t, time.Hour, time.Since(began))
	})
	assert.Less(t, time.Since(start), 30*time.Second)
}

func TestMessageLimits(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithHistory(2, 3), restapitest.WithBatchRate(2))
	srv.AddAccount("ann", "bob")
	for _, s := range []string{"a", "b", "c"} {
		assert.Zero(t, sendText(t, srv, "ann", "bob", s, "").ErrorCode)
	}
	ann := srv.User("ann")
	assert.Len(t, ann.With("bob").Messages(), 2)
	batch := func(random int) restapi.Code {
		return post(t, srv, message.CommandBatchSendMsg, fmt.Sprintf(`{"To_Account":["ann","bob"],"MsgRandom":%d,
			"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}`, random)).ErrorCode
	}
	assert.Zero(t, batch(1))
	assert.Equal(t, restapi.CodeMessageBatchRateLimited, batch(2))
	assert.Len(t, ann.With("bob").Messages(), 1, "three in all")
	assert.Panics(t, func() { restapitest.NewServer(restapitest.WithHistory(0, 1)) })
	free := newServer(t, restapitest.WithBatchRate(-1))
	assert.Equal(t, restapi.CodeMessageReceiverNotFound, post(t, free, message.CommandBatchSendMsg,
		`{"To_Account":["x"],"MsgRandom":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]}`).ErrorCode)
}
