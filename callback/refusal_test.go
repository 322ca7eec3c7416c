package callback_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

// TestRefusals breaks one thing more from the first row to the last of each group, so that a wrong order shows as a
// wrong status.
func TestRefusals(t *testing.T) {
	t.Parallel()
	const body = `{"CallbackCommand":"Profile.CallbackPortraitSet"}`
	set := func(name, value string) func(url.Values) {
		return func(q url.Values) { q.Set(name, value) }
	}
	twice := func(name string) func(url.Values) {
		return func(q url.Values) { q[name] = append(q[name], q[name]...) }
	}
	type edits []func(url.Values)
	for name, c := range map[string]struct {
		edits  edits
		raw    string // added to the query as it is
		body   string
		length int64
		status int
		class  error
	}{
		"malformed body":                {body: `{`, status: 400, class: callback.ErrMalformed},
		"no command":                    {edits: edits{set("CallbackCommand", "")}, status: 400, class: callback.ErrMalformed},
		"command twice":                 {edits: edits{twice("CallbackCommand")}, status: 400, class: callback.ErrMalformed},
		"command twice in other case":   {raw: "&callbackcommand=x", status: 400, class: callback.ErrMalformed},
		"content type twice":            {edits: edits{twice("contenttype")}, status: 400, class: callback.ErrMalformed},
		"ip twice":                      {edits: edits{twice("ClientIP")}, status: 400, class: callback.ErrMalformed},
		"platform twice":                {edits: edits{twice("OptPlatform")}, status: 400, class: callback.ErrMalformed},
		"sign twice":                    {edits: edits{twice("Sign")}, status: 400, class: callback.ErrMalformed},
		"time twice":                    {edits: edits{twice("RequestTime")}, status: 400, class: callback.ErrMalformed},
		"bad escape in a value":         {raw: "&x=%zz", status: 400, class: callback.ErrMalformed},
		"bad escape in a name":          {raw: "&%zz=x", status: 400, class: callback.ErrMalformed},
		"bad escape in a known value":   {edits: edits{func(q url.Values) { q.Del("ClientIP") }}, raw: "&ClientIP=%1", status: 400, class: callback.ErrMalformed},
		"semicolon":                     {raw: "&x=1;y=2", status: 400, class: callback.ErrMalformed},
		"wrong sign":                    {edits: edits{set("Sign", strings.Repeat("0", 64))}, status: 401, class: callback.ErrBadSign},
		"wrong sign, no command":        {edits: edits{set("Sign", strings.Repeat("0", 64)), set("CallbackCommand", "")}, status: 401, class: callback.ErrBadSign},
		"wrong sign, malformed body":    {edits: edits{set("Sign", strings.Repeat("0", 64))}, body: `{`, status: 401, class: callback.ErrBadSign},
		"short sign":                    {edits: edits{set("Sign", "00")}, status: 401, class: callback.ErrBadSign},
		"no sign":                       {edits: edits{func(q url.Values) { q.Del("Sign") }}, status: 401, class: callback.ErrBadSign},
		"no time":                       {edits: edits{func(q url.Values) { q.Del("RequestTime") }}, status: 401, class: callback.ErrBadSign},
		"neither":                       {edits: edits{func(q url.Values) { q.Del("RequestTime"); q.Del("Sign") }}, status: 401, class: callback.ErrBadSign},
		"other time than signed":        {edits: edits{set("RequestTime", "1750648028")}, status: 401, class: callback.ErrBadSign},
		"sign in upper case":            {edits: edits{func(q url.Values) { q.Set("Sign", strings.ToUpper(q.Get("Sign"))) }}, status: 401, class: callback.ErrBadSign},
		"wrong app":                     {edits: edits{set("SdkAppid", "1400000002")}, status: 403, class: callback.ErrWrongApp},
		"wrong app, wrong sign":         {edits: edits{set("SdkAppid", "1400000002"), set("Sign", "x")}, status: 403, class: callback.ErrWrongApp},
		"wrong app, sign twice":         {edits: edits{set("SdkAppid", "1400000002"), twice("Sign")}, status: 403, class: callback.ErrWrongApp},
		"no app":                        {edits: edits{func(q url.Values) { q.Del("SdkAppid") }}, status: 403, class: callback.ErrWrongApp},
		"app twice":                     {edits: edits{twice("SdkAppid")}, status: 403, class: callback.ErrWrongApp},
		"app twice in other case":       {raw: "&SdkAppId=1400000001", status: 403, class: callback.ErrWrongApp},
		"app twice, percent":            {raw: "&%53dkAppid=1400000001", status: 403, class: callback.ErrWrongApp},
		"app not a number":              {edits: edits{set("SdkAppid", "+1400000001")}, status: 403, class: callback.ErrWrongApp},
		"app with a bad escape":         {edits: edits{func(q url.Values) { q.Del("SdkAppid") }}, raw: "&SdkAppid=14%", status: 403, class: callback.ErrWrongApp},
		"too long by its header":        {length: 1<<20 + 1, status: 413, class: callback.ErrTooLarge},
		"too long, wrong app, bad sign": {edits: edits{set("SdkAppid", "1"), set("Sign", "x")}, length: 1<<20 + 1, status: 413, class: callback.ErrTooLarge},
		"command differs":               {body: `{"CallbackCommand":"State.StateChange"}`, status: 400, class: callback.ErrMalformed},
		"null":                          {body: `null`, status: 400, class: callback.ErrMalformed},
		"array":                         {body: `[]`, status: 400, class: callback.ErrMalformed},
		"truncated":                     {body: body[:20], status: 400, class: callback.ErrMalformed},
		"trailing garbage":              {body: body + `x`, status: 400, class: callback.ErrMalformed},
		"two objects":                   {body: body + body, status: 400, class: callback.ErrMalformed},
		"wrong type":                    {body: `{"From_Account":7}`, status: 400, class: callback.ErrMalformed},
		"blank":                         {body: " \n", status: 400, class: callback.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var refused []error
			count := 0
			h := handler(t, callback.WithRefused(func(_ context.Context, err error) { refused = append(refused, err) }),
				callback.WithRefused(func(context.Context, error) { count++ }))
			defer func() { assert.Len(t, refused, count, "every function is called") }()
			callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error {
				t.Error("the handler was called")
				return nil
			})
			q := signed(portraitSet)
			for _, edit := range c.edits {
				edit(q)
			}
			if c.body == "" {
				c.body = body
			}
			r := request(t, q.Encode()+c.raw, c.body)
			if c.length > 0 {
				r.ContentLength = c.length
			}
			w := serve(h, r)
			assertFailed(t, w, c.status)
			require.Len(t, refused, 1)
			require.ErrorIs(t, refused[0], c.class)
			assert.NotContains(t, refused[0].Error(), "1750648")
		})
	}
}

