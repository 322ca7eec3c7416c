package group

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Import brings the groups of another system along, in this order: the group, its topics, the messages, each chat's
// from the oldest on, and the members, who come last because messages take all unread counts to 0. Nothing of it fires
// a webhook, and no user is told. An AVChatRoom cannot be imported.
type Import struct{ caller restapi.Caller }

type importGroupRequest struct {
	groupRequest

	CreateTime int64 `json:"CreateTime,omitempty"`
}

// Group imports a group and returns its ID. It is as if it had been made at its CreateTime, which is cut to seconds.
//
// [restapi.CodeGroupIDTaken]: there is a group with that ID. [restapi.CodeSensitiveText]: the content filter stopped a
// text. 200 calls a second and app. Not repeated after a failure that leaves its outcome open: without a GroupID that
// can be a second group.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34967
func (i Import) Group(ctx context.Context, g Group) (string, error) {
	cmd := CommandImportGroup
	if err := g.checkImport(cmd); err != nil {
		return "", err
	}
	shared, err := g.request(cmd)
	if err != nil {
		return "", err
	}
	return g.send(ctx, i.caller, cmd, importGroupRequest{shared, wire.Seconds(g.CreateTime)})
}

// checkImport refuses what a group that is imported cannot have.
func (g *Group) checkImport(cmd restapi.Command) error {
	const missing = "cannot be sent with this command"
	switch {
	case g.Type.Is(AVChatRoom):
		return check.Argument(cmd, "Type", "is AVChatRoom, which cannot be imported")
	case len(g.MemberList) > 0:
		return check.Argument(cmd, "MemberList", missing)
	case g.InviteJoinOption != "":
		return check.Argument(cmd, "InviteJoinOption", missing)
	case g.EnablePermission:
		return check.Argument(cmd, "EnablePermission", missing)
	case g.DefaultPermission != 0:
		return check.Argument(cmd, "DefaultPermission", missing)
	}
	return checkPast(cmd, "CreateTime", g.CreateTime)
}

// checkPast refuses a moment that is still to come by the clock of this machine, and one that does not fit.
func checkPast(cmd restapi.Command, field string, t time.Time) error {
	if t.After(time.Now()) {
		return check.Argument(cmd, field, "is still to come")
	}
	return check.Moment(cmd, field, t)
}
