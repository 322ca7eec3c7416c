package callback_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
)

// FuzzDecode starts from every documented body, those of commands without a type too.
func FuzzDecode(f *testing.F) {
	webhooks, err := spec.Webhooks()
	require.NoError(f, err)
	for _, w := range webhooks {
		for _, body := range w.RequestExamples {
			f.Add(w.Command, []byte(body))
		}
	}
	for command, body := range full {
		f.Add(command, []byte(body))
	}
	f.Fuzz(func(t *testing.T, command string, body []byte) {
		e, err := callback.Decode(command, body)
		if err != nil {
			require.ErrorIs(t, err, callback.ErrMalformed)
			require.Nil(t, e)
			return
		}
		require.Equal(t, command, e.Command())
		out, err := json.Marshal(e)
		require.NoError(t, err)
		again, err := callback.Decode(command, out)
		require.NoError(t, err, "%s", out)
		twice, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(out), string(twice))
	})
}

// FuzzHandler gives a handler whatever comes, and holds what it lets in against net/url's reading of the same query.
func FuzzHandler(f *testing.F) {
	for command, body := range full {
		f.Add(signed(command).Encode(), []byte(body))
	}
	query := signed(portraitSet).Encode()
	f.Add(query+"&SdkAppId=1", []byte(`{}`))
	f.Add(strings.ReplaceAll(query, "Sign", "S%69gn"), []byte(`null`))
	f.Add("&=&;&%zz=%&sdkappid=1400000001", []byte(``))
	f.Fuzz(func(t *testing.T, query string, body []byte) {
		var got callback.Event
		h := handler(t, callback.WithUnknown(func(_ context.Context, u *callback.Unknown) { got = u }))
		callback.On(h, func(_ context.Context, e *callback.ProfilePortraitSet) error { got = e; return nil })
		callback.On(h, func(_ context.Context, e *callback.GroupAfterGroupInfoChanged) error { got = e; return nil })
		callback.On(h, func(_ context.Context, e *callback.StateChange) error { got = e; return nil })
		callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
			got = e
			return e.Rewrite(append(e.MsgBody, e.MsgBody...)), nil
		})
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(string(body)))
		r.URL.RawQuery = query
		w := serve(h, r)
		require.True(t, json.Valid(w.Body.Bytes()), "%s", w.Body)
		if got == nil {
			require.NotEqual(t, http.StatusOK, w.Code)
			return
		}
		q, err := url.ParseQuery(query)
		require.NoError(t, err, "let in what net/url cannot read")
		values := map[string][]string{}
		for name, v := range q {
			values[strings.ToLower(name)] = append(values[strings.ToLower(name)], v...)
		}
		require.Equal(t, []string{got.Command()}, values["callbackcommand"])
		require.Len(t, values["sdkappid"], 1)
		require.Equal(t, []string{callback.Sign(token, values["requesttime"][0])}, values["sign"])
	})
}
