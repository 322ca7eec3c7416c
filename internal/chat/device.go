package chat

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// ErrSignedOut is the error of what a device does, or waits for, that is not signed in: it has signed out, was kicked
// or has lost its connection.
var ErrSignedOut = errors.New("the device is not signed in")

// A Device is one device of a user, on which the user's client runs.
type Device struct {
	app  *App
	by   Actor
	push callback.PushPlatform // whose pushes it gets; empty: none

	// What follows is guarded by App.mu.
	conn   connection
	since  time.Time // of conn
	inbox  inbox
	stages []string // the live rooms that it is in
}

// connection is how a device is connected.
type connection uint8

const (
	signedOut connection = iota
	cutOff               // signed in, without a connection
	background
	foreground
)

// NewDevice returns a device that is not signed in.
func (a *App) NewDevice(by Actor, push callback.PushPlatform) *Device {
	return &Device{app: a, by: by, push: push}
}

// UserID returns whose device it is.
func (d *Device) UserID() string { return d.by.UserID }

// act carries out what a device that is signed in asks for. The name of the action is for the journal.
func (d *Device) act(name string, do func(*App, *call) (any, error)) (any, error) {
	c := d.begin()
	result, err := run(d.app, c, d.connected(do))
	return result, d.finish(c, name, err)
}

// actAsked is act with a question to the backend before it, as asks is does with one.
func actAsked[E question[A], A any](
	d *Device, name string, reject restapi.Code,
	ask func(*App, *call) (E, error), do func(*App, *call, A) (any, error),
) (any, error) {
	c := d.begin()
	result, err := runAsked(d.app, c, reject,
		func(a *App, c *call) (none E, err error) {
			if d.conn < background {
				return none, ErrSignedOut
			}
			return ask(a, c)
		},
		func(a *App, c *call, answer A) (any, error) {
			return d.connected(func(a *App, c *call) (any, error) { return do(a, c, answer) })(a, c)
		})
	return result, d.finish(c, name, err)
}

// each is act for something that is done to each of several users. The error is that of the first who was refused; it
// is done to the others all the same.
func (d *Device) each(name string, do func(*App, *call) (outcomes, error)) error {
	c := d.begin()
	result, err := run(d.app, c, d.connected(func(a *App, c *call) (any, error) { return do(a, c) }))
	if results, ok := result.(outcomes); ok && err == nil {
		err = results.first()
	}
	return d.finish(c, name, err)
}

// connected lets nothing be done by a device that is not connected.
func (d *Device) connected(do func(*App, *call) (any, error)) func(*App, *call) (any, error) {
	return func(a *App, c *call) (any, error) {
		if d.conn < background {
			return nil, ErrSignedOut
		}
		return do(a, c)
	}
}

func (d *Device) begin() *call {
	a := d.app
	return &call{
		app: a, ctx: context.Background(), now: a.cfg.Now(), id: a.journal.next(), by: d.by, Tolerance: new(Tolerance),
	}
}

// finish lets the webhooks of an action go, which nobody has to be answered before, and records it.
func (d *Device) finish(c *call, name string, err error) error {
	action := Action{ID: c.id, Name: name, UserID: d.by.UserID, Platform: d.by.Platform, Time: c.now, Err: err}
	d.app.journal.act(action)
	for _, what := range c.Passed {
		d.app.cfg.Log.LogAttrs(c.ctx, slog.LevelWarn, "action is not as documented",
			slog.String("action", name), slog.String("what", what))
	}
	if len(c.turns) > 0 {
		d.app.lanes.release(c.turns)
	}
	return err
}

// SetProfile changes the user's own profile, by the rules of portrait_set.
func (d *Device) SetProfile(items profile.Items) error {
	_, err := d.act("SetProfile", func(a *App, c *call) (any, error) {
		return nil, a.setProfile(c, d.by.UserID, items)
	})
	return err
}

// Profiles reads profiles. The result of a user whose account is not there has an error.
func (d *Device) Profiles(userIDs []string) ([]profile.Profile, error) {
	result, err := d.act("Profiles", func(a *App, _ *call) (any, error) {
		if len(userIDs) == 0 || len(userIDs) > profile.MaxUsers {
			return nil, refuse(restapi.CodeProfileInvalidParameter, "there must be 1 to 100 users")
		}
		profiles := make([]profile.Profile, len(userIDs))
		for i, who := range userIDs {
			profiles[i].UserID = who
			if u, err := a.refuseUnknown(who, restapi.CodeProfileAccountNotFound); err != nil {
				profiles[i].Outcome = restapi.Failed(err)
			} else {
				profiles[i].Items = u.copied()
			}
		}
		return profiles, nil
	})
	profiles, _ := result.([]profile.Profile)
	return profiles, err
}
