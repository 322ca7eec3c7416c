package group

import (
	"cmp"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// The longest texts of groups and topics, in bytes.
const (
	maxName         = 30
	maxIntroduction = 240
	maxNotification = 300
	maxFaceURL      = 100
	maxCustomString = 3000 // of topics and permission groups
)

// The longest values of custom fields, in bytes.
const (
	maxGroupValue  = 512
	maxMemberValue = 64
)

// texts are what groups and topics show of themselves, by what commands call them but for the name.
type texts struct {
	nameField, name, introduction, notification, faceURL string
}

// check refuses the first text that is too long or not UTF-8.
func (t *texts) check(cmd restapi.Command) error {
	return cmp.Or(
		check.Text(cmd, t.nameField, t.name, maxName),
		check.Text(cmd, "Introduction", t.introduction, maxIntroduction),
		check.Text(cmd, "Notification", t.notification, maxNotification),
		check.Text(cmd, "FaceUrl", t.faceURL, maxFaceURL),
	)
}
