package callback_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

// FuzzDecode starts from every documented body. What is decoded and encoded is decoded as the same again.
func FuzzDecode(f *testing.F) {
	for _, w := range webhooks(f) {
		require.NotEmpty(f, w.RequestExamples, w.Command)
		for _, body := range w.RequestExamples {
			f.Add(w.Command, []byte(body))
		}
	}
	for command, body := range full {
		f.Add(command, []byte(body))
	}
	f.Add(allMemberPush, []byte(`{"CallbackCommand":"Push.AllMemberPush","TaskId":"not in a list"}`))
	f.Add(resultNotify, []byte(`{"TextContent":"not in a list","MsgID":7,"CtxcbKeywords":[]}`))
	f.Fuzz(func(t *testing.T, command string, body []byte) {
		e, err := callback.Decode(command, body)
		if err != nil {
			require.ErrorIs(t, err, callback.ErrMalformed)
			require.Nil(t, e)
			return
		}
		require.Equal(t, command, e.Command())
		require.Equal(t, string(body), string(e.Metadata().Raw))
		out, err := callback.Encode(e)
		require.NoError(t, err)
		again, err := callback.Decode(command, out)
		require.NoError(t, err, "%s", out)
		twice, err := callback.Encode(again)
		require.NoError(t, err)
		require.Equal(t, string(out), string(twice))

		// White space in what is kept raw has no meaning, and goes when it is encoded.
		var tight bytes.Buffer
		require.NoError(t, json.Compact(&tight, body))
		e, err = callback.Decode(command, tight.Bytes())
		require.NoError(t, err)
		*e.Metadata(), *again.Metadata() = callback.Meta{}, callback.Meta{}
		require.True(t, alike(reflect.ValueOf(e), reflect.ValueOf(again)), "%+v\n%+v\n%s", e, again, out)
	})
}

// alike is reflect.DeepEqual for which an empty list, or map, is the same as none.
func alike(a, b reflect.Value) bool {
	if a.IsValid() != b.IsValid() || a.IsValid() && a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Interface:
		return alike(a.Elem(), b.Elem())
	case reflect.Struct:
		for i := range a.NumField() {
			if !alike(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Slice, reflect.Array:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !alike(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Map:
		if a.Len() != b.Len() {
			return false
		}
		for _, key := range a.MapKeys() {
			if !alike(a.MapIndex(key), b.MapIndex(key)) {
				return false
			}
		}
		return true
	default:
		return a.Equal(b)
	}
}

// FuzzHandler gives a handler whatever comes, and holds what it lets in against net/url's reading of the same query.
func FuzzHandler(f *testing.F) {
	for _, w := range webhooks(f) {
		for _, body := range w.RequestExamples {
			f.Add(signed(w.Command).Encode(), []byte(body))
		}
	}
	query := signed(portraitSet).Encode()
	f.Add(query+"&SdkAppId=1", []byte(`{}`))
	f.Add(strings.ReplaceAll(query, "Sign", "S%69gn"), []byte(`null`))
	f.Add("&=&;&%zz=%&sdkappid=1400000001", []byte(``))
	f.Add(query+"&RequestId=%zz&request%49d=a", []byte(`{}`))
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
		q, err := url.ParseQuery(withoutRequestIDs(query))
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

// withoutRequestIDs leaves out what need not be readable.
func withoutRequestIDs(query string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(query, "&"), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		return err == nil && strings.EqualFold(name, "RequestID")
	}), "&")
}
