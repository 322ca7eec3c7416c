package message_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
)

func TestMsgFlag(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]message.MsgFlag{
		`"AcceptAndNotify"`: message.AcceptAndNotify, `"Newer"`: "Newer", `""`: "", `null`: "", `2`: "2", `"2"`: "2",
	} {
		got := message.Discard
		require.NoError(t, json.Unmarshal([]byte(data), &got), data)
		assert.Equal(t, want, got, data)
	}
	for _, data := range []string{`true`, `{}`, `["Discard"]`} {
		require.Error(t, json.Unmarshal([]byte(data), new(message.MsgFlag)), data)
	}
}

func TestMsgFlagsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	var group struct {
		MsgFlag []struct{ Value message.MsgFlag } `json:"msg_flag"`
	}
	require.NoError(t, spec.Read("types/group.json", &group))
	var documented []message.MsgFlag
	for _, flag := range group.MsgFlag {
		documented = append(documented, flag.Value)
	}
	assert.ElementsMatch(t, documented, []message.MsgFlag{
		message.AcceptAndNotify, message.AcceptNotNotify, message.AcceptNotNotifyExceptAt, message.Discard,
	})
}
