package push

import (
	"context"
	"encoding/json"
	"math"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An InstanceTrace is the way of a push to one device. Its times are as they came: the pages do not say of which zone
// they are, and the samples look like Beijing time.
type InstanceTrace struct {
	InstanceID    string `json:"InstanceId"` // the device
	PushTime      string // such as "2025-09-20 09:15:02"
	DeviceModel   string
	System        string // such as Android or APNS
	SystemVersion string
	// EventType and PushPlatform are those of [PlatformStatistics].
	EventType          int
	PushPlatform       int
	Token              string // of the device at the channel
	CertID             string `json:"CertId"`     // the certificate
	SDKVersion         string `json:"SdkVersion"` // of the chat SDK
	PushVersion        string // of the push SDK
	NotificationStatus int    // whether the device allows notifications
	// LastActiveTerminal says that the user has used this device last.
	LastActiveTerminal message.Flag `json:"last_active_terminal"`

	IMCommitStat    IMCommitStat
	OfflinePushStat OfflinePushStat
	// OnlinePushStat is what became of a push to a device on line. What is in it is not documented.
	OnlinePushStat json.RawMessage
}

// IMCommitStat is the first step of a push.
type IMCommitStat struct {
	IMStat Step // it was taken by the chat service
}

// OfflinePushStat are the steps of a push to a device off line.
type OfflinePushStat struct {
	OfflineStat Step // it was taken by the push service
	ChannelStat Step // it was taken by the service of the maker of the phone
	DeviceStat  Step // it has reached the device
	ClickStat   Step // it was clicked
}

// A Step is one step on the way of a push.
type Step struct {
	PushStatus int // 1: done; other numbers are not documented
	ErrorCode  int
	ErrorInfo  string
	EventTime  string // such as "2025-09-20 09:15:02"
}

type traceAnswer struct {
	InstanceTrace []InstanceTrace
}

// Trace tells the way of a push of the last 7 days to one user: one InstanceTrace for each device.
//
// Which errors the service answers is not documented. One call a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/71893
func (c *Client) Trace(ctx context.Context, taskID, userID string) ([]InstanceTrace, error) {
	cmd := CommandAllMemberPushTrace
	if err := name(cmd, "TaskID", taskID, math.MaxInt); err != nil {
		return nil, err
	}
	if err := check.Account(cmd, "UserID", userID, userid.MaxRegistration); err != nil {
		return nil, err
	}
	req := struct{ TaskID, UserID string }{taskID, userID}
	return traces(ctx, c.caller, cmd, req)
}

// NormalTrace tells the way of the offline push of one message of the last 7 days, one-to-one or in a group: one
// InstanceTrace for each device. pushID is the MsgID of the message.
//
// Which errors the service answers is not documented. One call a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/71896
func (c *Client) NormalTrace(ctx context.Context, pushID string) ([]InstanceTrace, error) {
	if err := name(CommandNormalPushTrace, "PushID", pushID, math.MaxInt); err != nil {
		return nil, err
	}
	return traces(ctx, c.caller, CommandNormalPushTrace, struct{ PushID string }{pushID})
}

func traces(ctx context.Context, c restapi.Caller, cmd restapi.Command, req any) ([]InstanceTrace, error) {
	resp, err := restapi.Do[traceAnswer](ctx, c, cmd, req)
	if err != nil {
		return nil, err
	}
	return resp.InstanceTrace, nil
}
