package chat_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// crowdOf is an app with a group of so many members, of whom one is signed in.
func crowdOf(tb testing.TB, members int) *chat.App {
	tb.Helper()
	a := chat.New(chat.Config{Admins: []string{"administrator"}, GroupPerSecond: -1})
	tb.Cleanup(a.Close)
	var seed strings.Builder
	seed.WriteString(`{"format":"tencentchat-local","version":1}`)
	for i := range members {
		fmt.Fprintf(&seed, "\n"+`{"kind":"user","UserID":"u%d"}`, i)
	}
	seed.WriteString("\n" + `{"kind":"group","GroupId":"crowd","Type":"Public","Owner_Account":"u0"}`)
	for i := 1; i < members; i++ {
		fmt.Fprintf(&seed, "\n"+`{"kind":"groupmember","GroupId":"crowd","Member_Account":"u%d"}`, i)
	}
	require.NoError(tb, a.Restore(strings.NewReader(seed.String())))
	signedIn(tb, a, "u1", callback.PlatformIOS)
	return a
}

// What a send to a group costs while the state is locked. It must not grow with the members.
func BenchmarkGroupSendUnderTheLock(b *testing.B) {
	for _, members := range []int{2, 100_000} {
		b.Run(fmt.Sprint(members), func(b *testing.B) {
			send := chat.PreparedGroupSend(crowdOf(b, members), "u0", "crowd", text("hello, how are you?"))
			b.ReportAllocs()
			for b.Loop() {
				send()
			}
		})
	}
}

func TestASendToManyCostsWhatOneToFewCosts(t *testing.T) {
	allocs := func(members int) float64 {
		send := chat.PreparedGroupSend(crowdOf(t, members), "u0", "crowd", text("hello, how are you?"))
		for range 10 {
			send()
		}
		return testing.AllocsPerRun(2000, send)
	}
	assert.InDelta(t, allocs(2), allocs(20_000), 1)
}

// answersOverREST is a Post that answers before-events by an app which asks it in turn, as a backend does that calls
// REST from its handler.
func answersOverREST(tb testing.TB, a *chat.App) chat.Post {
	tb.Helper()
	row, ok := a.Row("v4/group_open_http_svc/get_role_in_group")
	require.True(tb, ok)
	return func(ctx context.Context, e callback.Envelope) (int, []byte, error) {
		if e.Command == "Group.CallbackBeforeSendMsg" {
			reply, err := a.Do(ctx, row, request(a, `{"GroupId":"crowd","User_Account":["u1"]}`))
			reply.Release()
			if err != nil {
				return http.StatusInternalServerError, nil, io.ErrUnexpectedEOF
			}
		}
		return http.StatusOK, []byte(fine), nil
	}
}
