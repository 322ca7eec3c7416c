package bot

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Robot is the account of a chatbot to make with [Client.Create].
type Robot struct {
	UserID        string `json:"UserID"`                  // @RBT# and what follows, at most 32 bytes
	Nick          string `json:"Nick,omitempty"`          // nickname, at most 500 bytes
	FaceURL       string `json:"FaceUrl,omitempty"`       // address of the avatar, at most 500 bytes
	SelfSignature string `json:"SelfSignature,omitempty"` // at most 500 bytes
}

// Create makes the account of a chatbot. For one that is there it makes no second one. An app can have 20.
//
// [restapi.CodeGroupInvalidRequest]: there are 20, or the caller is not an administrator. 200 calls a second and app.
// Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/55281
func (c *Client) Create(ctx context.Context, robot Robot) error {
	if err := robot.check(CommandCreateRobot); err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandCreateRobot, robot, nil)
}

func (r *Robot) check(cmd restapi.Command) error {
	if err := robot(cmd, "UserID", r.UserID); err != nil {
		return err
	}
	if err := check.Text(cmd, "Nick", r.Nick, maxText); err != nil {
		return err
	}
	if err := check.Text(cmd, "FaceUrl", r.FaceURL, maxText); err != nil {
		return err
	}
	return check.Text(cmd, "SelfSignature", r.SelfSignature, maxText)
}

// Delete makes a chatbot one no more. Its account stays.
//
// [restapi.CodeGroupInvalidParameter]: there is no such bot. 200 calls a second and app. Repeated after a failure that
// leaves its outcome open, so that CodeGroupInvalidParameter can also mean that the attempt before succeeded.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/55282
func (c *Client) Delete(ctx context.Context, robotID string) error {
	if err := robot(CommandDeleteRobot, "Robot_Account", robotID); err != nil {
		return err
	}
	req := struct {
		RobotAccount string `json:"Robot_Account"`
	}{robotID}
	return c.caller.Call(ctx, CommandDeleteRobot, req, nil)
}

// GetAll returns the IDs of all chatbots of the app.
//
// 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/55280
func (c *Client) GetAll(ctx context.Context) ([]string, error) {
	type answer struct {
		RobotAccount []string `json:"Robot_Account"`
	}
	resp, err := restapi.Do[answer](ctx, c.caller, CommandGetAllRobots, nil)
	if err != nil {
		return nil, err
	}
	return resp.RobotAccount, nil
}
