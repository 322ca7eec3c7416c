package chat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// The commands of the tests, each with another set of documented answers.
const (
	createGroup  = "group_open_http_svc/create_group"
	sendOfficial = "official_account_open_http_svc/send_official_account_msg"
	addFriend    = "sns/friend_add"
)

func TestAnswersOfBeforeWebhooks(t *testing.T) {
	t.Parallel()
	const refused, rejected = restapi.CodeGroupRejectedByWebhook, restapi.CodeMessageRejectedByWebhook
	for name, tc := range map[string]struct {
		path    string
		post    chat.Post
		code    restapi.Code // to the caller
		strict  restapi.Code // the same with RefuseUnanswered, where that differs
		info    string
		dropped bool
		warned  bool
	}{
		"allowed":           {path: createGroup, post: answering(200, fine)},
		"refused":           {path: createGroup, post: answering(200, `{"ErrorCode":1}`), code: refused, strict: refused},
		"own code":          {path: createGroup, post: answering(200, `{"ErrorCode":10123,"ErrorInfo":"no"}`), code: 10123, strict: 10123, info: "no"},
		"not documented":    {path: createGroup, post: answering(200, `{"ErrorCode":120001}`), warned: true},
		"drop, elsewhere":   {path: createGroup, post: answering(200, `{"ErrorCode":2}`), warned: true},
		"drop":              {path: sendOfficial, post: answering(200, `{"ErrorCode":2}`), dropped: true},
		"own code, message": {path: sendOfficial, post: answering(200, `{"ErrorCode":120001}`), code: 120001, strict: 120001},
		"could not":         {path: addFriend, post: answering(200, `{"ErrorCode":38000}`), strict: rejected},
		"no refusal of all": {path: addFriend, post: answering(200, `{"ErrorCode":1}`), warned: true},
		"status 500":        {path: createGroup, post: answering(500, fine), strict: refused},
		"not JSON":          {path: createGroup, post: answering(200, `OK`), strict: refused},
		"code is a text":    {path: createGroup, post: answering(200, `{"ErrorCode":"1"}`), strict: refused},
		"no connection": {path: createGroup, post: func(context.Context, callback.Envelope) (int, []byte, error) {
			return 0, nil, errors.New("down")
		}, strict: refused},
		"nothing set up": {path: createGroup},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, unanswered := range []chat.BeforeFailed{"", chat.DeliverUnanswered, chat.RefuseUnanswered} {
				var logs bytes.Buffer
				a := chat.New(chat.Config{Log: slog.New(slog.NewTextHandler(&logs, nil))})
				a.SetPost(tc.post)
				require.NoError(t, a.SetSettings(chat.Settings{BeforeFailed: unanswered}))
				done, dropped := false, false
				carryOut := func(answered bool) { done, dropped = true, answered }
				chat.AddAsking(a, createGroup, refused,
					func(func(string) bool) (*callback.GroupBeforeCreateGroup, error) {
						return &callback.GroupBeforeCreateGroup{}, nil
					},
					func(_ func(string) bool, _ callback.GroupBeforeCreateGroupAnswer, dropped bool) error {
						carryOut(dropped)
						return nil
					})
				chat.AddAsking(a, sendOfficial, refused,
					func(func(string) bool) (*callback.OfficialAccountBeforeSendMsg, error) {
						return &callback.OfficialAccountBeforeSendMsg{}, nil
					},
					func(_ func(string) bool, _ callback.OfficialAccountBeforeSendMsgAnswer, dropped bool) error {
						carryOut(dropped)
						return nil
					})
				chat.AddAsking(a, addFriend, rejected,
					func(func(string) bool) (*callback.SnsPrevFriendAdd, error) { return &callback.SnsPrevFriendAdd{}, nil },
					func(_ func(string) bool, _ callback.SnsPrevFriendAnswer, dropped bool) error {
						carryOut(dropped)
						return nil
					})
				want := tc.code
				if unanswered == chat.RefuseUnanswered {
					want = tc.strict
				}
				row, _ := a.Row("v4/" + tc.path)
				reply, err := a.Do(t.Context(), row, request(a, example(t, tc.path)))
				reply.Release()
				assert.Equal(t, want, codeOf(err))
				assert.Equal(t, want == 0, done)
				assert.Equal(t, tc.dropped, dropped)
				assert.Equal(t, tc.warned, strings.Contains(logs.String(), "level=WARN"), logs.String())
				if tc.info != "" {
					require.EqualError(t, err, tc.info)
				}
				assert.Len(t, a.Journal().Deliveries(), map[bool]int{true: 1}[tc.post != nil])
			}
		})
	}
}

func TestABeforeWebhookOfWhichNobodyIsToldIsNotAsked(t *testing.T) {
	t.Parallel()
	asked := 0
	a := newApp(t, func(context.Context, callback.Envelope) (int, []byte, error) {
		asked++
		return 200, []byte(`{"ErrorCode":1}`), nil
	})
	var event *callback.GroupBeforeCreateGroup
	chat.AddAsking(a, createGroup, restapi.CodeGroupRejectedByWebhook,
		func(func(string) bool) (*callback.GroupBeforeCreateGroup, error) { return event, nil },
		func(func(string) bool, callback.GroupBeforeCreateGroupAnswer, bool) error { return nil })
	body := example(t, createGroup)
	assert.Zero(t, do(t, a, createGroup, body), "the row does not ask")
	event = &callback.GroupBeforeCreateGroup{}
	require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{"State.StateChange"}}))
	assert.Zero(t, do(t, a, createGroup, body), "it is switched off")
	assert.Zero(t, asked)
	require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{"Group.CallbackBeforeCreateGroup"}}))
	assert.NotZero(t, do(t, a, createGroup, body))
	assert.Equal(t, 1, asked)
}

