package message_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestUnreadReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	all, err := answering(t, message.CommandGetC2CUnreadMsgNum, 0).AllUnread(t.Context(), "ana")
	require.NoError(t, err)
	assert.Equal(t, 12, all)

	asked := []string{"nobody", "eve", "cleo", "ben", "nobody"}
	got, err := answering(t, message.CommandGetC2CUnreadMsgNum, 1).Unread(t.Context(), "ana", asked)
	require.NoError(t, err)
	require.Len(t, got, 5)
	require.ErrorIs(t, got[0].Err(), restapi.CodeAccountNotFound)
	require.ErrorIs(t, got[1].Err(), restapi.ErrBadResponse, "a user missing from the answer has no count")
	assert.Equal(t, message.Unread{UserID: "cleo"}, got[2])
	assert.Equal(t, message.Unread{UserID: "ben", C2CUnreadMsgNum: 5}, got[3])
	assert.Equal(t, got[0], got[4])

	r := &conform.Recorder{Answer: `{"ErrorList":[{"Peer_Account":"ben","ErrorCode":0}]}`}
	got, err = message.NewClient(r).Unread(t.Context(), "ana", []string{"ben"})
	require.NoError(t, err)
	require.ErrorContains(t, got[0].Err(), "listed in ErrorList without a code")
}

func TestDeleteReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	keys := []string{"nonsense", "1_2_3", "nonsense"}
	got, err := answering(t, message.CommandDeleteC2CMsgRamble, 1).Delete(t.Context(), "ana", "ben", keys)
	require.NoError(t, err)
	require.Len(t, got, 3)
	require.ErrorContains(t, got[0].Err(), "listed in InvalidMsgKeyList without a code")
	assert.Equal(t, message.KeyResult{MsgKey: "1_2_3"}, got[1])
	assert.Equal(t, got[0], got[2])
	got, err = answering(t, message.CommandDeleteC2CMsgRamble, 0).Delete(t.Context(), "ana", "ben", keys)
	require.NoError(t, restapi.Join(got, err))
}
