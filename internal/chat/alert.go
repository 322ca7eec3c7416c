package chat

import "github.com/go-tencentchat/tencentchat/callback"

// Alert tells the backend that a command is called at over 80 % of its rate: request times in a second, of limit that
// are allowed. cause is the call that did.
func (a *App) Alert(cause int, service, name string, request, limit int) {
	e := &callback.AlertRequestOverLimit{ServiceName: service, CommandName: name, Request: request, Limit: limit}
	turns := a.alert(&turn{key: service + "/" + name, event: e, cause: cause})
	if len(turns) > 0 {
		a.lanes.release(turns)
	}
}

func (a *App) alert(t *turn) []*turn {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.tells(t.event.Command()) {
		return nil
	}
	turns := []*turn{t}
	a.reserve(turns)
	return turns
}
