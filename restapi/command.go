package restapi

import (
	"context"
)

// A Command is one command of the REST API: v4/{Service}/{Name}.
type Command struct {
	// Service and Name are the two parts of the path, such as "profile" and "portrait_set". Case matters.
	Service, Name string
	// PerSecond is the documented number of calls a second and app; 0 stands for the general limit of 200.
	PerSecond int
	// Idempotent says that the command may be repeated after a failure that leaves open whether it was carried out.
	Idempotent bool
}

// Path returns the path below the host without a leading slash, such as "v4/profile/portrait_set".
func (c Command) Path() string { return c.below("") }

// below is base and the path, in one allocation.
func (c Command) below(base string) string { return base + "v4/" + c.Service + "/" + c.Name }

// String returns "profile/portrait_set", the form that error texts and logs begin with.
func (c Command) String() string { return c.Service + "/" + c.Name }

// A Caller carries out commands. *Client is the one for programs; the clients of the areas take a Caller, so that a
// program can put something of its own between.
type Caller interface {
	// Call sends req, a struct or map that encodes to a JSON object (nil: an empty one), and decodes the answer into resp
	// (nil: not wanted). See Client.Call.
	Call(ctx context.Context, cmd Command, req, resp any) error
}

// Do calls cmd and returns its answer as a new Resp. On an error the answer is nil.
func Do[Resp any](ctx context.Context, c Caller, cmd Command, req any) (*Resp, error) {
	resp := new(Resp)
	if err := c.Call(ctx, cmd, req, resp); err != nil {
		return nil, err
	}
	return resp, nil
}
