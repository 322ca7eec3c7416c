package push_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/internal/oncetest"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// Phones are those of users of a local server, which show what is pushed.
type phones struct {
	*oncetest.Office

	of map[string]*restapitest.Device
}

func newPhones(t *testing.T, userIDs ...string) *phones {
	t.Helper()
	p := &phones{of: map[string]*restapitest.Device{}}
	p.Office = oncetest.NewOffice(t, oncetest.Way{Send: pushTo, Mail: p.mail, Receivers: len(users)})
	for _, userID := range userIDs {
		p.of[userID] = p.User(userID)
	}
	return p
}

// pushTo pushes a text. A push is known again by MsgRandom alone.
func pushTo(
	ctx context.Context, c restapi.Caller, to []string, m message.Message, _ uint32,
) (message.Sent, error) {
	again := titled(m.MsgBody.Text())
	again.MsgRandom = m.MsgRandom
	pushed, results, err := push.NewClient(c).PushTo(ctx, to, again)
	return message.Sent{MsgRandom: pushed.MsgRandom}, restapi.Join(results, err)
}

func (p *phones) mail(_ context.Context, _ restapi.Caller, userID string) (map[string]int, error) {
	return p.shown(userID), nil
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
	return message.Message{FromAccount: "ana", OfflinePushInfo: &message.OfflinePushInfo{Title: title}}
}

func TestPushToThroughEachFault(t *testing.T) {
	t.Parallel()
	all := numbered(len(users) * len(faultserver.Faults()))
	oncetest.EachFault(t, newPhones(t, all...).Office, all)
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
			faulty, client := p.Through(t, faultserver.Script(fault, fault), 550*time.Millisecond)
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
				p := newPhones(t, "ben")
				faulty, client := p.Through(t, faultserver.Script(fault), fault.Patience())
				ctx, repeats := faultserver.Counting(t.Context())
				_, err := send(ctx, client)
				faulty.Close()
				switch {
				case err == nil:
					assert.Equal(t, map[string]int{"snow": 1}, p.shown("ben"))
				case fault.CarriedOut:
					assert.Zero(t, *repeats)
					assert.True(t, faultserver.IsOpen(err), "%v", err)
					assert.Equal(t, map[string]int{"snow": 1}, p.shown("ben"))
				default:
					assert.Zero(t, *repeats)
					assert.Empty(t, p.shown("ben"))
				}
			})
		}
	}
}

func TestNoPushGoesOutTwice(t *testing.T) {
	t.Parallel()
	load := oncetest.Load{N: 1000, Receivers: numbered(100)}
	if testing.Short() {
		load.N /= 5
	}
	p := newPhones(t, load.Receivers...)
	p.Receivers = 10
	oncetest.UnderLoad(t, p.Office, load)
}
