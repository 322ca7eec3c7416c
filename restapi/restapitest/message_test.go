package restapitest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// words is a body of one text.
func words(s string) message.Body { return message.Body{&message.TextElem{Text: s}} }

// sendText sends a text by sendmsg.
func sendText(tb testing.TB, srv *restapitest.Server, from, to, s, more string) answer {
	tb.Helper()
	return post(tb, srv, message.CommandSendMsg, fmt.Sprintf(
		`{"From_Account":%q,"To_Account":%q,"MsgRandom":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":%q}}]%s}`,
		from, to, s, more))
}

// What the backend says of a message is obeyed, whoever sends it.
func TestTheBackendDecides(t *testing.T) {
	t.Parallel()
	srv, h := asker(t)
	var asked []callback.Platform
	callback.Answer(h, func(_ context.Context, e *callback.C2CBeforeSendMsg) (callback.C2CBeforeSendMsgAnswer, error) {
		asked = append(asked, e.OptPlatform)
		switch e.MsgBody.Text() {
		case "bad":
			return e.Reject("no"), nil
		case "odd":
			return e.RejectCode(120123, "too odd"), nil
		case "rude":
			return e.Rewrite(words("***")).WithCloudCustomData("changed"), nil
		case "broken":
			return e.Allow(), errors.New("storage is down")
		}
		return e.Allow(), nil
	})
	ann, bob := srv.User("ann", restapitest.OnPlatform(callback.PlatformAndroid)), srv.User("bob")
	for text, want := range map[string]restapi.Code{"bad": restapi.CodeMessageRejectedByWebhook, "odd": 120123} {
		_, err := ann.Send("bob", words(text))
		require.ErrorIs(t, err, want)
		assert.Equal(t, want, sendText(t, srv, "ann", "bob", text, "").ErrorCode)
	}
	m, err := ann.Send("bob", words("rude"), restapitest.CloudCustomData("mine"))
	require.NoError(t, err)
	assert.Equal(t, "***", m.Body.Text())
	assert.Equal(t, "changed", m.CloudCustomData)
	assert.Equal(t, m, next(t, bob).Message)
	assert.Zero(t, sendText(t, srv, "ann", "bob", "rude", "").ErrorCode)
	assert.Equal(t, "***", next(t, bob).Text)
	assert.Zero(t, sendText(t, srv, "ann", "bob", "broken", "").ErrorCode, "it is delivered all the same")
	srv.SetSettings(restapitest.Settings{BeforeFailed: restapitest.RefuseUnanswered, ForbidWords: []string{"casino"}})
	assert.Equal(t, restapi.CodeMessageRejectedByWebhook, sendText(t, srv, "ann", "bob", "broken", "").ErrorCode)
	n := len(asked)
	assert.Zero(t, sendText(t, srv, "ann", "bob", "bad", `,"ForbidCallbackControl":["ForbidBeforeSendMsgCallback"]`).ErrorCode)
	_, err = ann.Send("nobody", words("hi"))
	require.ErrorIs(t, err, restapi.CodeMessageReceiverNotFound)
	_, err = ann.Send("bob", words("the casino"))
	require.ErrorIs(t, err, restapi.CodeSensitiveText)
	assert.Zero(t, sendText(t, srv, "ann", "bob", "casino", `,"SendMsgControl":["NoMsgCheck"]`).ErrorCode)
	assert.Len(t, asked, n+1, "what is refused anyway is not asked about")
	assert.Equal(t, restapi.CodeSensitiveText, sendText(t, srv, "ann", "bob", "casino", "").ErrorCode)
	require.NoError(t, bob.Block("ann"))
	_, err = ann.Send("bob", words("hi"))
	require.ErrorIs(t, err, restapi.CodeMessageBlockedByPeer)
	assert.Zero(t, sendText(t, srv, "ann", "bob", "hi", `,"ForbidCallbackControl":["ForbidAfterSendMsgCallback"]`).ErrorCode)
	var texts []string
	for _, m := range bob.With("ann").Messages() {
		texts = append(texts, m.Body.Text())
	}
	assert.Equal(t, []string{"***", "***", "broken", "bad", "casino", "hi"}, texts)

	var after []string
	srv.Wait()
	for _, d := range srv.Deliveries() {
		if d.Command == "C2C.CallbackAfterSendMsg" {
			var e callback.C2CAfterSendMsg
			require.NoError(t, json.Unmarshal(d.Body, &e))
			after = append(after, e.MsgBody.Text()+" "+e.CloudCustomData)
		}
	}
	assert.Equal(t, []string{"*** changed", "*** changed", "broken ", "bad ", "casino "}, after)
	assert.Contains(t, asked, callback.PlatformAndroid)
	assert.Contains(t, asked, callback.PlatformRESTAPI)
}

