package chat

import (
	"context"

	"github.com/go-tencentchat/tencentchat/profile"
)

// act carries out what a device asks for. Its webhooks go out when it returns.
func (a *App) act(by Actor, do func(*App, *call) (any, error)) error {
	c := a.begin(by)
	_, err := run(a, c, do)
	a.lanes.release(c.turns)
	return err
}

func (a *App) begin(by Actor) *call {
	return &call{
		app: a, ctx: context.Background(), now: a.cfg.Now(), id: a.journal.next(), by: by, Tolerance: new(Tolerance),
	}
}

// SetProfile changes the actor's own profile, by the rules of portrait_set.
func (a *App) SetProfile(by Actor, items profile.Items) error {
	return a.act(by, func(a *App, c *call) (any, error) { return nil, a.setProfile(c, by.UserID, items) })
}