// A bug in what counts refusals does not cost the vendor its answer, nor the functions behind it their turn.
func TestAFunctionOfWithRefusedThatPanics(t *testing.T) {
	t.Parallel()
	var l log
	told := false
	h := handler(t, l.option(), callback.WithFallback(callback.FallbackReject), callback.WithFailClosed(),
		callback.WithRefused(func(context.Context, error) { panic("bug of the counter") }),
		callback.WithRefused(func(context.Context, error) { told = true }))
	callback.Answer(h, answerAllow)
	w := post(t, h, beforeSendMsg, `{"MsgBody":7`)
	assert.Equal(t, http.StatusOK, w.Code)
	assert.Contains(t, w.Body.String(), `"ErrorCode":1`, "the message is refused")
	assert.True(t, told)
	assert.Contains(t, l.String(), "bug of the counter")
}

// What is missing is not called wrong: whoever set the token in one place only finds out by this.
func TestMissingSignIsCalledMissing(t *testing.T) {
	t.Parallel()
	for _, missing := range []string{"Sign", "RequestTime"} {
		var refused error
		h := handler(t, callback.WithRefused(func(_ context.Context, err error) { refused = err }))
		q := signed(portraitSet)
		q.Del(missing)
		assertFailed(t, serve(h, request(t, q.Encode(), `{}`)), 401)
		require.ErrorContains(t, refused, "no Sign or no RequestTime", missing)
	}
}

