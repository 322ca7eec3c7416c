package official

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Field is something of an official account that is asked for. Words newer than this SDK can be sent too: a Field is
// the path in the vendor's answer.
type Field string

// The documented fields. Those of the subscriber are for [Client.Subscriptions] alone.
const (
	FieldCreateTime        Field = "CreateTime"
	FieldName              Field = "Name"
	FieldOwnerAccount      Field = "Owner_Account"
	FieldLastMsgTime       Field = "LastMsgTime"
	FieldSubscriberNum     Field = "SubscriberNum"
	FieldIntroduction      Field = "Introduction"
	FieldFaceURL           Field = "FaceUrl"
	FieldOrganization      Field = "Organization"
	FieldCustomString      Field = "CustomString"
	FieldSelfSubscribeTime Field = "SelfInfo.SubscribeTime" // since when the subscriber is one
	FieldSelfCustomString  Field = "SelfInfo.CustomString"  // the app's own data about the subscriber
)

const selfPrefix = "SelfInfo."

// filter is what a command says of the fields that it wants; all where it says nothing.
type filter struct {
	OfficialAccountBaseInfoFilter []Field `json:"OfficialAccountBaseInfoFilter,omitempty"`
}

// subscriptionFilter has the fields of a subscriber besides.
type subscriptionFilter struct {
	filter

	SelfInfoFilter []string `json:"SelfInfoFilter,omitempty"`
}

// filterOf sorts fields into the two lists that the service has for them; nil where none is asked for.
func filterOf(cmd restapi.Command, fields []Field) (*subscriptionFilter, error) {
	if len(fields) == 0 {
		return nil, nil
	}
	f := new(subscriptionFilter)
	for i, field := range fields {
		switch own, isSelf := strings.CutPrefix(string(field), selfPrefix); {
		case own == "":
			return nil, check.Argument(cmd, "ResponseFilter["+strconv.Itoa(i)+"]", "is empty")
		case isSelf:
			f.SelfInfoFilter = append(f.SelfInfoFilter, own)
		default:
			f.OfficialAccountBaseInfoFilter = append(f.OfficialAccountBaseInfoFilter, field)
		}
	}
	return f, nil
}

// An Info is what is known of an official account, as far as it was asked for. Of [Client.GetInfo] its Err is why this
// account could not be read, a [*restapi.Error], and nil if it was.
type Info struct {
	OfficialAccount string // the ID
	CreateTime      time.Time
	Name            string
	OwnerAccount    string
	LastMsgTime     time.Time // of the last message
	SubscriberNum   int
	Introduction    string
	FaceURL         string // address of the avatar
	Organization    string // what it belongs to
	CustomString    string // the app's own data
	restapi.Outcome `json:"-"`
}

// infoRow is what an answer says of an official account. No page shows under which name the ID comes.
type infoRow struct {
	OfficialAccount       string `json:"Official_Account"`
	OfficialAccountUserID string
	CreateTime            int64
	Name                  string
	OwnerAccount          string `json:"Owner_Account"`
	LastMsgTime           int64
	SubscriberNum         int
	Introduction          string
	FaceURL               string `json:"FaceUrl"`
	Organization          string
	CustomString          string
}

// id is the ID, "" where the answer does not have it.
func (r *infoRow) id() string {
	if r.OfficialAccount != "" {
		return r.OfficialAccount
	}
	return r.OfficialAccountUserID
}

func (r *infoRow) info() Info {
	return Info{
		OfficialAccount: r.id(), CreateTime: wire.Moment(r.CreateTime), Name: r.Name, OwnerAccount: r.OwnerAccount,
		LastMsgTime: wire.Moment(r.LastMsgTime), SubscriberNum: r.SubscriberNum, Introduction: r.Introduction,
		FaceURL: r.FaceURL, Organization: r.Organization, CustomString: r.CustomString,
	}
}

type getInfoRequest struct {
	OfficialAccountIDList []named `json:"OfficialAccountIdList"`
	ResponseFilter        *filter `json:"ResponseFilter,omitempty"`
}

type getInfoRow struct {
	batch.Status
	infoRow
}

// GetInfo reads fields of 1 to 50 official accounts, all fields where none is named. The result has one Info for each
// ID, in the order asked: look at the Err of each, an account that could not be read does not fail the call.
//
// Of an Info: [restapi.CodeOfficialAccountNotFound], there is no such account. 200 calls a second and app. Repeated
// after a failure on the way. Whether the answer names the accounts is not documented: where it does not, and does not
// have as many as were asked for, the call fails with [restapi.ErrBadResponse].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60758
func (c *Client) GetInfo(ctx context.Context, officialAccounts []string, fields ...Field) ([]Info, error) {
	cmd := CommandGetOfficialAccountInfo
	req, err := getInfoRequestOf(cmd, officialAccounts, fields)
	if err != nil {
		return nil, err
	}
	type answer struct{ OfficialAccountInfoList []getInfoRow }
	resp, err := restapi.Do[answer](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	rows := resp.OfficialAccountInfoList
	for i := range rows {
		if rows[i].id() != "" {
			continue
		}
		if len(rows) != len(req.OfficialAccountIDList) {
			return nil, check.Lacks(cmd, "Official_Account")
		}
		rows[i].OfficialAccount = req.OfficialAccountIDList[i].OfficialAccount
	}
	answered := batch.Rows(rows, func(r *getInfoRow) (string, Info) {
		info := r.info()
		if info.Outcome = r.Outcome(cmd); info.Err() != nil {
			info = Info{OfficialAccount: r.id(), Outcome: info.Outcome}
		}
		return r.id(), info
	})
	return batch.Collate(officialAccounts, answered, func(id string) Info {
		return Info{OfficialAccount: id, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}

func getInfoRequestOf(cmd restapi.Command, officialAccounts []string, fields []Field) (req getInfoRequest, err error) {
	const list = "OfficialAccountIdList"
	if err := check.Count(cmd, list, len(officialAccounts), MaxAccounts); err != nil {
		return req, err
	}
	for i, id := range officialAccounts {
		if err := account(cmd, list+"["+strconv.Itoa(i)+"].Official_Account", id); err != nil {
			return req, err
		}
	}
	for _, id := range check.Unique(officialAccounts) {
		req.OfficialAccountIDList = append(req.OfficialAccountIDList, named{id})
	}
	f, err := filterOf(cmd, fields)
	if err != nil || f == nil {
		return req, err
	}
	if len(f.SelfInfoFilter) > 0 {
		own := f.SelfInfoFilter[0]
		return req, check.Argument(cmd, "ResponseFilter", "has %s%s, which is of a subscriber", selfPrefix, own)
	}
	req.ResponseFilter = &f.filter
	return req, nil
}
