package chat

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxBody is how much is kept of the body of one call.
const maxBody = 64 << 10

// A Call is one request that the server received, whatever became of it.
type Call struct {
	ID      int
	Command restapi.Command
	Query   url.Values // without usersig
	Body    json.RawMessage
	Time    time.Time
	Code    restapi.Code
}

// A Delivery is one webhook, with its outcome.
type Delivery struct {
	ID      int
	Cause   int // the ID of what caused it, 0 if nothing did
	Command string
	Body    json.RawMessage
	Time    time.Time
	Status  int
	Answer  json.RawMessage
	Err     error
}

// A Journal is what has happened, bounded in number and in size. Everything in it has a number, from one row for all.
// Its zero value is ready.
type Journal struct {
	last       atomic.Int64
	calls      recent[Call]
	deliveries recent[Delivery]
	actions    recent[Action]
	watchers   watchers
}

func (j *Journal) next() int { return int(j.last.Add(1)) }

// Next returns the number of a call that begins.
func (j *Journal) Next() int { return j.next() }

// Record keeps a call that came with a URL of that many bytes.
func (j *Journal) Record(c Call, urlLen int) {
	if len(c.Body) > maxBody {
		c.Body = bytes.Clone(c.Body[:maxBody]) // lets go of the rest
	}
	j.calls.add(c, urlLen+len(c.Body))
	if j.watchers.some() {
		shown := c
		j.watchers.show(Entry{Call: &shown})
	}
}

func (j *Journal) deliver(d Delivery) {
	j.deliveries.add(d, len(d.Body)+len(d.Answer))
	if j.watchers.some() {
		shown := d
		j.watchers.show(Entry{Delivery: &shown})
	}
}

func (j *Journal) act(a Action) {
	j.actions.add(a, len(a.UserID))
	if j.watchers.some() {
		shown := a
		j.watchers.show(Entry{Action: &shown})
	}
}

// Clear forgets all calls, webhooks and actions. Numbers go on.
func (j *Journal) Clear() {
	j.calls.clear()
	j.deliveries.clear()
	j.actions.clear()
}

// Calls returns the newest calls, in the order of their numbers.
func (j *Journal) Calls() []Call {
	all := j.calls.all()
	slices.SortFunc(all, func(a, b Call) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// Deliveries returns the newest webhooks, in the order of their numbers.
func (j *Journal) Deliveries() []Delivery {
	all := j.deliveries.all()
	slices.SortFunc(all, func(a, b Delivery) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// Actions returns the newest things that devices have asked for, in the order of their numbers.
func (j *Journal) Actions() []Action {
	all := j.actions.all()
	slices.SortFunc(all, func(a, b Action) int { return cmp.Compare(a.ID, b.ID) })
	return all
}