// What is signed and cannot be decoded is kept whole for whoever looks at it, and quoted nowhere else.
func TestRefusedBody(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ command, body, text string }{
		"wrong type":           {portraitSet, `{"From_Account":7777}`, "the body cannot be decoded"},
		"not an object":        {portraitSet, `["7777"]`, "the body is not a JSON object"},
		"nothing":              {portraitSet, ``, "the body is not a JSON object"},
		"number out of range":  {beforeSendMsg, `{"Random":77777777777777777777}`, "the body cannot be decoded"},
		"message":              {beforeSendMsg, `{"MsgBody":"7777"}`, "the body cannot be decoded"},
		"cut off":              {portraitSet, `{"From_Account":"7777`, "the body cannot be decoded"},
		"another command":      {portraitSet, `{"CallbackCommand":"7777"}`, "the body names another command than the url"},
		"without a type":       {"New.X", `["7777"]`, "the body is not a JSON object"},
		"without a handler":    {stateChange, `{7777}`, "the body cannot be decoded"},
		"of a comment":         {portraitSet, "{\"From_Account\":\"7777\" // who\n}", "has a comment"},
		"of a comment, first":  {portraitSet, "// {\"From_Account\":\"7777\"}", "has a comment"},
		"of a comment, long":   {portraitSet, `{"a":[7777,/* and more */1]}`, "has a comment"},
		"of a comment, inside": {beforeSendMsg, "{\"MsgBody\":[{\"MsgType\":\"7777\", // type\n\"MsgContent\":{}}]}", "has a comment"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var l log
			var q queue
			var refused []error
			opts := []callback.Option{
				l.option(), callback.WithUnknown(func(context.Context, *callback.Unknown) { t.Error("let in") }),
				callback.WithRefused(func(_ context.Context, err error) { refused = append(refused, err) }),
			}
			h := handler(t, opts...)
			callback.On(h, ignore)
			callback.Answer(h, answerAllow)
			want := 1
			assertFailed(t, post(t, h, c.command, c.body), 400)
			if c.command == stateChange || c.command == "New.X" { // the sink has no types to hold a body against
				want++
				assertFailed(t, post(t, handler(t, append(opts, callback.WithSink(&q))...), c.command, c.body), 400)
			}
			require.Len(t, refused, want)
			for _, err := range refused {
				kept, ok := errors.AsType[*callback.RefusedError](err)
				require.True(t, ok, "%T", err)
				assert.Equal(t, c.command, kept.Command)
				assert.Equal(t, c.body, string(kept.Body))
				require.ErrorIs(t, err, callback.ErrMalformed)
				require.ErrorContains(t, err, c.command)
				require.ErrorContains(t, err, c.text)
				assert.NotContains(t, err.Error(), "7777")
				assert.Contains(t, l.String(), strings.ReplaceAll(kept.Err.Error(), `"`, `\"`), "the log has the decoder's words")
			}
		})
	}
}

// Only what was read can be kept.
func TestRefusedWithoutABody(t *testing.T) {
	t.Parallel()
	var refused []error
	h := handler(t, callback.WithMaxBody(4), callback.WithRefused(func(_ context.Context, err error) { refused = append(refused, err) }))
	callback.On(h, ignore)
	post(t, h, portraitSet, `{   }`)
	r := request(t, signed(portraitSet).Encode(), `{}`)
	r.ContentLength = 3
	serve(h, r)
	serve(h, request(t, signed(portraitSet).Encode()+"&Sign=x", `x`))
	require.Len(t, refused, 3)
	for _, err := range refused {
		_, kept := errors.AsType[*callback.RefusedError](err)
		assert.False(t, kept, err)
	}
}

// The hint is about what stops a body from being read, and no part of one that can be.
func TestCommentHint(t *testing.T) {
	t.Parallel()
	for body, hint := range map[string]bool{
		"{// x\n}": true, `{"a":1/**/}`: true, `/`: true, `{} // x`: true,
		`{"From_Account":7,"x":"// y"}`: false, `{"From_Account":7,"x":"/"`: false, `{x/y}`: false, `[]`: false,
	} {
		_, err := callback.Decode(portraitSet, []byte(body))
		require.ErrorIs(t, err, callback.ErrMalformed, body)
		assert.Equal(t, hint, strings.Contains(err.Error(), "comment, as the vendor's samples have"), "%s: %v", body, err)
	}
}

