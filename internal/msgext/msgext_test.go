package msgext_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/internal/msgext"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var set = restapi.Command{Service: "openim_msg_ext_http_svc", Name: "group_set_key_values"}

// A request about a message of a group embeds what those about messages of users embed.
func TestDo(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"ExtensionList":[
		{"ErrorCode":23001,"Extension":{"Key":"b","Value":"x","Seq":4}},{"ErrorCode":0,"Extension":{"Key":"a","Value":"1","Seq":3}}]}`}
	req := struct {
		GroupID string `json:"GroupId"`
		MsgSeq  uint32
		msgext.Change
	}{"g", 7, msgext.Change{OperateType: msgext.Set, ExtensionList: []msgext.Pair{{Key: "a", Value: "1"}}}}
	type result struct {
		msgext.Pair
		restapi.Outcome
	}
	results, err := msgext.Do(t.Context(), r, set, req, []string{"a", "b", "c"},
		func(p msgext.Pair, o restapi.Outcome) result { return result{p, o} })
	require.NoError(t, err)
	assert.JSONEq(t, `{"GroupId":"g","MsgSeq":7,"OperateType":1,"ExtensionList":[{"Key":"a","Value":"1","Seq":0}]}`, r.Body)
	assert.Equal(t, result{Pair: msgext.Pair{Key: "a", Value: "1", Seq: 3}}, results[0])
	require.ErrorIs(t, results[1].Err(), restapi.CodeExtensionConflict)
	assert.Equal(t, msgext.Pair{Key: "b", Value: "x", Seq: 4}, results[1].Pair)
	require.ErrorIs(t, results[2].Err(), restapi.ErrBadResponse)
}

func TestPages(t *testing.T) {
	t.Parallel()
	since, err := msgext.SinceOf(set, "5")
	require.NoError(t, err)
	assert.EqualValues(t, 5, since.StartSeq)
	page := msgext.Page{ExtensionList: []msgext.Pair{{Seq: 9}, {Seq: 6}}}
	assert.Equal(t, restapi.Cursor("10"), page.Next(since))
	page.CompleteFlag = 1
	assert.Empty(t, page.Next(since))
	_, err = msgext.SinceOf(set, "x")
	require.ErrorIs(t, err, restapi.ErrInvalidArgument)
}
