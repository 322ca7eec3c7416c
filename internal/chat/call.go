package chat

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An Actor is who causes something.
type Actor struct {
	UserID   string
	Platform callback.Platform // callback.PlatformRESTAPI: an administrator, by a REST call; else a device
	ClientIP string
}

// IsREST says whether the actor is an administrator who calls over REST.
func (a Actor) IsREST() bool { return a.Platform == callback.PlatformRESTAPI }

// A Tolerance says what becomes of things that are not as documented though the service is not known to refuse them.
type Tolerance struct {
	Strict bool
	Passed []string // what was let pass
}

// Tolerate lets something pass and notes it. It is false where the app is strict.
func (t *Tolerance) Tolerate(what string) bool {
	if !t.Strict {
		t.Passed = append(t.Passed, what)
	}
	return !t.Strict
}

// A Request is one REST call that passed every check that does not depend on the command.
type Request struct {
	ID   int // in the journal
	By   Actor
	Now  time.Time
	Body []byte
	// Query is that of the URL. Nothing of it is secret.
	Query url.Values
	// Base is the address at which the server was called, such as "http://127.0.0.1:8080".
	Base string
	*Tolerance
}

// A Reply is what became of a Request.
type Reply struct {
	// Result is what the answer has besides the common fields: a struct, or nil.
	Result any
	common

	app   *App
	turns []*turn
}

// common are those of the common fields of an answer that are not the same for every success.
type common struct{ ActionStatus, ErrorInfo string }

var succeeded = common{ActionStatus: "OK"}

// Release lets the webhooks of the call be sent. It must be called once the call is answered.
func (r *Reply) Release() {
	if len(r.turns) > 0 {
		r.app.lanes.release(r.turns)
	}
}

// A call is something under way that a REST call or a device has asked for.
type call struct {
	app *App
	ctx context.Context //nolint:containedctx // a call lives as long as its context
	now time.Time
	id  int // in the journal
	by  Actor
	*Tolerance

	query   url.Values
	base    string
	dropped bool // a before-webhook asked to drop it in silence: the caller is told that it was done
	turns   []*turn
	// refused is called, with the state locked, where the action is refused: it adds webhooks that tell of that.
	refused func(*Refusal)
}

// after adds a webhook, to be sent once the call is answered, in order with the others of the same key: a user, a
// group, a pair of users. Of an action that is refused none is sent: see refusedToo. The state is locked.
func (c *call) after(key string, e callback.Event) {
	if !c.app.tells(e.Command()) {
		return
	}
	c.sign(e)
	c.turns = append(c.turns, &turn{key: key, event: e, cause: c.id})
}

// refusedToo adds a webhook as after does, one that is sent where the action is refused as well.
func (c *call) refusedToo(key string, e callback.Event) {
	n := len(c.turns)
	if c.after(key, e); len(c.turns) > n {
		c.turns[n].refused = true
	}
}

// refuse leaves the webhooks that are sent of an action that is refused, and adds those that tell of it. The state is
// locked.
func (c *call) refuse(err error) {
	c.turns = slices.DeleteFunc(c.turns, func(t *turn) bool { return !t.refused })
	if refused, ok := errors.AsType[*Refusal](err); ok && c.refused != nil {
		c.refused(refused)
	}
	c.app.reserve(c.turns)
}

// tells says whether a webhook is sent at all. The state is locked.
func (a *App) tells(webhook string) bool { return a.post.Load() != nil && a.set.sends(webhook) }

// sign puts into the event by whom it was caused, where the event does not say so itself. Of pushes and moderation the
// vendor does not say it.
func (c *call) sign(e callback.Event) {
	switch e.(type) {
	case *callback.PushOfflinePush, *callback.PushAllMemberPush, *callback.ContentResultNotify:
		return
	}
	meta := e.Metadata()
	if meta.OptPlatform == "" {
		meta.OptPlatform = c.by.Platform
	}
	if meta.ClientIP == "" {
		meta.ClientIP = c.by.ClientIP
	}
}

// Row returns the command of a path, false where the model does not have it.
func (a *App) Row(path string) (*Row, bool) {
	r, ok := a.rows[path]
	return r, ok
}

// Do carries out a command. The error is a *Refusal, and nothing was done then. Webhooks wait for Release.
func (a *App) Do(ctx context.Context, r *Row, req Request) (Reply, error) {
	c := &call{
		app: a, ctx: ctx, now: req.Now, id: req.ID, by: req.By, Tolerance: req.Tolerance,
		query: req.Query, base: req.Base,
	}
	body, err := a.check(r, c, req.Body)
	if err != nil {
		return Reply{}, err
	}
	result, err := r.run(a, c, body)
	if errors.Is(err, errBody) {
		err = refuse(r.area.invalid, err.Error())
	}
	reply := Reply{Result: result, common: succeeded, app: a, turns: c.turns}
	if own, ok := result.(interface{ common() common }); ok {
		reply.common = own.common()
	}
	return reply, err
}

// refuseUnknown refuses with code where an account is not there.
func (a *App) refuseUnknown(userID string, code restapi.Code) (*user, error) {
	if u := a.users.byID[userID]; u != nil {
		return u, nil
	}
	return nil, refuse(code, "the account is not imported")
}