// The backend calls REST while it is asked, and takes away what the command is about for every tenth.
func TestBeforeHandlersMayCall(t *testing.T) {
	t.Parallel()
	const n = 1000
	var a *chat.App
	a = newApp(t, func(ctx context.Context, e callback.Envelope) (int, []byte, error) {
		var event callback.SnsPrevFriendAdd
		if err := json.Unmarshal(e.Body, &event); err != nil {
			return 0, nil, err
		}
		path, body := "im_open_login_svc/account_check", `{"CheckItem":[{"UserID":"`+event.FromAccount+`"}]}`
		if i, _ := strconv.Atoi(event.FromAccount); i%10 == 0 {
			path, body = "im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"`+event.FromAccount+`"}]}`
		}
		row, _ := a.Row("v4/" + path)
		reply, err := a.Do(ctx, row, request(a, body))
		reply.Release()
		return 200, []byte(fine), err
	})
	type rowOf struct {
		*chat.Row
		user string
	}
	var rows []rowOf
	var done atomic.Int32
	for i := range n {
		user := strconv.Itoa(i)
		a.Import(user)
		look := func(has func(string) bool) error {
			if !has(user) {
				return chat.Refuse(restapi.CodeRelationAccountNotFound, "gone")
			}
			return nil
		}
		rows = append(rows, rowOf{chat.AddAsking(a, addFriend, restapi.CodeMessageRejectedByWebhook,
			func(has func(string) bool) (*callback.SnsPrevFriendAdd, error) {
				return &callback.SnsPrevFriendAdd{FromAccount: user}, look(has)
			},
			func(has func(string) bool, _ callback.SnsPrevFriendAnswer, _ bool) error {
				if err := look(has); err != nil {
					return err
				}
				done.Add(1)
				return nil
			}), user})
	}
	body := example(t, addFriend)
	var calls sync.WaitGroup
	var gone atomic.Int32
	for _, row := range rows {
		calls.Go(func() {
			reply, err := a.Do(t.Context(), row.Row, request(a, body))
			reply.Release()
			if codeOf(err) == restapi.CodeRelationAccountNotFound {
				gone.Add(1)
			} else {
				assert.NoError(t, err, row.user)
			}
		})
	}
	calls.Wait()
	assert.EqualValues(t, n/10, gone.Load())
	assert.EqualValues(t, n-n/10, done.Load())
	for _, d := range a.Journal().Deliveries() {
		assert.Less(t, d.Cause, d.ID)
		assert.NotZero(t, d.Cause)
	}
}

func TestABeforeWebhookWaitsTwoSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, func(ctx context.Context, _ callback.Envelope) (int, []byte, error) {
			<-ctx.Done()
			return 0, nil, ctx.Err()
		})
		chat.AddAsking(a, createGroup, restapi.CodeGroupRejectedByWebhook,
			func(func(string) bool) (*callback.GroupBeforeCreateGroup, error) {
				return &callback.GroupBeforeCreateGroup{}, nil
			},
			func(func(string) bool, callback.GroupBeforeCreateGroupAnswer, bool) error { return nil })
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		row, _ := a.Row("v4/" + createGroup)
		start := time.Now()
		_, err := a.Do(ctx, row, request(a, example(t, createGroup)))
		require.NoError(t, err)
		assert.Equal(t, 2*time.Second, time.Since(start), "whoever waits for it")
	})
}

func TestDevicesAreAskedAbout(t *testing.T) {
	t.Parallel()
	answer := `{"ErrorCode":1}`
	var asked []callback.Envelope
	a := newApp(t, func(_ context.Context, e callback.Envelope) (int, []byte, error) {
		asked = append(asked, e)
		return 200, []byte(answer), nil
	})
	require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{"Group.CallbackBeforeCreateGroup"}}))
	ann := signedIn(t, a, "ann", callback.PlatformAndroid)
	try := func() error {
		return chat.ActAsked(ann, restapi.CodeGroupRejectedByWebhook, &callback.GroupBeforeCreateGroup{})
	}
	require.Equal(t, restapi.CodeGroupRejectedByWebhook, codeOf(try()))
	answer = fine
	require.NoError(t, try())
	require.Len(t, asked, 2)
	assert.Equal(t, "Android", asked[0].OptPlatform)
	assert.Equal(t, "192.0.2.7", asked[0].ClientIP)
	actions := a.Journal().Actions()
	assert.Equal(t, actions[1].ID, a.Journal().Deliveries()[0].Cause)
	require.NoError(t, ann.SignOut())
	require.ErrorIs(t, try(), chat.ErrSignedOut)
	assert.Len(t, asked, 2)
}
