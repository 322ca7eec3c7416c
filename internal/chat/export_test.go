package chat

import (
	"strings"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// Rows returns how many commands there are.
func (a *App) Rows() int { return len(a.rows) }

// SetRoom changes how many webhooks may wait.
func (a *App) SetRoom(n int) { a.lanes.room = n }

// ActAsked is actAsked with an ask and a do that always agree.
func ActAsked[E question[A], A any](d *Device, reject restapi.Code, event E) error {
	_, err := actAsked(d, "Test", reject,
		func(*App, *call) (E, error) { return event, nil },
		func(*App, *call, A) (any, error) { return nil, nil })
	return err
}

// AddAsking puts a command in place of the one of that path. ask and do run as those of a row that asks.
func AddAsking[E question[A], A any](
	a *App, path string, reject restapi.Code,
	ask func(has func(userID string) bool) (E, error), do func(has func(userID string) bool, answer A, dropped bool) error,
) *Row {
	service, name, _ := strings.Cut(path, "/")
	has := func(userID string) bool { return a.users.byID[userID] != nil }
	row := area{invalid: restapi.CodeInvalidResource}.row(asks(restapi.Command{Service: service, Name: name}, reject,
		func(*App, *call, *struct{}) (E, error) { return ask(has) },
		func(_ *App, c *call, _ *struct{}, answer A) (any, error) { return nil, do(has, answer, c.dropped) }))
	a.rows[row.Cmd.Path()] = row
	return row
}
