package account

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
)

// A DoNotDisturb is a time in which a user is not to be disturbed.
type DoNotDisturb struct {
	// StartTime and EndTime are when it begins and ends, cut to seconds.
	StartTime, EndTime time.Time
	// IsRepeated repeats it every day at these hours of Beijing time. Otherwise it is once.
	IsRepeated bool
	// Level is what happens in that time. The vendor has samples with 0 and 1, and says of both that messages are
	// blocked, for devices that are on line and for those that are not; the other values are not known.
	Level int
}

type disturbRequest struct {
	ToAccount  string `json:"To_Account"`
	StartTime  int64  `json:"StartTime"`
	EndTime    int64  `json:"EndTime"`
	IsRepeated int    `json:"IsRepeated"`
	Level      int    `json:"Level"`
}

// SetDoNotDisturb sets a time in which a user is not to be disturbed by any message, in place of the one that was set
// before. It has to be switched on in the console first. How it is ended is not documented; one that is over should do.
//
// Which errors the service answers is not documented. 200 calls a second and app. Repeated after a failure that leaves
// its outcome open.
//
// Vendor page: https://cloud.tencent.com/document/product/269/118701
func (c *Client) SetDoNotDisturb(ctx context.Context, userID string, d DoNotDisturb) error {
	cmd := CommandAdminSetDoNotDisturb
	if err := check.UserID(cmd, "To_Account", userID); err != nil {
		return err
	}
	for _, moment := range []struct {
		field string
		time  time.Time
	}{{"StartTime", d.StartTime}, {"EndTime", d.EndTime}} {
		if moment.time.IsZero() {
			return check.Argument(cmd, moment.field, "is the zero time")
		}
		if err := check.Moment(cmd, moment.field, moment.time); err != nil {
			return err
		}
	}
	req := disturbRequest{ToAccount: userID, StartTime: d.StartTime.Unix(), EndTime: d.EndTime.Unix(), Level: d.Level}
	if d.IsRepeated {
		req.IsRepeated = 1
	}
	return c.caller.Call(ctx, cmd, req, nil)
}
