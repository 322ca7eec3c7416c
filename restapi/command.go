package restapi

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

const generalLimit = 200 // calls a second of a command whose page states none

// A Command is one command of the REST API: v4/{Service}/{Name}.
type Command struct {
	// Service and Name are the two parts of the path, such as "profile" and "portrait_set". Case matters.
	Service, Name string
	// PerSecond is the number of calls a second and app. 0 stands for the documented number of the command of that path,
	// see Limit.
	PerSecond int
	// Idempotent says that the command may be repeated after a failure that leaves open whether it was carried out.
	Idempotent bool
	// RepeatWithin is for how long the service takes a second send of the same message for a repeat and drops it, for a
	// command that is not Idempotent. After a failure that leaves the outcome open the command is tried again only if the
	// attempt starts before four fifths of it have passed since the first attempt started, waits included; the rest is for
	// the way. 0: not tried again then. What the service knows a repeat by, MsgSeq and MsgRandom as a rule, must be in the
	// request.
	RepeatWithin time.Duration
	// CostPerMinute is what the calls of a minute and app may cost together, for a command that is limited by more than
	// their number: 12000 for openim/batchsendmsg, where a call costs as much as it has receivers. The request says what
	// it costs with a method Cost() int, otherwise it is 1. 0: no such limit.
	CostPerMinute int
}

// Path returns the path below the host without a leading slash, such as "v4/profile/portrait_set".
func (c Command) Path() string { return c.below("") }

// below is base and the path, in one allocation.
func (c Command) below(base string) string { return base + "v4/" + c.Service + "/" + c.Name }

// String returns "profile/portrait_set", the form that error texts and logs begin with.
func (c Command) String() string { return c.Service + "/" + c.Name }

// Limit returns the number of calls a second and app that limiters keep to: PerSecond, and where that is 0 the
// documented number of the command of that path, such as 1 for timpush/revoke. That is 200 for most, for those whose
// page states none and for a command that this version does not know. A page that wants a second between two calls
// counts as 1. Quotas by the minute (see CostPerMinute), the day or the plan are not in it, nor limits that were raised
// in the console, see [LimiterConfig].PerSecond.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34621
func (c Command) Limit() int {
	if c.PerSecond > 0 {
		return c.PerSecond
	}
	i, found := slices.BinarySearchFunc(limitTable[:], c.String(), func(l commandLimit, command string) int {
		return cmp.Compare(l.command, command)
	})
	if found {
		return limitTable[i].perSecond
	}
	return generalLimit
}

type commandLimit struct {
	command   string
	perSecond int
}

// pathPart says whether s can stand in a URL's path as it is.
func pathPart(s string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
	return s != "" && strings.Trim(s, allowed) == ""
}

// A Caller carries out commands. *Client is the one for programs; the clients of the areas take a Caller, so that a
// program can put something of its own between.
type Caller interface {
	// Call sends req, a struct or map that encodes to a JSON object (nil: an empty one), and decodes the answer into resp
	// (nil: not wanted). What methods of req may ask for is under "Requests" of the package's documentation; a Caller that
	// wraps another one passes req on as it is. See Client.Call.
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