func TestEmptyBody(t *testing.T) {
	t.Parallel()
	h := handler(t)
	callback.On(h, ignore)
	assertFailed(t, post(t, h, portraitSet, ""), 400)
	r := request(t, signed(portraitSet).Encode(), "")
	r.Body = nil
	assertFailed(t, serve(h, r), 400)
}

func TestMethod(t *testing.T) {
	t.Parallel()
	h := handler(t)
	callback.On(h, ignore)
	for _, method := range []string{"GET", "HEAD", "PUT", "OPTIONS", "post"} {
		r := request(t, signed(portraitSet).Encode(), `{}`)
		r.Method = method
		r.ContentLength = 1 << 30 // the method is looked at first
		w := serve(h, r)
		assertFailed(t, w, http.StatusMethodNotAllowed)
		assert.Equal(t, "POST", w.Header().Get("Allow"))
	}
}

func TestBodySizes(t *testing.T) {
	t.Parallel()
	pad := func(n int) string { return `{"x":"` + strings.Repeat("y", n-8) + `"}` }
	for name, c := range map[string]struct {
		size    int
		chunked bool
		status  int
	}{
		"largest":             {1 << 20, false, 200},
		"largest, chunked":    {1 << 20, true, 200},
		"one more":            {1<<20 + 1, false, 413},
		"one more, chunked":   {1<<20 + 1, true, 413},
		"much more, chunked":  {3 << 20, true, 413},
		"small, but chunked":  {10, true, 200},
		"small with a length": {10, false, 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := handler(t)
			callback.On(h, ignore)
			server := httptest.NewServer(h)
			defer server.Close()
			var body io.Reader = strings.NewReader(pad(c.size))
			if c.chunked {
				body = struct{ io.Reader }{body} // hides the length from net/http
			}
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/?"+signed(portraitSet).Encode(), body)
			require.NoError(t, err)
			resp, err := server.Client().Do(r)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, c.status, resp.StatusCode)
		})
	}
}

func TestWithMaxBody(t *testing.T) {
	t.Parallel()
	h := handler(t, callback.WithMaxBody(4))
	callback.On(h, ignore)
	assertOK(t, post(t, h, portraitSet, `{  }`))
	assertFailed(t, post(t, h, portraitSet, `{   }`), 413)
}

func TestShorterThanAnnounced(t *testing.T) {
	t.Parallel()
	h := handler(t)
	callback.On(h, ignore)
	r := request(t, signed(portraitSet).Encode(), `{}`)
	r.ContentLength = 3
	assertFailed(t, serve(h, r), 400)
}

// What cannot be read is refused wherever it stands, and the rest of the query is read all the same.
func TestUnreadableAtTheFront(t *testing.T) {
	t.Parallel()
	h := handler(t, callback.WithUnknown(func(context.Context, *callback.Unknown) { t.Error("let in") }))
	for _, front := range []string{"%zz", "%zz=x", "x=%zz", ";", "a;b=c", "a=;b", "+=%zz", "a=%41&b=+&c=;"} {
		assertFailed(t, serve(h, request(t, front+"&"+signed(portraitSet).Encode(), `{}`)), 400)
	}
	h = handler(t)
	for _, front := range []string{"%41=%41", "+", "&", "=", "x", "a=%41&b=+"} {
		assertOK(t, serve(h, request(t, front+"&"+signed(portraitSet).Encode(), `{}`)))
	}
}

func TestContentTypeIsIgnored(t *testing.T) {
	t.Parallel()
	h := handler(t)
	calls := 0
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { calls++; return nil })
	for _, contentType := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ";;"} {
		r := request(t, signed(portraitSet).Encode(), `{}`)
		r.Header.Set("Content-Type", contentType)
		assertOK(t, serve(h, r))
	}
	assert.Equal(t, 5, calls)
}

