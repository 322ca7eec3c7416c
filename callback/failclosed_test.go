package callback_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

const failedPrev = `{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":38000}`

type groupAnswer = callback.GroupBeforeSendMsgAnswer

// failures are the ways in which a before-event gets no answer of its handler.
var failures = map[string]struct {
	status  int // without WithFailClosed
	opts    []callback.Option
	handle  func(e *callback.GroupBeforeSendMsg) (groupAnswer, error)
	body    string // {} if empty
	edit    func(r *http.Request)
	refused error  // what WithRefused is told
	logged  string // what the log has
}{
	"error": {
		status: 500, logged: "model is down",
		handle: func(*callback.GroupBeforeSendMsg) (a groupAnswer, err error) {
			return a, errors.New("the model is down")
		},
	},
	"failure": {
		status: 500, logged: "model is down",
		handle: func(*callback.GroupBeforeSendMsg) (a groupAnswer, err error) {
			return a, &callback.FailureError{Info: "the model is down"}
		},
	},
	"panic": {
		status: 500, logged: "handler bug",
		handle: func(*callback.GroupBeforeSendMsg) (groupAnswer, error) { panic("handler bug") },
	},
	"exit": {
		status: 500, logged: "goroutine",
		handle: func(*callback.GroupBeforeSendMsg) (a groupAnswer, err error) { runtime.Goexit(); return a, err },
	},
	"answer with an undocumented code": {
		status: 500, logged: "not documented",
		handle: func(e *callback.GroupBeforeSendMsg) (groupAnswer, error) { return e.RejectCode(7, ""), nil },
	},
	"error of middleware": {
		status: 500, logged: "middleware is down",
		opts: middleware(func() (any, error) { return nil, errors.New("the middleware is down") }),
	},
	"panic of middleware":                 {status: 500, logged: "middleware bug", opts: middleware(func() (any, error) { panic("middleware bug") })},
	"answer that cannot be encoded":       {status: 500, logged: "unsupported", opts: middleware(func() (any, error) { return make(chan int), nil })},
	"answer that panics":                  {status: 500, logged: "answer bug", opts: middleware(func() (any, error) { return panicking{}, nil })},
	"body of another type":                {status: 400, logged: "refused", refused: callback.ErrMalformed, body: `{"GroupId":7}`},
	"message that cannot be read":         {status: 400, logged: "refused", refused: callback.ErrMalformed, body: `{"MsgBody":7}`},
	"not JSON":                            {status: 400, logged: "refused", refused: callback.ErrMalformed, body: `{`},
	"null":                                {status: 400, logged: "refused", refused: callback.ErrMalformed, body: `null`},
	"another command":                     {status: 400, logged: "refused", refused: callback.ErrMalformed, body: `{"CallbackCommand":"State.StateChange"}`},
	"body cut short":                      {status: 400, logged: "refused", refused: callback.ErrMalformed, edit: func(r *http.Request) { r.ContentLength = 3 }},
	"body too long":                       {status: 413, logged: "refused", refused: callback.ErrTooLarge, edit: func(r *http.Request) { r.ContentLength = 1<<20 + 1 }},
	"body too long, of no length":         {status: 413, logged: "refused", refused: callback.ErrTooLarge, body: string(oversized), edit: func(r *http.Request) { r.ContentLength = -1 }},
	"decoder that panics":                 {status: 500, logged: "decoder bug", opts: []callback.Option{callback.WithDecoder(func([]byte, any) error { panic("decoder bug") })}, refused: errAny},
	"decoder that panics, then a message": {status: 500, logged: "decoder bug", opts: []callback.Option{callback.WithDecoder(func([]byte, any) error { panic("decoder bug") })}, body: `{"MsgBody":[]}`, refused: errAny},
}

// errAny stands for an error that is none of the package's.
var errAny = errors.New("any")

func middleware(act func() (any, error)) []callback.Option {
	return []callback.Option{callback.WithMiddleware(func(callback.Next) callback.Next {
		return func(context.Context, callback.Event) (any, error) { return act() }
	})}
}

