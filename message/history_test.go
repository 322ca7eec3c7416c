package message_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A history is a Caller that keeps messages of these seconds, two to a page, and answers as the service does: back from
// MaxTime, the oldest of a page first.
type history struct {
	seconds []int64 // ascending
	again   bool    // LastMsgKey's message comes again
	asked   []string
}

func keyOf(i int, second int64) string { return fmt.Sprintf("%d_%d_%d", i, i, second) }

func (h *history) Call(_ context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	h.asked = append(h.asked, string(body))
	var r struct {
		MinTime, MaxTime int64
		LastMsgKey       string
	}
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	var page []string
	complete, first := 1, 0
	for i, second := range slices.Backward(h.seconds) {
		if second < r.MinTime || second > r.MaxTime {
			continue
		}
		if after, _, _ := strings.Cut(r.LastMsgKey, "_"); after != "" {
			if n, _ := strconv.Atoi(after); i > n || i == n && !h.again {
				continue
			}
		}
		if len(page) == 2 {
			complete = 0
			break
		}
		first = i
		page = append([]string{fmt.Sprintf(`{"MsgKey":%q,"MsgTimeStamp":%d}`, keyOf(i, second), second)}, page...)
	}
	answer := fmt.Sprintf(`{"Complete":%d,"LastMsgTime":%d,"LastMsgKey":%q,"MsgList":[%s]}`,
		complete, h.seconds[first], keyOf(first, h.seconds[first]), strings.Join(page, ","))
	return json.Unmarshal([]byte(answer), resp)
}

// Pages go back from the newest message, and one that comes again at the end of a page and the beginning of the next is
// there once.
func TestMessagesGoBackToTheFirst(t *testing.T) {
	t.Parallel()
	for _, again := range []bool{false, true} {
		h := &history{seconds: []int64{1000, 1001, 1001, 1001, 1002, 1003, 1003}, again: again}
		got, err := drain(message.NewClient(h).Messages(t.Context(), "ben", "ana", time.Unix(1000, 0), time.Unix(2000, 0)))
		require.NoError(t, err)
		var keys []string
		for _, m := range got {
			keys = append(keys, m.MsgKey)
		}
		want := []string{"6_6_1003", "5_5_1003", "4_4_1002", "3_3_1001", "2_2_1001", "1_1_1001", "0_0_1000"}
		assert.Equal(t, want, keys, again)
		const base = `"Operator_Account":"ben","Peer_Account":"ana","MaxCnt":100,"MinTime":1000`
		assert.JSONEq(t, `{`+base+`,"MaxTime":2000}`, h.asked[0])
		assert.JSONEq(t, `{`+base+`,"MaxTime":1003,"LastMsgKey":"5_5_1003"}`, h.asked[1])
	}
}

func TestMessagesThatNeverEnd(t *testing.T) {
	t.Parallel()
	var never time.Time
	for name, answer := range map[string]string{
		"the same page":  `{"Complete":0,"LastMsgTime":1000,"LastMsgKey":"1_2_1000","MsgList":[{"MsgKey":"1_2_1000"}]}`,
		"nowhere to go":  `{"Complete":0,"LastMsgTime":0,"LastMsgKey":"","MsgList":[{"MsgKey":"1_2_1000"}]}`,
		"no word of it":  `{"MsgList":[]}`,
		"time, no key":   `{"Complete":0,"LastMsgTime":1000,"MsgList":[]}`,
		"a broken time ": `{"Complete":0,"LastMsgTime":-1,"LastMsgKey":"1_2_1000","MsgList":[]}`,
	} {
		r := &conform.Recorder{Answer: answer}
		_, err := drain(message.NewClient(r).Messages(t.Context(), "ben", "ana", never, never))
		require.ErrorIs(t, err, restapi.ErrBadResponse, name)
		require.ErrorContains(t, err, "openim/admin_getroammsg: ")
		assert.Less(t, r.Calls, 5)
	}
}

// Without bounds the newest message counts, by a clock that may be behind the service's.
func TestMessagesWithoutBounds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &conform.Recorder{Answer: `{"Complete":1}`}
		var never time.Time
		got, err := drain(message.NewClient(r).Messages(t.Context(), "ben", "ana", never, never))
		require.NoError(t, err)
		assert.Empty(t, got)
		want := fmt.Sprintf(`{"Operator_Account":"ben","Peer_Account":"ana","MaxCnt":100,"MinTime":0,"MaxTime":%d}`,
			time.Now().Add(time.Minute).Unix())
		assert.JSONEq(t, want, r.Body)
	})
}

func TestMessagePageReadsTheDocumentedAnswer(t *testing.T) {
	t.Parallel()
	var never time.Time
	page, err := answering(t, message.CommandAdminGetRoamMsg, 0).MessagePage(t.Context(), "ben", "ana", never, never, "", 2)
	require.NoError(t, err)
	assert.Equal(t, restapi.Page[message.HistoryMessage]{
		Next: "1700000080,549396494_2578554_1700000080",
		Items: []message.HistoryMessage{
			{
				FromAccount: "ben", ToAccount: "ana", MsgSeq: 1054803289, MsgRandom: 7201, MsgTimeStamp: time.Unix(1700000089, 0),
				MsgFlagBits: message.Recalled, IsPeerRead: true, MsgKey: "1054803289_7201_1700000089", MsgBody: message.Text("two"),
			},
			{
				FromAccount: "ana", ToAccount: "ben", MsgSeq: 549396494, MsgRandom: 2578554, MsgTimeStamp: time.Unix(1700000080, 0),
				MsgClientTime: time.Unix(1700000079, 0), MsgKey: "549396494_2578554_1700000080", MsgBody: message.Text("one"),
				CloudCustomData: "x",
			},
		},
	}, page)
	page, err = answering(t, message.CommandAdminGetRoamMsg, 1).MessagePage(t.Context(), "ben", "ana", never, never, "", 2)
	require.NoError(t, err)
	assert.Empty(t, page)
}

// The newest is the first, whichever way round the service has a page.
func TestMessagePageIsInOrder(t *testing.T) {
	t.Parallel()
	var never time.Time
	r := &conform.Recorder{Answer: `{"Complete":1,"MsgList":[{"MsgTimeStamp":1002,"MsgSeq":18446744073709551615},{"MsgTimeStamp":1001}]}`}
	page, err := message.NewClient(r).MessagePage(t.Context(), "ben", "ana", never, never, "", 2)
	require.NoError(t, err)
	assert.Equal(t, uint64(18446744073709551615), page.Items[0].MsgSeq)
	assert.Equal(t, time.Unix(1001, 0), page.Items[1].MsgTimeStamp)
}
