package chat

import (
	"encoding/json"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An area is a part of the API: its commands, and what it has of the state.
type area struct {
	admin   restapi.Code // to an identifier that is not an administrator
	syntax  restapi.Code // to a body that is not JSON
	invalid restapi.Code // to a body that is JSON but not as documented
	display bool         // answers have ErrorDisplay
	lacks   string       // the common field that answers do not have

	commands []command
	kinds    []kind                      // of lines in a snapshot
	forget   func(s *state, user string) // takes away all traces of an account; nil: there are none
}

// allAreas lists the areas, those first that others build upon.
func allAreas() []area {
	return []area{
		accounts(), online(), profiles(), friends(), follows(),
		messages(), messageExtensions(), streams(), conversations(),
		doNotDisturb(), officialAccounts(), officialMessages(), robots(),
		checks(), wordLists(), history(), config(), addresses(), fileBlocks(),
		pushTags(), pushTasks(), pushesLater(),
		groupLife(), groupMembers(), groupAttributes(), groupCounters(),
		groupTopics(), groupPermissions(), groupLive(),
		groupMessages(), groupRestrictions(), // which may be of topics
		groupImports(), groupSearches(),
	}
}

// A command is a row in the table of an area.
type command struct {
	Cmd restapi.Command

	// older are former names of fields at the top of the body, which many programs still send.
	older map[string]string
	// codes are those for fields that are not as documented, where fieldCodes and the area's invalid are not right.
	codes map[fault]restapi.Code

	run func(a *App, c *call, body []byte) (any, error)
}

// A Row is a command with what its area says of it.
type Row struct {
	Admin   restapi.Code // to an identifier that is not an administrator
	Display bool         // answers have ErrorDisplay
	Lacks   string       // the common field that answers do not have

	command
	area area
}

func (a area) row(c command) *Row {
	return &Row{Admin: a.admin, Display: a.display, Lacks: a.lacks, command: c, area: a}
}

// does is the row of a command that happens without a question. do runs with the state locked, and returns what the
// answer has besides the common fields.
func does[Req any](cmd restapi.Command, do func(*App, *call, *Req) (any, error)) command {
	return command{Cmd: cmd, run: func(a *App, c *call, body []byte) (any, error) {
		var req Req
		if err := json.Unmarshal(body, &req); err != nil {
			return nil, errBody
		}
		return run(a, c, func(a *App, c *call) (any, error) { return do(a, c, &req) })
	}}
}

// asks is the row of a command that the backend is asked about. ask looks whether the command may happen at all and
// describes the event; it changes nothing, and returns nil where the backend is not to be asked. Then, outside of the
// lock, the backend is asked; where it refuses with code 1 the caller gets reject. do must look again, as everything
// may have changed meanwhile. Both run with the state locked.
func asks[Req any, E question[A], A any](
	cmd restapi.Command, reject restapi.Code,
	ask func(*App, *call, *Req) (E, error), do func(*App, *call, *Req, A) (any, error),
) command {
	return command{Cmd: cmd, run: func(a *App, c *call, body []byte) (any, error) {
		var req Req
		if err := json.Unmarshal(body, &req); err != nil {
			return nil, errBody
		}
		return runAsked(a, c, reject,
			func(a *App, c *call) (E, error) { return ask(a, c, &req) },
			func(a *App, c *call, answer A) (any, error) { return do(a, c, &req, answer) })
	}}
}

// question is a before-event that is answered with an A.
type question[A any] interface {
	comparable
	callback.BeforeEvent[A]
}

// aka adds a former name of a field.
func (c command) aka(older, newer string) command {
	put(&c.older, older, newer)
	return c
}

// refusing sets the codes for fields of the command that are not as documented. A fault with code 0 is left to the row.
func (c command) refusing(codes map[fault]restapi.Code) command {
	c.codes = codes
	return c
}

// A fault is a documented field, with [] behind it for an element, and what is wrong with it; 0 is anything.
type fault struct {
	path string
	kind shape.Kind
}
