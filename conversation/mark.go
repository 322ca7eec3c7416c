package conversation

import (
	"context"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	maxMark            = 64
	maxCustomMarkBytes = 256
)

// A Mark is the number of a standard mark, from 1 to 64. Those up to 32 are the service's, those from 33 on are for the
// app to give a meaning.
type Mark int

// The marks to which the service has given a meaning.
const (
	MarkStar   Mark = 1 // a favourite
	MarkUnread Mark = 2
	MarkFold   Mark = 3
	MarkHide   Mark = 4
)

// A MarkItem is one conversation with what [Client.Mark] is to change of its marks.
type MarkItem struct {
	ContactItem ID     `json:"ContactItem"`
	SetMark     []Mark `json:"SetMark,omitempty"`   // the standard marks to put on
	ClearMark   []Mark `json:"ClearMark,omitempty"` // the standard marks to take off
	// CustomMark is the text that takes the place of the custom mark, at most 256 bytes. An empty one takes it off,
	// an absent one leaves it as it is.
	CustomMark restapi.Optional[string] `json:"CustomMark,omitzero"`
}

// An optType says what of the marks changes, each by a bit.
type optType int

const (
	optStandard optType = 1
	optCustom   optType = 2
)

func (m MarkItem) optType() (o optType) {
	if len(m.SetMark)+len(m.ClearMark) > 0 {
		o |= optStandard
	}
	if !m.CustomMark.IsZero() {
		o |= optCustom
	}
	return o
}

func (m MarkItem) check(cmd restapi.Command, at string) error {
	if err := m.ContactItem.check(cmd, at+".ContactItem.", keyToGroupID); err != nil {
		return err
	}
	if m.optType() == 0 {
		return check.Argument(cmd, at, "has none of SetMark, ClearMark and CustomMark")
	}
	if err := checkMarks(cmd, at+".SetMark", m.SetMark); err != nil {
		return err
	}
	if err := checkMarks(cmd, at+".ClearMark", m.ClearMark); err != nil {
		return err
	}
	for i, mark := range m.ClearMark {
		if slices.Contains(m.SetMark, mark) {
			return check.Argument(cmd, at+".ClearMark["+strconv.Itoa(i)+"]", "is %d, which is in SetMark too", mark)
		}
	}
	return check.Text(cmd, at+".CustomMark", m.CustomMark.Or(""), maxCustomMarkBytes)
}

func checkMarks(cmd restapi.Command, field string, marks []Mark) error {
	for i, mark := range marks {
		if mark < 1 || mark > maxMark {
			return check.Argument(cmd, field+"["+strconv.Itoa(i)+"]", "is %d, not 1 to %d", mark, maxMark)
		}
	}
	return nil
}

type markRequest struct {
	FromAccount string     `json:"From_Account"`
	MarkItem    []markItem `json:"MarkItem"`
}

type markItem struct {
	OptType optType `json:"OptType"`
	MarkItem
}

// Mark changes the marks of 1 to 100 conversations of userID, each named once, and leaves their other marks as they
// are. The result has one Result for each conversation, in the order given: look at the Err of each, a conversation
// that failed does not fail the call. At most 1000 conversations of a user can have marks or be in conversation groups.
//
// Of a Result: [restapi.CodeContactAccountNotFound], the other user is not imported;
// [restapi.CodeContactGroupCheckFailed], userID is not in the group, or it could not be told;
// [restapi.CodeContactMarkLimit], there are 1000. Of the call: [restapi.CodeContactPlanUnsupported], the plan has no
// standard marks; custom marks are in every one. 200 calls a second and app. Repeated after a failure that leaves its
// outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53438
func (c *Client) Mark(ctx context.Context, userID string, marks []MarkItem) ([]Result, error) {
	if err := checkUser(CommandMarkContact, userID); err != nil {
		return nil, err
	}
	if err := check.Count(CommandMarkContact, "MarkItem", len(marks), MaxMark); err != nil {
		return nil, err
	}
	req := markRequest{FromAccount: userID}
	var ids []ID
	for i, item := range marks {
		at := "MarkItem[" + strconv.Itoa(i) + "]"
		if err := item.check(CommandMarkContact, at); err != nil {
			return nil, err
		}
		if slices.Contains(ids, item.ContactItem) {
			return nil, check.Argument(CommandMarkContact, at+".ContactItem", "is named twice")
		}
		ids = append(ids, item.ContactItem)
		req.MarkItem = append(req.MarkItem, markItem{item.optType(), item})
	}
	resp, err := restapi.Do[struct{ ResultItem []row }](ctx, c.caller, CommandMarkContact, req)
	if err != nil {
		return nil, err
	}
	return results(CommandMarkContact, ids, resp.ResultItem), nil
}