func TestFailClosed(t *testing.T) {
	t.Parallel()
	reject, closed := callback.WithFallback(callback.FallbackReject), callback.WithFailClosed()
	for name, c := range map[string]struct {
		opts []callback.Option
		want string // empty: the status of the failure
	}{
		"rejects":               {[]callback.Option{reject, closed}, rejected},
		"rejects this command":  {[]callback.Option{callback.WithFallback(callback.FallbackReject, beforeSendMsg), callback.WithFailClosed(beforeSendMsg)}, rejected},
		"one among the others":  {[]callback.Option{reject, callback.WithFailClosed("New.BeforeX"), callback.WithFailClosed(beforeSendMsg)}, rejected},
		"allows":                {[]callback.Option{closed}, okay},
		"rejects other command": {[]callback.Option{callback.WithFallback(callback.FallbackReject, "New.BeforeX"), closed}, okay},
		"closed for another":    {[]callback.Option{reject, callback.WithFailClosed("New.BeforeX")}, ""},
		"not closed":            {[]callback.Option{reject}, ""},
	} {
		for failure, f := range failures {
			t.Run(name+"/"+failure, func(t *testing.T) {
				t.Parallel()
				var l log
				var refused []error
				opts := append([]callback.Option{
					l.option(), callback.WithRefused(func(_ context.Context, err error) { refused = append(refused, err) }),
				}, c.opts...)
				h := handler(t, append(opts, f.opts...)...)
				callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (groupAnswer, error) {
					if f.handle == nil {
						t.Error("the handler was called")
						return e.Drop(), nil
					}
					return f.handle(e)
				})
				body := f.body
				if body == "" {
					body = `{}`
				}
				r := request(t, signed(beforeSendMsg).Encode(), body)
				if f.edit != nil {
					f.edit(r)
				}
				w := serve(h, r)
				if c.want == "" {
					assertFailed(t, w, f.status)
				} else {
					assert.Equal(t, 200, w.Code)
					assert.JSONEq(t, c.want, w.Body.String())
					assert.Contains(t, l.String(), "answered by fallback")
				}
				assert.Contains(t, l.String(), f.logged)
				switch {
				case f.refused == nil:
					assert.Empty(t, refused)
				case assert.Len(t, refused, 1) && !errors.Is(f.refused, errAny):
					require.ErrorIs(t, refused[0], f.refused)
				}
			})
		}
	}
}

// A body that trickles in ends with the time, as a handler that does not return does.
func TestFailClosedOnASlowBody(t *testing.T) {
	t.Parallel()
	refused := make(chan error, 1)
	h := handler(t, callback.WithTimeout(50*time.Millisecond), callback.WithFallback(callback.FallbackReject), callback.WithFailClosed(),
		callback.WithRefused(func(_ context.Context, err error) { refused <- err }))
	callback.Answer(h, answerAllow)
	server := httptest.NewServer(h)
	defer server.Close()
	for _, length := range []string{"100", "100000", "2000000"} { // the last one is refused by its length
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		require.NoError(t, err)
		require.NoError(t, conn.SetDeadline(time.Now().Add(10*time.Second)))
		_, err = io.WriteString(conn,
			"POST /?"+signed(beforeSendMsg).Encode()+" HTTP/1.1\r\nHost: x\r\nContent-Length: "+length+"\r\n\r\n{")
		require.NoError(t, err)
		reply, err := io.ReadAll(conn)
		require.NoError(t, err)
		assert.Contains(t, string(reply), "HTTP/1.1 200")
		assert.Contains(t, string(reply), rejected)
		want := callback.ErrSlowBody
		if length == "2000000" {
			want = callback.ErrTooLarge
		}
		require.ErrorIs(t, <-refused, want)
		assert.NoError(t, conn.Close())
	}
}

