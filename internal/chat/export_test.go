package chat

import (
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
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

// PreparedSend returns a function that sends a message as sendmsg does once its body is read: all that happens while
// the state is locked.
func PreparedSend(a *App, from, to, body string) func() {
	var c content
	if err := c.UnmarshalJSON([]byte(body)); err != nil {
		panic(err)
	}
	req := sendRequest{sendFields: sendFields{FromAccount: restapi.Some(from), MsgRandom: 1, MsgBody: c}, ToAccount: to}
	by := &call{app: a, now: a.cfg.Now(), by: Actor{UserID: from, Platform: callback.PlatformRESTAPI}, Tolerance: new(Tolerance)}
	seq := uint64(0)
	return func() {
		seq++
		req.MsgSeq = restapi.Some(seq)
		_, err := run(a, by, func(a *App, c *call) (any, error) {
			if _, err := askSendMsg(a, c, &req); err != nil {
				return nil, err
			}
			return sendMsg(a, c, &req, callback.C2CBeforeSendMsgAnswer{})
		})
		if err != nil {
			panic(err)
		}
	}
}

// PreparedGroupSend is PreparedSend for send_group_msg.
func PreparedGroupSend(a *App, from, groupID, body string) func() {
	var c content
	if err := c.UnmarshalJSON([]byte(body)); err != nil {
		panic(err)
	}
	by := &call{app: a, now: a.cfg.Now(), by: Actor{UserID: from, Platform: callback.PlatformRESTAPI}, Tolerance: new(Tolerance)}
	random := uint64(0)
	return func() {
		random++
		req := groupSendRequest{GroupID: groupID, FromAccount: restapi.Some(from), Random: random, MsgBody: c}
		_, err := run(a, by, func(a *App, c *call) (any, error) {
			if _, err := askSendGroupMsg(a, c, &req); err != nil {
				return nil, err
			}
			return sendGroupMsg(a, c, &req, callback.GroupBeforeSendMsgAnswer{})
		})
		if err != nil {
			panic(err)
		}
	}
}

// Kept is how many messages are kept.
func Kept(a *App) int { return a.talks.kept + a.groups.msgs.kept }

// Present is how many members of a group have devices that are signed in.
func Present(a *App, groupID string) int { return len(a.groups.find(groupID).online) }

// Kinds are the names of the kinds of lines in a snapshot, in their order.
func Kinds(a *App) (names []string) {
	for _, k := range a.kinds() {
		names = append(names, k.name)
	}
	return names
}
