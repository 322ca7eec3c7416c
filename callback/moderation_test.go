package callback_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

func TestModerationVariants(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]callback.ContentResultNotify{
		`{"TextContent":["a\u0000","b"],"MsgID":"124"}`: {TextContent: []string{"a\x00", "b"}, MsgID: "124"},
		`{"TextContent":"one","MsgID":4294967295}`:      {TextContent: []string{"one"}, MsgID: "4294967295"},
		`{"TextContent":null,"MsgID":null}`:             {},
		`{"TextContent":""}`:                            {TextContent: []string{""}},
		`{"CtxcbLabel":"Newer","CtxcbResult":1}`:        {CtxcbLabel: "Newer", CtxcbResult: callback.ContentResultStopped},
	} {
		e, err := callback.Decode(resultNotify, []byte(body))
		require.NoError(t, err, body)
		got := *e.(*callback.ContentResultNotify)
		got.Raw = nil
		assert.Equal(t, want, got, body)
	}
	for _, body := range []string{`{"TextContent":[1]}`, `{"TextContent":{}}`, `{"MsgID":[]}`, `{"CallbackCommand":"State.StateChange"}`} {
		_, err := callback.Decode(resultNotify, []byte(body))
		require.ErrorIs(t, err, callback.ErrMalformed, body)
	}
}

// The app of an event is the one that was checked, whatever its body says.
func TestModerationAppIsTheURLs(t *testing.T) {
	t.Parallel()
	h := handler(t)
	var got *callback.ContentResultNotify
	callback.On(h, func(_ context.Context, e *callback.ContentResultNotify) error { got = e; return nil })
	assertOK(t, post(t, h, resultNotify, `{"SdkAppId":7,"Scene":"Group","ContactItem":{"ContactType":2,"ToGroupId":"g"}}`))
	require.NotNil(t, got)
	assert.Equal(t, uint64(app), got.SDKAppID)
	assert.Equal(t, uint64(7), got.BodySDKAppID)
	assert.Empty(t, got.CallbackCommand)
	assert.Equal(t, callback.ContentContact{ContactType: callback.ContactTypeGroup, ToGroupID: "g"}, got.ContactItem)
}