// Who is let in, and what has no before-handler, is the same as without.
func TestFailClosedChangesNothingElse(t *testing.T) {
	t.Parallel()
	broken := errors.New("down")
	h := handler(t, callback.WithFallback(callback.FallbackReject), callback.WithFailClosed(),
		callback.WithUnknown(func(context.Context, *callback.Unknown) {}))
	callback.Answer(h, func(context.Context, *callback.GroupBeforeSendMsg) (a groupAnswer, err error) { return a, broken })
	callback.On(h, func(context.Context, *callback.StateChange) error { return broken })
	edit := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			q, _ := url.ParseQuery(r.URL.RawQuery)
			q.Set(name, value)
			r.URL.RawQuery = q.Encode()
		}
	}
	tooLong := func(change func(*http.Request)) func(*http.Request) {
		return func(r *http.Request) { change(r); r.ContentLength = 1 << 40 }
	}
	as := func(*http.Request) {}
	for name, c := range map[string]struct {
		command, body string
		edit          func(*http.Request)
		status        int
	}{
		"another app":               {beforeSendMsg, `{}`, edit("SdkAppid", "2"), 403},
		"unsigned":                  {beforeSendMsg, `{}`, edit("Sign", ""), 401},
		"unsigned, too long":        {beforeSendMsg, `{}`, tooLong(edit("Sign", "")), 413},
		"another app, too long":     {beforeSendMsg, `{}`, tooLong(edit("SdkAppid", "2")), 413},
		"stale":                     {beforeSendMsg, `{}`, edit("RequestTime", "1"), 401},
		"query":                     {beforeSendMsg, `{}`, func(r *http.Request) { r.URL.RawQuery += "&ClientIP=x" }, 400},
		"method":                    {beforeSendMsg, `{}`, func(r *http.Request) { r.Method = http.MethodGet }, 405},
		"after-event, error":        {stateChange, `{}`, as, 500},
		"after-event, malformed":    {stateChange, `x`, as, 400},
		"after-event, too long":     {stateChange, `{}`, tooLong(as), 413},
		"without a handler":         {"New.BeforeX", `x`, as, 400},
		"without a handler, length": {"New.BeforeX", `{}`, tooLong(as), 413},
		"typed without a handler":   {"C2C.CallbackBeforeSendMsg", `x`, as, 400},
	} {
		r := request(t, signed(c.command).Encode(), c.body)
		c.edit(r)
		assert.Equal(t, c.status, serve(h, r).Code, name)
	}

	aborting := handler(t, callback.WithFallback(callback.FallbackReject), callback.WithFailClosed())
	callback.Answer(aborting, func(context.Context, *callback.GroupBeforeSendMsg) (groupAnswer, error) {
		panic(http.ErrAbortHandler)
	})
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { post(t, aborting, beforeSendMsg, `{}`) })
}

// Friend requests are refused user by user: those that can be read are.
func TestFailClosedOfFriendRequests(t *testing.T) {
	t.Parallel()
	const refusal = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":[` +
		`{"To_Account":"u-1","ResultCode":38000,"ResultInfo":""},{"To_Account":"u-2","ResultCode":38000,"ResultInfo":""}]}`
	h := handler(t, callback.WithFallback(callback.FallbackReject), callback.WithFailClosed())
	type answer = callback.SnsPrevFriendAnswer
	callback.Answer(h, func(context.Context, *callback.SnsPrevFriendAdd) (a answer, err error) { return a, errors.New("down") })
	callback.Answer(h, func(context.Context, *callback.SnsPrevFriendResponse) (a answer, err error) {
		return a, errors.New("down")
	})
	for command, key := range map[string]string{
		"Sns.CallbackPrevFriendAdd": "FriendItem", "Sns.CallbackPrevFriendResponse": "ResponseFriendItem",
	} {
		users := `"` + key + `":[{"To_Account":"u-1"},{"To_Account":"u-2"}]`
		for body, want := range map[string]string{
			`{` + users + `}`:                       refusal,
			`{"Requester_Account":7,` + users + `}`: refusal,
			`{}`:                                    failedPrev,
			`{` + users:                             failedPrev,
		} {
			w := post(t, h, command, body)
			assert.Equal(t, 200, w.Code, body)
			assert.JSONEq(t, want, w.Body.String(), body)
		}
	}
}

func TestFailClosedOfAnUntypedCommand(t *testing.T) {
	t.Parallel()
	h := handler(t, callback.WithFallback(callback.FallbackReject), callback.WithFailClosed("New.BeforeX"))
	h.Handle("New.BeforeX", func(context.Context, *callback.Unknown) (any, error) { return nil, errors.New("down") })
	for _, body := range []string{`{}`, `null`, strings.Repeat(" ", 1<<20+1)} {
		w := post(t, h, "New.BeforeX", body)
		assert.Equal(t, 200, w.Code)
		assert.JSONEq(t, rejected, w.Body.String())
	}
}

// The answer is made before the handler can change the event.
func TestFallbackIsMadeBeforeTheHandlerRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := handler(t, callback.WithFallback(callback.FallbackReject), callback.WithFailClosed())
		callback.Answer(h, func(_ context.Context, e *callback.SnsPrevFriendAdd) (a callback.SnsPrevFriendAnswer, err error) {
			e.FriendItem = nil
			return a, errors.New("down")
		})
		var reply callback.SnsPrevFriendAnswer
		w := post(t, h, "Sns.CallbackPrevFriendAdd", `{"FriendItem":[{"To_Account":"u-1"}]}`)
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &reply))
		assert.Equal(t, []callback.SnsResult{{ToAccount: "u-1", ResultCode: 38000}}, reply.ResultItem)
	})
}