// A silent drop is not documented for one-to-one messages.
func TestASilentDropDelivers(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithCallbackHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"ActionStatus":"OK","ErrorCode":2}`))
	}), token))
	ann := srv.User("ann")
	_, err := ann.Send("administrator", words("hi"))
	require.NoError(t, err)
	assert.Len(t, ann.With("administrator").Messages(), 1)
}

func TestDevicesChat(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		ann, bob := srv.User("ann"), srv.User("bob")
		pad := srv.User("ann", restapitest.OnPlatform(callback.PlatformIPad))
		c := ann.With("bob")
		body := words("one")
		one, err := c.Send(body, restapitest.NeedReceipt(), restapitest.Extendable())
		require.NoError(t, err)
		body[0].(*message.TextElem).Text = "changed"
		got := next(t, bob)
		assert.Equal(t, restapitest.NoticeMessage, got.Kind)
		assert.Equal(t, "ann", got.From)
		assert.Equal(t, "one", got.Text)
		assert.Equal(t, one, got.Message, "what the sender changes afterwards changes nothing")
		assert.Equal(t, one, next(t, pad).Message, "the sender's other device has it")
		assert.Empty(t, ann.Inbox())
		got.Message.Body[0].(*message.TextElem).Text = "changed"
		one.Body[0].(*message.TextElem).Text = "changed"
		assert.Equal(t, "one", bob.With("ann").Messages()[0].Body.Text())

		time.Sleep(time.Second)
		_, err = bob.Send("ann", words("two"))
		require.NoError(t, err)
		require.NoError(t, bob.With("ann").Receipt(one))
		require.NoError(t, bob.With("ann").Receipt(one), "again it is none")
		assert.Equal(t, restapitest.NoticeMessage, next(t, ann).Kind)
		read := next(t, ann)
		assert.Equal(t, restapitest.NoticeRead, read.Kind)
		assert.Equal(t, one.MsgKey, read.Message.MsgKey)
		assert.Equal(t, 1, ann.Unread())
		assert.Equal(t, 1, c.Unread())
		require.NoError(t, c.MarkRead())
		assert.Zero(t, ann.Unread())
		assert.Equal(t, restapitest.NoticeRead, next(t, bob).Kind)
		_, err = bob.Send("ann", words("three"))
		require.NoError(t, err)
		require.NoError(t, ann.MarkAllRead())
		assert.Zero(t, c.Unread())
		assert.Equal(t, restapitest.NoticeRead, next(t, bob).Kind)

		require.NoError(t, c.Edit(one, words("uno")))
		require.NoError(t, c.SetExtensions(one, map[string]string{"b": "2", "a": "1"}))
		require.NoError(t, c.DeleteExtensions(one, "b"))
		messages := c.Messages()
		require.Len(t, messages, 3)
		assert.Equal(t, "uno", messages[0].Body.Text())
		assert.True(t, messages[0].PeerRead)
		assert.Equal(t, []message.Extension{{Key: "a", Value: "1", Seq: 1}}, messages[0].Extensions)
		require.NoError(t, bob.With("ann").DeleteExtensions(one))
		assert.Empty(t, c.Messages()[0].Extensions)
		require.ErrorIs(t, c.SetExtensions(messages[1], map[string]string{"a": "1"}), restapi.CodeExtensionUnsupported)
	})
}

func TestDevicesRecall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		ann, bob := srv.User("ann"), srv.User("bob")
		old, err := ann.Send("bob", words("old"))
		require.NoError(t, err)
		time.Sleep(2*time.Minute + time.Second)
		m, err := ann.Send("bob", words("oops"))
		require.NoError(t, err)
		assert.Equal(t, 2, bob.Unread())
		require.ErrorIs(t, bob.With("ann").Recall(m), restapi.CodeMessageNotFound)
		require.ErrorIs(t, ann.With("bob").Recall(old, m), restapi.CodeMessageRecallTooLate)
		assert.Equal(t, 1, bob.Unread(), "the other one is taken back all the same")
		require.ErrorIs(t, ann.With("bob").Recall(m), restapi.CodeMessageAlreadyRecalled)
		require.ErrorIs(t, ann.With("bob").Edit(m, words("x")), restapi.CodeMessageAlreadyRecalled)
		require.ErrorIs(t, ann.With("bob").Edit(restapitest.Message{MsgKey: "1_2_3"}, words("x")), restapi.CodeMessageNotFound)
		next(t, bob)
		next(t, bob)
		taken := next(t, bob)
		assert.Equal(t, restapitest.NoticeRecalled, taken.Kind)
		assert.Equal(t, m.MsgKey, taken.Message.MsgKey)
		assert.True(t, bob.With("ann").Messages()[1].Recalled)

		require.NoError(t, bob.With("ann").Delete())
		assert.Empty(t, bob.With("ann").Messages())
		assert.Empty(t, bob.Conversations())
		assert.Zero(t, bob.Unread())
		assert.Len(t, ann.With("bob").Messages(), 2)
		_, err = bob.Send("ann", words("hi"), restapitest.OnlineOnly())
		require.NoError(t, err)
		assert.Equal(t, "hi", next(t, ann).Text)
		assert.Len(t, ann.With("bob").Messages(), 2, "nothing is kept of it")
		require.NoError(t, ann.SignOut())
		_, err = ann.Send("bob", words("hi"))
		require.ErrorIs(t, err, restapitest.ErrSignedOut)
	})
}
