package callback_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
)

// The largest 32-bit numbers, and moments past 2038, keep every digit.
func TestGroupMsgNumbers(t *testing.T) {
	t.Parallel()
	for command, body := range map[string]string{
		"Group.CallbackAfterSendMsg":           `"Random":4294967295,"MsgSeq":4294967295,"MsgTime":4294967295`,
		"Group.CallbackSendMsgException":       `"Random":4294967295`,
		"Group.CallbackAfterModifyMsg":         `"MsgSeq":4294967295`,
		"Group.CallbackAfterRecallMsg":         `"MsgSeqList":[{"MsgSeq":4294967295},{"MsgSeq":0}]`,
		"Group.CallbackAfterReadReceipt":       `"GroupMsgReceiptList":[{"MsgSeq":4294967295,"ReadNum":2000,"UnreadNum":0}]`,
		"Group.CallbackAfterGroupMsgExtension": `"MsgSeq":4294967295,"OperateType":2,"ExtensionList":[{"Key":"k","Value":"","Seq":9007199254740993}],"Seq":9007199254740993`,
	} {
		e, err := callback.Decode(command, []byte("{"+body+"}"))
		require.NoError(t, err)
		out, err := callback.Encode(e)
		require.NoError(t, err)
		want, got := leavesOf(t, []byte("{"+body+"}")), leavesOf(t, out)
		for path, value := range want {
			assert.Equal(t, value, got[path], "%s of %s", path, command)
		}
	}
	_, err := callback.Decode("Group.CallbackAfterSendMsg", []byte(`{"MsgSeq":4294967296}`))
	require.ErrorIs(t, err, callback.ErrMalformed, "a 33rd bit is not cut off")
}

func TestGroupAfterSendMsg(t *testing.T) {
	t.Parallel()
	e := decoded[*callback.GroupAfterSendMsg](t, `{
		"MsgTime":1741574942,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"@all @u-2 hi"}}],
		"GroupAtInfo":[{"GroupAtAllFlag":1},{"GroupAtAllFlag":0,"GroupAt_Account":"u-2"}]}`)
	assert.Equal(t, message.Body{&message.TextElem{Text: "@all @u-2 hi"}}, e.MsgBody)
	assert.Equal(t, []callback.GroupAtInfo{{GroupAtAllFlag: 1}, {GroupAtAccount: "u-2"}}, e.GroupAtInfo)
	assert.True(t, time.Unix(1741574942, 0).Equal(e.MsgTime.Time()))
}

func TestGroupMsgExtension(t *testing.T) {
	t.Parallel()
	const body = `{"CallbackCommand":"Group.CallbackAfterGroupMsgExtension","GroupId":"g","MsgSeq":31,"OperateType":3,"ExtensionList":[],"Seq":10}`
	e := decoded[*callback.GroupAfterGroupMsgExtension](t, body)
	assert.Equal(t, callback.MsgExtensionClear, e.OperateType)
	out, err := callback.Encode(e)
	require.NoError(t, err)
	assert.JSONEq(t, body, string(out))
}
