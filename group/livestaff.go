package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What CommandType says in commands of live rooms.
const (
	commandSet    = 1
	commandRemove = 2
)

// AddAdmins makes users admins of a live room, who may mute members and speak while all are muted. A room has at most
// 5. A user need not be in the room, and stays an admin after leaving it; one who is an admin already is no error.
//
// [restapi.CodeGroupInvalidParameter]: that would be more than 5; a guess, as the page does not say. 200 calls a second
// and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://cloud.tencent.com/document/product/269/102857
func (l Live) AddAdmins(ctx context.Context, groupID string, userIDs []string) error {
	return l.modifyAdmin(ctx, groupID, userIDs, commandSet, MaxLiveAdmins)
}

// DeleteAdmins makes users admins of a live room no longer. One who is not an admin is no error. How many one call can
// name is not documented. 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://cloud.tencent.com/document/product/269/102857
func (l Live) DeleteAdmins(ctx context.Context, groupID string, userIDs []string) error {
	return l.modifyAdmin(ctx, groupID, userIDs, commandRemove, len(userIDs))
}

func (l Live) modifyAdmin(ctx context.Context, groupID string, userIDs []string, command, limit int) error {
	cmd := CommandModifyAdmin
	if err := checkGroupID(cmd, groupID); err != nil {
		return err
	}
	if err := check.UserIDs(cmd, "Admin_Account", userIDs, limit); err != nil {
		return err
	}
	req := struct {
		GroupID      string   `json:"GroupId"`
		CommandType  int      `json:"CommandType"`
		AdminAccount []string `json:"Admin_Account"`
	}{groupID, command, check.Unique(userIDs)}
	return l.caller.Call(ctx, cmd, req, nil)
}

// Admins returns the admins of a live room, 5 at most. No limit is documented: 200 calls a second and app. Repeated
// after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60524
func (l Live) Admins(ctx context.Context, groupID string) ([]LiveUser, error) {
	cmd := CommandGetAdminList
	if err := checkGroupID(cmd, groupID); err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct {
		AdminList []struct {
			AdminAccount string `json:"Admin_Account"`
			Avatar       string
			NickName     string
		} `json:"Admin_List"`
	}](ctx, l.caller, cmd, ofGroup{groupID})
	if err != nil {
		return nil, err
	}
	admins := make([]LiveUser, len(resp.AdminList))
	for i, r := range resp.AdminList {
		admins[i] = LiveUser{UserID: r.AdminAccount, NickName: r.NickName, Avatar: r.Avatar}
	}
	return admins, nil
}

// AddRobots shows users in the list of the members on line of a live room although they are not in it: they have the
// mark [MarkRobot] for up to 3 days. They are accounts as others are, not the chatbots whose IDs begin with @RBT#. How
// many one call can name is not documented.
//
// No limit is documented: 200 calls a second and app. Repeated after a failure that leaves its outcome open. Which
// errors there are is not documented.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60527
func (l Live) AddRobots(ctx context.Context, groupID string, userIDs []string) error {
	return l.robots(ctx, CommandAddRobots, groupID, userIDs)
}

// DeleteRobots takes the mark [MarkRobot] from users of a live room. How many one call can name is not documented. 200
// calls a second and app. Repeated after a failure that leaves its outcome open. Which errors there are is not
// documented.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103785
func (l Live) DeleteRobots(ctx context.Context, groupID string, userIDs []string) error {
	return l.robots(ctx, CommandDelRobots, groupID, userIDs)
}

func (l Live) robots(ctx context.Context, cmd restapi.Command, groupID string, userIDs []string) error {
	req, err := roomUsers(cmd, groupID, userIDs)
	if err != nil {
		return err
	}
	return l.caller.Call(ctx, cmd, req, nil)
}
