package chat

import (
	"fmt"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A GroupChange is what a device changes of a group or a topic: what is absent stays as it is.
type GroupChange struct{ Name, Introduction, Notification, FaceURL restapi.Optional[string] }

// groupTexts are the texts of a group, or of a topic, and what is wrong with them.
type groupTexts struct{ Name, Introduction, Notification, FaceURL string }

func (t groupTexts) check(s *state) error {
	for _, one := range []struct {
		name, text string
		limit      int
	}{
		{"Name", t.Name, 30},
		{"Introduction", t.Introduction, 240},
		{"Notification", t.Notification, 300},
		{"FaceUrl", t.FaceURL, 100},
	} {
		if len(one.text) > one.limit {
			return badGroup(fmt.Sprintf("%s is over %d bytes", one.name, one.limit))
		}
		if s.forbids(one.text) {
			return refuse(restapi.CodeSensitiveText, one.name+" contains a forbidden word")
		}
	}
	return nil
}

// report tells the backend of words of a library in the texts that a user gives a group.
func (t groupTexts) report(a *App, c *call, r *room, by string) {
	for _, text := range []string{t.Name, t.Introduction, t.Notification, t.FaceURL} {
		found := a.inspect(text)
		a.report(c, r.lane, &found, moderation.GroupInfo, by, func(e *callback.ContentResultNotify) {
			e.ContactItem = callback.ContentContact{ContactType: conversation.TypeGroup, ToGroupID: r.id}
		})
	}
}
