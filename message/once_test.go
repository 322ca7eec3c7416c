package message_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/internal/oncetest"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// mail returns how often a user has each text that ana has sent.
func mail(ctx context.Context, c restapi.Caller, userID string) (map[string]int, error) {
	messages := message.NewClient(c)
	got, total := map[string]int{}, 0
	for m, err := range messages.Messages(ctx, userID, "ana", time.Time{}, time.Time{}) {
		if err != nil {
			return nil, err
		}
		got[m.MsgBody.Text()]++
		total++
	}
	unread, err := messages.AllUnread(ctx, userID)
	if err == nil && unread != total {
		err = errors.New("pages of a history hide what is there twice under one key")
	}
	return got, err
}

// ways are how this package sends messages that the service knows again.
func ways() map[string]oncetest.Way {
	return map[string]oncetest.Way{
		"Send": {
			Send: func(
				ctx context.Context, c restapi.Caller, to []string, m message.Message, seq uint32,
			) (message.Sent, error) {
				return message.NewClient(c).Send(ctx, to[0], m, message.WithSeq(seq))
			},
			Mail: mail, Receivers: 1,
		},
		"BatchSend": {Send: batch, Mail: mail, Receivers: 2},
	}
}

func batch(
	ctx context.Context, c restapi.Caller, to []string, m message.Message, seq uint32,
) (message.Sent, error) {
	sent, err := message.NewClient(c).BatchSend(ctx, to, m, message.WithSeq(seq))
	return sent.Sent, restapi.Join(sent.Results, err)
}

func TestSendsThroughEachFault(t *testing.T) {
	t.Parallel()
	for name, way := range ways() {
		users := numbered(way.Receivers * len(faultserver.Faults()))
		office := oncetest.NewOffice(t, way)
		office.AddAccount(users...)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			oncetest.EachFault(t, office, users)
		})
	}
}

// A batch that found nothing but silence twice is late for a third attempt: the service would take that for another
// message.
func TestBatchSendIsNotRepeatedTooLate(t *testing.T) {
	t.Parallel()
	for fault := range slices.Values(faultserver.Faults()) {
		if !fault.Silent || !fault.CarriedOut {
			continue
		}
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			office := oncetest.NewOffice(t, ways()["BatchSend"])
			office.AddAccount("ben", "cleo")
			faulty, client := office.Through(t, faultserver.Script(fault, fault), 550*time.Millisecond)
			ctx, repeats := faultserver.Counting(t.Context())
			_, err := batch(ctx, client, []string{"ben", "cleo"}, oncetest.Saying("hi"), 0)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.True(t, faultserver.IsOpen(err))
			assert.Equal(t, 1, *repeats)
			faulty.Close()
			for _, userID := range []string{"ben", "cleo"} {
				got, err := mail(t.Context(), office.Direct(), userID)
				require.NoError(t, err)
				assert.Equal(t, map[string]int{"hi": 1}, got)
			}
		})
	}
}

func TestNoSendIsASecondMessage(t *testing.T) {
	t.Parallel()
	for name, load := range map[string]oncetest.Load{
		"Send":      {N: 10_000, Remembers: true},
		"BatchSend": {N: 1_000}, // within the 12,000 of a minute
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() || raceDetector {
				load.N /= 5
			}
			way := ways()[name]
			if way.Receivers > 1 {
				way.Receivers = 10
			}
			load.Receivers = numbered(100)
			office := oncetest.NewOffice(t, way)
			office.AddAccount(load.Receivers...)
			oncetest.UnderLoad(t, office, load)
		})
	}
}
