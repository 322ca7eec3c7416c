package message_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// ErrorList alone says who failed: ActionStatus is SomeError, and users who are not in it were sent the message.
func TestBatchSendReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	m := message.Message{MsgBody: message.Text("hi"), MsgRandom: 9}
	asked := []string{"cleo", "ben", "cleo"}
	sent, err := answering(t, message.CommandBatchSendMsg, 1).BatchSend(t.Context(), asked, m, message.WithSeq(8))
	require.NoError(t, err)
	assert.Equal(t, message.Sent{MsgKey: "4852_28135_1700000001", MsgSeq: 8, MsgRandom: 9}, sent.Sent)
	require.Len(t, sent.Results, 3)
	require.ErrorIs(t, sent.Results[0].Err(), restapi.CodeAccountNotFound)
	assert.Equal(t, message.Result{UserID: "ben"}, sent.Results[1])
	assert.Equal(t, sent.Results[0], sent.Results[2])
	require.ErrorIs(t, restapi.Join(sent.Results, err), restapi.ErrAccountNotFound)

	sent, err = answering(t, message.CommandBatchSendMsg, 0).BatchSend(t.Context(), asked, m)
	require.NoError(t, restapi.Join(sent.Results, err))
	assert.Equal(t, "144115198371610486-1700000000-903762", sent.MsgID)
}

func TestBatchSendLosesNoFailure(t *testing.T) {
	t.Parallel()
	m := message.Message{MsgBody: message.Text("hi")}
	r := &conform.Recorder{Answer: `{"ErrorList":[{"To_Account":"BEN","ErrorCode":70107},{"To_Account":"cleo","ErrorCode":0}]}`}
	sent, err := message.NewClient(r).BatchSend(t.Context(), []string{"ben", "cleo"}, m)
	require.NoError(t, err)
	require.ErrorIs(t, sent.Results[0].Err(), restapi.ErrBadResponse, "who failed was not asked for: it can be ben")
	require.ErrorContains(t, sent.Results[1].Err(), "listed in ErrorList without a code")

	down := errors.New("down")
	sent, err = message.NewClient(&conform.Recorder{Err: down}).BatchSend(t.Context(), []string{"ben"}, m)
	require.ErrorIs(t, err, down)
	assert.NotZero(t, sent.MsgSeq)
	assert.Empty(t, sent.Results)
}

func TestBatchSendCostsItsReceivers(t *testing.T) {
	t.Parallel()
	for users, want := range map[int]int{1: 1, 500: 500} {
		limiter := &costLimiter{}
		c, bodies := reaching(t, func(int) (string, error) { return `{"ErrorCode":0}`, nil }, restapi.WithLimiter(limiter))
		to := append(numbered(users), numbered(min(users, 500-users))...)
		require.NoError(t, second(c.BatchSend(t.Context(), to, message.Message{MsgBody: message.Text("hi")})))
		assert.Equal(t, []int{want}, limiter.costs, "who is named twice costs once")
		assert.Equal(t, want, strings.Count((*bodies)[0], `"u`))
	}
}

// costLimiter lets every call go and keeps what it cost.
type costLimiter struct{ costs []int }

func (l *costLimiter) Wait(context.Context, restapi.Command) error {
	return errors.New("not asked for the cost")
}

func (l *costLimiter) WaitN(_ context.Context, _ restapi.Command, cost int) error {
	l.costs = append(l.costs, cost)
	return nil
}
