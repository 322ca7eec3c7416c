package chat_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// admin is who calls over REST.
var admin = chat.Actor{UserID: "administrator", Platform: callback.PlatformRESTAPI, ClientIP: "192.0.2.1"}

// newApp returns an app whose webhooks go to post, with some accounts.
func newApp(tb testing.TB, post chat.Post, userIDs ...string) *chat.App {
	tb.Helper()
	a := chat.New(chat.Config{SDKAppID: 1400000001, Admins: []string{admin.UserID}})
	a.SetPost(post)
	a.Import(userIDs...)
	tb.Cleanup(a.Close)
	return a
}

// answering is a Post that answers everything alike.
func answering(status int, answer string) chat.Post {
	return func(context.Context, callback.Envelope) (int, []byte, error) { return status, []byte(answer), nil }
}

const fine = `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`

// do carries out a command and returns the code.
func do(tb testing.TB, a *chat.App, path, body string) restapi.Code {
	tb.Helper()
	row, ok := a.Row("v4/" + path)
	require.True(tb, ok, path)
	reply, err := a.Do(tb.Context(), row, request(a, body))
	reply.Release()
	return codeOf(err)
}

func request(a *chat.App, body string) chat.Request {
	return chat.Request{
		ID: a.Journal().Next(), By: admin, Now: time.Now(), Body: []byte(body), Tolerance: new(chat.Tolerance),
	}
}

func codeOf(err error) restapi.Code {
	if refused, ok := errors.AsType[*chat.Refusal](err); ok {
		return refused.Code
	}
	return 0
}

// example is the first documented body of a command.
func example(tb testing.TB, path string) string {
	tb.Helper()
	doc, err := spec.LookupCommand(path)
	require.NoError(tb, err)
	return string(doc.RequestExamples[0])
}

// signedIn returns a device that is signed in.
func signedIn(tb testing.TB, a *chat.App, userID string, p callback.Platform) *chat.Device {
	tb.Helper()
	d := a.NewDevice(chat.Actor{UserID: userID, Platform: p, ClientIP: "192.0.2.7"}, 0)
	require.NoError(tb, d.SignIn(time.Now()))
	return d
}