func TestBodyKeys(t *testing.T) {
	t.Parallel()
	h := handler(t)
	var got []string
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error {
		got = append(got, e.FromAccount+" "+e.ClientIP)
		return nil
	})
	for _, body := range []string{
		`{"From_Account":"a","from_account":"b"}`,
		`{"from_account":"b","ClientIP":"6.6.6.6","SdkAppid":7,"Sign":"x","SDKAppID":9,"RequestTime":"1"}`,
		`{"FROM_ACCOUNT":"b","callbackcommand":"Profile.CallbackPortraitSet","Newer":{"x":[1]}}`,
		`{"From_Account":"b","CallbackCommand":""}`,
	} {
		assertOK(t, post(t, h, portraitSet, body))
	}
	assert.Equal(t, []string{"b 203.0.113.7", "b 203.0.113.7", "b 203.0.113.7", "b 203.0.113.7"}, got)
	assertFailed(t, post(t, h, portraitSet, `{"callbackCommand":"State.StateChange"}`), 400)
	assertFailed(t, post(t, h, portraitSet, `{"CallbackCommand":"Profile.CallbackPortraitSet","CallbackCommand":"State.StateChange"}`), 400)
}

func TestQuerySpellings(t *testing.T) {
	t.Parallel()
	h := handler(t)
	var meta callback.Meta
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error { meta = e.Meta; return nil })
	sign := callback.Sign(token, "1750648027")
	query := "&sdkappID=1400000001&callback%43ommand=Profile%2ECallbackPortraitSet&CLIENTIP=2001%3Adb8::1&OptPlatform=Some+TV&own=1&own=2&" +
		"Sign=%" + "3" + string(sign[0]) + sign[1:] + "&requesttime=1750648027&"
	require.Equal(t, byte('9'), sign[0])
	assertOK(t, serve(h, request(t, query, `{}`)))
	assert.Equal(t, "2001:db8::1", meta.ClientIP)
	assert.Equal(t, callback.Platform("Some TV"), meta.OptPlatform)
}

// RequestID is a hint that nobody has signed: it is taken where it can be read, and nothing is refused for it.
func TestRequestID(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ query, want string }{
		"none":                        {"", ""},
		"as recorded":                 {"&RequestId=1656033283-9a", "1656033283-9a"},
		"in the other spelling":       {"&RequestID=1656033283-9a", "1656033283-9a"},
		"in any case":                 {"&requestid=x", "x"},
		"escaped":                     {"&Request%49D=a%2Db", "a-b"},
		"empty":                       {"&RequestID=", ""},
		"twice":                       {"&RequestID=a&RequestId=b", "a"},
		"twice, the first empty":      {"&RequestID&RequestId=b", "b"},
		"bad escape":                  {"&RequestID=%zz", ""},
		"bad escape, then a good one": {"&RequestID=%zz&RequestID=b", "b"},
		"semicolon":                   {"&RequestID=a;b", ""},
		"a line break":                {"&RequestID=a%0Ab", ""},
		"a space":                     {"&RequestID=a+b", ""},
		"not of ASCII":                {"&RequestID=%E2%9C%93", ""},
		"not of any text":             {"&RequestID=%ff", ""},
		"longest":                     {"&RequestID=" + strings.Repeat("x", 128), strings.Repeat("x", 128)},
		"longer":                      {"&RequestID=" + strings.Repeat("x", 129), ""},
		"longer, then a short one":    {"&RequestID=" + strings.Repeat("x", 129) + "&RequestID=b", "b"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var q queue
			var got []string
			note := func(_ context.Context, e *callback.ProfilePortraitSet) error {
				got = append(got, e.RequestID)
				return nil
			}
			h := handler(t)
			callback.On(h, note)
			assertOK(t, serve(h, request(t, signed(portraitSet).Encode()+c.query, `{"RequestID":"of the body"}`)))

			h = handler(t, callback.WithSink(&q))
			callback.On(h, note)
			assertOK(t, serve(h, request(t, signed(portraitSet).Encode()+c.query, `{}`)))
			all := q.take(t)
			require.Len(t, all, 1)
			assert.Equal(t, c.want, all[0].RequestID)
			require.NoError(t, h.Dispatch(t.Context(), all[0]))
			assert.Equal(t, []string{c.want, c.want}, got)
		})
	}
}

