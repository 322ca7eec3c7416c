package chat

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/push"
)

// setNext finds when the first of the pushes goes out that wait.
func (s *pushes) setNext() {
	s.next = 0
	for _, p := range s.later {
		if p.status == push.TaskPending && (s.next == 0 || p.at < s.next) {
			s.next = max(p.at, 1)
		}
	}
}

// sendDue sends the scheduled pushes whose time has come. There is no timer: whoever looks next has them sent first.
// The state is locked.
func (a *App) sendDue(now time.Time) {
	for a.pushes.next != 0 && a.pushes.next <= now.Unix() {
		c := &call{
			app: a, ctx: context.Background(), now: now, by: Actor{Platform: callback.PlatformRESTAPI},
			Tolerance: new(Tolerance),
		}
		for _, p := range a.pushes.later {
			if p.status == push.TaskPending && p.at <= a.pushes.next {
				a.sendLater(c, p)
			}
		}
		a.reserve(c.turns)
		a.lanes.release(c.turns)
		a.pushes.setNext()
	}
}

func (a *App) sendLater(c *call, p *laterPush) {
	out := &pushing{
		from: p.content.FromAccount, random: p.content.MsgRandom, info: p.content.info(), listed: true, prefix: "task-",
	}
	if p.kind == push.TaskUser {
		a.members(p.content.ToAccount, func(userID string) error {
			out.to = append(out.to, userID)
			return nil
		})
	} else {
		out.to = a.receivers(p.content.Condition)
	}
	p.task, p.status = a.startPush(c, out).id, sentStatus
}
