package chat

import (
	"context"
	"encoding/json"
	"log/slog"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// run carries out an action with the state locked, and gives its webhooks their places before another can change
// anything.
func run(a *App, c *call, do func(*App, *call) (any, error)) (any, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sendDue(c.now)
	result, err := do(a, c)
	if err != nil {
		c.refuse(err)
		return nil, err
	}
	a.reserve(c.turns)
	return result, nil
}

// reserve gives webhooks their numbers and their places. The state is locked.
func (a *App) reserve(turns []*turn) {
	if len(turns) == 0 {
		return
	}
	for _, t := range turns {
		t.id = a.journal.next()
	}
	a.lanes.reserve(turns)
}

// runAsked is run with a question to the backend before it, for which the state is not locked.
func runAsked[E question[A], A any](
	a *App, c *call, reject restapi.Code,
	ask func(*App, *call) (E, error), do func(*App, *call, A) (any, error),
) (any, error) {
	var answer A
	event, id, err := prepare(a, c, ask)
	if err != nil {
		return nil, err
	}
	if id != 0 {
		if answer, err = consult[A](a, c, id, reject, event); err != nil {
			a.mu.Lock()
			defer a.mu.Unlock()
			c.refuse(err)
			return nil, err
		}
	}
	return run(a, c, func(a *App, c *call) (any, error) { return do(a, c, answer) })
}

// prepare makes the question, and gives it its number in the journal: 0 where the backend is not asked.
func prepare[E question[A], A any](a *App, c *call, ask func(*App, *call) (E, error)) (event E, id int, err error) {
	var none E
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sendDue(c.now)
	if event, err = ask(a, c); err != nil {
		c.refuse(err)
	}
	if err != nil || event == none || !a.tells(event.Command()) {
		return none, 0, err
	}
	c.sign(event)
	return event, a.journal.next(), nil
}

// consult asks the backend. The error is a refusal.
func consult[A any](a *App, c *call, id int, reject restapi.Code, event callback.Event) (answer A, err error) {
	// Whether the caller waits must not decide what happens.
	d := a.send(context.WithoutCancel(c.ctx), &turn{id: id, cause: c.id, event: event})
	var reply callback.Reply
	if d.Err == nil && json.Unmarshal(d.Answer, &reply) == nil && json.Unmarshal(d.Answer, &answer) == nil {
		switch a.judge(c, event.Command(), reply.ErrorCode) {
		case allowed:
			return answer, nil
		case ignored:
			a.cfg.Log.LogAttrs(c.ctx, slog.LevelWarn, "webhook is answered with a code that is not documented",
				slog.String("command", event.Command()), slog.Int("code", reply.ErrorCode))
			return *new(A), nil
		case refused:
			return answer, refuse(reject, "refused by the webhook")
		case passedOn:
			return answer, refuse(restapi.Code(reply.ErrorCode), reply.ErrorInfo)
		}
	}
	if a.Settings().BeforeFailed == RefuseUnanswered {
		return answer, refuse(reject, "the webhook was not answered")
	}
	return *new(A), nil
}

// verdict is what the code of an answer means.
type verdict uint8

const (
	failed   verdict = iota // as if there were no answer
	allowed                 // 0
	refused                 // 1: refused with the vendor's own code
	passedOn                // refused with the code of the answer
	ignored                 // not documented: as if it were allowed
)

// judge reads the code of an answer by what is documented for the webhook. 2 drops the action in silence.
func (a *App) judge(c *call, webhook string, code int) verdict {
	codes := a.answers(webhook)
	switch {
	case code == 0:
		return allowed
	case code == 2 && codes.has(2):
		c.dropped = true
		return allowed
	case !codes.has(code):
		return ignored
	case code == 1:
		return refused
	case !codes.has(1):
		// Such a webhook decides item by item; a code for the whole of it says that the backend could not.
		return failed
	}
	return passedOn
}

// codeRanges are the documented codes of an answer.
type codeRanges [][2]int

func (r codeRanges) has(code int) bool {
	for _, one := range r {
		if one[0] <= code && code <= one[1] {
			return true
		}
	}
	return false
}

// parseCodes reads a code, or a range of codes such as "10100-10200".
func parseCodes(raw json.RawMessage) (codes [2]int, ok bool) {
	text, isText := wire.Unquote(raw)
	if !isText {
		text = string(raw)
	}
	low, high, isRange := strings.Cut(text, "-")
	if !isRange {
		high = low
	}
	from, err := strconv.Atoi(low)
	to, err2 := strconv.Atoi(high)
	return [2]int{from, to}, err == nil && err2 == nil
}