// Whatever the handler logs of a request says which one it was, where the URL does.
func TestRequestIDIsLogged(t *testing.T) {
	t.Parallel()
	var l log
	h := handler(t, l.option())
	callback.On(h, func(context.Context, *callback.ProfilePortraitSet) error { return errors.New("down") })
	callback.On(h, func(context.Context, *callback.StateChange) error { panic("bug") })
	sinking := handler(t, l.option(), callback.WithSink(sinkFunc(func(context.Context, callback.Envelope) error { panic("full") })))
	n := 0
	send := func(h http.Handler, command, body string, edit func(*http.Request)) {
		n++
		r := request(t, signed(command).Encode()+"&RequestID=r-"+strconv.Itoa(n), body)
		edit(r)
		serve(h, r)
	}
	as := func(*http.Request) {}
	send(h, portraitSet, `{}`, as)
	send(h, stateChange, `{}`, as)
	send(h, "New.X", `{}`, as)
	send(h, portraitSet, `x`, as)
	send(h, portraitSet, `{}`, func(r *http.Request) { r.Method = http.MethodGet })
	send(h, portraitSet, `{}`, func(r *http.Request) { r.ContentLength = 1 << 40 })
	send(h, portraitSet, `{}`, func(r *http.Request) { r.URL.RawQuery += "&Sign=x" })
	send(sinking, portraitSet, `{}`, as)
	require.Error(t, h.Dispatch(t.Context(), callback.Envelope{SDKAppID: app, Command: stateChange, RequestID: "r-9", Body: []byte(`{}`)}))
	lines := strings.Split(strings.TrimSpace(l.String()), "\n")
	assert.Len(t, lines, 11) // a panic is two lines, but for the one behind a queue
	for i := range n + 1 {
		assert.Contains(t, l.String(), "request_id=r-"+strconv.Itoa(i+1)+"\n")
	}
	for _, line := range lines {
		assert.Equal(t, 1, strings.Count(line, "request_id="), line)
	}

	var without log
	h = handler(t, without.option())
	callback.On(h, ignore)
	assertFailed(t, post(t, h, portraitSet, `x`), 400)
	assert.NotContains(t, without.String(), "request_id")
}

func TestMetaComesFromTheURL(t *testing.T) {
	t.Parallel()
	h := handler(t)
	var got *callback.ProfilePortraitSet
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error { got = e; return nil })
	const body = ` {"CallbackCommand":"Profile.CallbackPortraitSet","From_Account":"u-1","Newer":1} `
	assertOK(t, post(t, h, portraitSet, body))
	require.NotNil(t, got)
	assert.Equal(t, callback.Meta{
		CallbackCommand: portraitSet, SDKAppID: app, ClientIP: "203.0.113.7", OptPlatform: callback.PlatformIOS,
		RequestTime: at, ReceivedAt: at, Raw: []byte(body),
	}, got.Meta)

	open, err := callback.NewHandler(app, callback.WithoutVerification())
	require.NoError(t, err)
	callback.On(open, func(_ context.Context, e *callback.ProfilePortraitSet) error { got = e; return nil })
	q := url.Values{"SdkAppid": {"1400000001"}, "CallbackCommand": {portraitSet}, "RequestTime": {"1"}, "Sign": {"x"}}
	assertOK(t, serve(open, request(t, q.Encode(), `{}`)))
	assert.Zero(t, got.RequestTime, "nobody verified it")
	assert.Empty(t, got.ClientIP)
}

func TestRawIsTheEventsOwn(t *testing.T) {
	t.Parallel()
	h := handler(t)
	var raws []string
	var kept []*callback.ProfilePortraitSet
	callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error {
		kept = append(kept, e)
		return nil
	})
	for _, id := range []string{"a", "b", "c"} {
		assertOK(t, post(t, h, portraitSet, `{"From_Account":"`+id+`"}`))
	}
	for _, e := range kept {
		raws = append(raws, string(e.Raw))
	}
	assert.Equal(t, []string{`{"From_Account":"a"}`, `{"From_Account":"b"}`, `{"From_Account":"c"}`}, raws)
}

// unread fails the test when a body is read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func (unread) Close() error { return nil }

func TestNothingIsReadForNobody(t *testing.T) {
	t.Parallel()
	h := handler(t)
	r := request(t, signed(stateChange).Encode(), "")
	r.Body = unread{t}
	r.ContentLength = 100
	assertOK(t, serve(h, r))
	r = request(t, "SdkAppid=1", "")
	r.Body = unread{t}
	assertFailed(t, serve(h, r), 403)
}
