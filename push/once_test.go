package push_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// Phones are those of users of a local server, which show what is pushed.
type phones struct {
	*restapitest.Server

	of map[string]*restapitest.Device
}

func newPhones(t *testing.T, userIDs ...string) *phones {
	t.Helper()
	server := restapitest.NewServer(restapitest.WithRate(-1))
	t.Cleanup(server.Close)
	server.AddAccount("news")
	p := &phones{server, map[string]*restapitest.Device{}}
	for _, userID := range userIDs {
		p.of[userID] = server.User(userID)
	}
	return p
}

// through returns a client that calls through faults.
func (p *phones) through(
	t *testing.T, plan faultserver.Plan, patience time.Duration,
) (*faultserver.Server, *restapi.Client) {
	t.Helper()
	return faultserver.Through(t, p.Server, p.Handler(), plan, patience)
}

// shown is how often a user was shown each title.
func (p *phones) shown(userID string) map[string]int {
	titles := map[string]int{}
	for _, n := range p.of[userID].Inbox() {
		switch n.Kind {
		case restapitest.NoticePush:
			titles[n.Push.Title]++
		case restapitest.NoticeMessage:
			titles[n.Text]++
		}
	}
	return titles
}

func titled(title string) message.Message {
	return message.Message{FromAccount: "news", OfflinePushInfo: &message.OfflinePushInfo{Title: title}}
}

// Whatever goes wrong with the first attempt: listed users are shown the push once, and who pushes knows, or is told
// that they may have been.
func TestPushToThroughEachFault(t *testing.T) {
	t.Parallel()
	for _, fault := range faultserver.Faults() {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			p := newPhones(t, users...)
			faulty, client := p.through(t, faultserver.Script(fault), fault.Patience())
			c := push.NewClient(client)
			ctx, repeats := faultserver.Counting(t.Context())
			pushed, results, err := c.PushTo(ctx, users, titled("snow"))
			switch fault.Answer {
			case faultserver.Whole:
				require.NoError(t, restapi.Join(results, err))
			case faultserver.Lost, faultserver.Refused:
				require.NoError(t, restapi.Join(results, err))
				assert.Positive(t, *repeats)
			case faultserver.Unreadable:
				require.ErrorIs(t, err, restapi.ErrBadResponse)
				assert.True(t, faultserver.IsOpen(err))
				assert.Zero(t, *repeats)
				m := titled("snow")
				m.MsgRandom = pushed.MsgRandom
				_, _, err = c.PushTo(ctx, users, m)
				require.NoError(t, err)
			}
			faulty.Close() // what is still to be carried out is
			for _, userID := range users {
				assert.Equal(t, map[string]int{"snow": 1}, p.shown(userID))
			}
		})
	}
}

// A push that found nothing but silence twice is late for a third attempt: the service would take that for another one.
func TestPushToIsNotRepeatedTooLate(t *testing.T) {
	t.Parallel()
	for _, fault := range faultserver.Faults() {
		if !fault.Silent || !fault.CarriedOut {
			continue
		}
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			p := newPhones(t, users...)
			faulty, client := p.through(t, faultserver.Script(fault, fault), 550*time.Millisecond)
			ctx, repeats := faultserver.Counting(t.Context())
			_, _, err := push.NewClient(client).PushTo(ctx, users, titled("snow"))
			require.ErrorIs(t, err, context.DeadlineExceeded)
			assert.True(t, faultserver.IsOpen(err))
			assert.Equal(t, 1, *repeats)
			faulty.Close()
			for _, userID := range users {
				assert.Equal(t, map[string]int{"snow": 1}, p.shown(userID))
			}
		})
	}
}

// A push to all is not repeated where the attempt may have done it: nobody knows a repeat by anything.
func TestPushesToAllAreNotRepeated(t *testing.T) {
	t.Parallel()
	for name, send := range map[string]func(context.Context, restapi.Caller) (push.Pushed, error){
		"Client": func(ctx context.Context, c restapi.Caller) (push.Pushed, error) {
			return push.NewClient(c).Push(ctx, push.Everybody(), titled("snow"))
		},
		"AllMemberClient": func(ctx context.Context, c restapi.Caller) (push.Pushed, error) {
			return push.NewAllMemberClient(c).Push(ctx, push.Everybody(), message.Message{MsgBody: message.Text("snow")})
		},
	} {
		for _, fault := range faultserver.Faults() {
			t.Run(name+"/"+fault.Name, func(t *testing.T) {
				t.Parallel()
				p := newPhones(t, "ana")
				faulty, client := p.through(t, faultserver.Script(fault), fault.Patience())
				ctx, repeats := faultserver.Counting(t.Context())
				_, err := send(ctx, client)
				faulty.Close()
				switch {
				case err == nil:
					assert.Equal(t, map[string]int{"snow": 1}, p.shown("ana"))
				case fault.CarriedOut:
					assert.Zero(t, *repeats)
					assert.True(t, faultserver.IsOpen(err), "%v", err)
					assert.Equal(t, map[string]int{"snow": 1}, p.shown("ana"))
				default:
					assert.Zero(t, *repeats)
					assert.Empty(t, p.shown("ana"))
				}
			})
		}
	}
}

// Under load, with one request in ten going wrong in some way: nobody is shown a push twice, whoever was told that it
// went out is right, and whoever was told that it certainly did not is, too.
func TestNoPushGoesOutTwice(t *testing.T) {
	t.Parallel()
	const each = 10
	n := 1000
	if testing.Short() {
		n /= 5
	}
	all := numbered(100)
	to := func(i int) []string {
		i = i * each % len(all)
		return all[i : i+each]
	}
	p := newPhones(t, all...)
	faulty, client := p.through(t, faultserver.Random(1, 0.1, faultserver.Faults()), 300*time.Millisecond)
	c := push.NewClient(client)
	tries := faultserver.Many(t.Context(), n, func(ctx context.Context, i int) (push.Pushed, error) {
		pushed, results, err := c.PushTo(ctx, to(i), titled(strconv.Itoa(i)))
		return pushed, restapi.Join(results, err)
	})
	faulty.Close()
	shown := map[string]map[string]int{}
	for _, userID := range all {
		shown[userID] = p.shown(userID)
	}
	for i := range tries {
		least, most := tries[i].Times()
		for _, userID := range to(i) {
			times := shown[userID][strconv.Itoa(i)]
			assert.True(t, least <= times && times <= most, "push %d to %s: %d times: %v", i, userID, times, tries[i].Err)
		}
	}
	repeated, failed := faultserver.Tally(tries)
	t.Logf("%d pushes: %d repeated with success, %d failed", n, repeated, failed)
	assert.Greater(t, repeated, n/20)
}
