package message

import (
	"context"
	"iter"
	"slices"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
)

// defaultConcurrency carries 13,000 receivers a second at 300 ms a call, far more than any app may send to.
const defaultConcurrency = 8

// BulkOptions sets how [Client.SendAll] works. Its zero value keeps up the documented rate.
type BulkOptions struct {
	// Concurrency is the number of calls that may be under way, each to up to [MaxReceivers] users. 0 or less stands for
	// 8, which is enough for 13,000 users a second as long as a call takes no more than 300 ms.
	Concurrency int
	// Options are those of each call. WithSeq is not among them, as each call is a message of its own.
	Options []SendOption
}

// SendAll sends a message to many users, as [Client.BatchSend] does to 500, at the rate that the limiter of the client
// lets through, and yields the user ID and the outcome of each as it comes: nil, or why the message was not sent to
// this user. A message that cannot be sent, see [Message.CheckFor], is yielded once, with an empty user ID; its
// MsgRandom must be 0.
//
// As long as the loop goes on, every user who was taken from userIDs is yielded once, in any order. Who was yielded
// with nil has the message. To resume, leave them out, and think about those whose error is a [*restapi.Error] with
// Open set, or who were taken and not yielded as the loop was left: they may have it, and to send it to them again can
// be a second message. A user who comes twice among the 500 of one call gets it once, otherwise twice: best have each
// once.
//
// When ctx ends, no more is taken from userIDs, calls under way are given up and yielded with their errors, and the
// loop ends: look at ctx.Err() behind it. To let those calls finish, end userIDs instead. Breaking out of the loop
// gives up what is under way and yields no more. Either way nothing runs any longer when the loop has ended.
//
// Users are taken only as there is room for them, so that memory does not grow with their number, and a call begins
// when it has its 500 or userIDs has ended: until then they wait. They are taken by another goroutine than that of the
// loop: what both touch needs a lock. The loop waits for userIDs to return, so where it waits for something itself it
// should heed ctx. If userIDs panics, what is under way is yielded first and then the loop panics with the same value.
//
// 200 calls a second and app, and 12,000 users a minute. The rate makes nobody fail: where the limiter refuses in place
// of waiting, or the service refuses for the rate although the client has slowed down and tried again, the call waits
// and begins anew, as long as ctx lasts and nothing was sent. A limit of a day is a failure.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34920
func (c *Client) SendAll(
	ctx context.Context, userIDs iter.Seq[string], m Message, opts BulkOptions,
) iter.Seq2[string, error] {
	if err := checkAll(m, opts); err != nil {
		return func(yield func(string, error) bool) { yield("", err) }
	}
	concurrency := opts.Concurrency
	if concurrency <= 0 {
		concurrency = defaultConcurrency
	}
	jobs := func(taking context.Context) iter.Seq[batch.Job] {
		return func(yield func(batch.Job) bool) {
			for chunk := range chunks(taking, userIDs) {
				m := m
				identity := draw(0, 0)
				m.MsgRandom = identity.MsgRandom
				options := append(slices.Clip(opts.Options), WithSeq(identity.MsgSeq))
				if !yield(batch.Job{Users: chunk, Call: func(ctx context.Context) ([]error, error) {
					return c.sendChunk(ctx, chunk, m, options)
				}}) {
					return
				}
			}
		}
	}
	b := &batch.Bulk{Command: CommandBatchSendMsg, Concurrency: concurrency, Jobs: jobs}
	return b.Run(ctx)
}

// checkAll refuses what would fail with every user.
func checkAll(m Message, opts BulkOptions) error {
	_, err := requestOf(CommandBatchSendMsg, m, opts.Options)
	const reason = "must not be set: each call is a message of its own"
	switch {
	case err != nil:
		return err
	case m.MsgRandom != 0:
		return check.Argument(CommandBatchSendMsg, "MsgRandom", reason)
	case optionsOf(opts.Options).seq != 0:
		return check.Argument(CommandBatchSendMsg, "MsgSeq", reason)
	}
	return nil
}

// chunks goes through userIDs by as many as one call takes. When taking ends it is content with less.
func chunks(taking context.Context, userIDs iter.Seq[string]) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		var chunk []string
		for userID := range userIDs {
			if chunk == nil {
				chunk = make([]string, 0, MaxReceivers)
			}
			chunk = append(chunk, userID)
			if len(chunk) == MaxReceivers || taking.Err() != nil {
				if !yield(chunk) {
					return
				}
				chunk = nil
			}
		}
		if len(chunk) > 0 {
			yield(chunk)
		}
	}
}

// sendChunk makes one call. An ID that no account can have is the failure of that user alone.
func (c *Client) sendChunk(
	ctx context.Context, userIDs []string, m Message, opts []SendOption,
) (each []error, err error) {
	each = make([]error, len(userIDs))
	var sendTo []string
	var index []int // in userIDs
	for i, userID := range userIDs {
		if each[i] = account(CommandBatchSendMsg, "To_Account", userID); each[i] == nil {
			sendTo, index = append(sendTo, userID), append(index, i)
		}
	}
	if len(sendTo) == 0 {
		return each, nil
	}
	sent, err := c.BatchSend(ctx, sendTo, m, opts...)
	for i, result := range sent.Results {
		each[index[i]] = result.Err()
	}
	return each, err
}
