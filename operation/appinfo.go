package operation

import (
	"context"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An AppInfo has the figures of an app for one day. The fields have the names of the wire; those that were not asked
// for are empty.
type AppInfo struct {
	Date    string // yyyymmdd
	AppName string
	Company string // whose app it is
	AppID   uint64 `json:"AppId"`

	ActiveUserNum       int64 // users who were there
	RegistUserNumOneDay int64 // accounts that are new
	RegistUserNumTotal  int64 // all accounts
	LoginTimes          int64
	LoginUserNum        int64 // users who signed in
	UpMsgNum            int64 // messages that were sent
	DownMsgNum          int64 // messages that were delivered
	SendMsgUserNum      int64 // users who sent one
	APNSMsgNum          int64 // pushes by APNs
	MaxOnlineNum        int64 // most users who were on line at a time
	ChainIncrease       int64 // relations that were made
	ChainDecrease       int64 // relations that ended

	C2CUpMsgNum       int64 // the same of one-to-one messages
	C2CDownMsgNum     int64
	C2CSendMsgUserNum int64
	C2CAPNSMsgNum     int64

	GroupUpMsgNum        int64 // the same of group messages
	GroupDownMsgNum      int64
	GroupSendMsgUserNum  int64
	GroupAPNSMsgNum      int64
	GroupSendMsgGroupNum int64 // groups with messages
	GroupJoinGroupTimes  int64
	GroupQuitGroupTimes  int64
	GroupNewGroupNum     int64
	GroupAllGroupNum     int64
	GroupDestroyGroupNum int64

	CallBackReq int64 // webhooks that were sent
	CallBackRsp int64 // webhooks that were answered
}

type appInfoRequest struct {
	RequestField []string `json:"RequestField,omitempty"`
}

type appInfoAnswer struct{ Result []AppInfo }

// GetAppInfo returns the figures of the app for each of the last 30 days: those of these fields, named as on the wire,
// such as "ActiveUserNum", or all of them where none is named.
//
// [restapi.ErrTemporary], or one of the codes 130009 and 130010, whose names are those of official accounts: the
// service cannot read the figures now. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/4193
func (c *Client) GetAppInfo(ctx context.Context, fields ...string) ([]AppInfo, error) {
	for i, field := range fields {
		if err := check.Filled(CommandGetAppInfo, "RequestField["+strconv.Itoa(i)+"]", field); err != nil {
			return nil, err
		}
	}
	resp, err := restapi.Do[appInfoAnswer](ctx, c.caller, CommandGetAppInfo, appInfoRequest{fields})
	if err != nil {
		return nil, err
	}
	return resp.Result, nil
}
