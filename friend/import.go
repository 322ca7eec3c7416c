package friend

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An ImportItem is one friend to import with [Client.Import].
type ImportItem struct {
	ToAccount  string    // the friend
	Remark     string    // what the owner of the list calls the friend, at most 96 bytes
	RemarkTime time.Time // when that was given, cut to seconds; the zero Time is not sent
	GroupName  []string  // the friend groups for the friend: at most 32, each with a name of 1 to 30 bytes
	AddSource  string    // where the friendship came from: AddSource_Type_ and 1 to 8 letters
	AddWording string    // what was said with the request, at most 256 bytes
	AddTime    time.Time // when the friendship was made, cut to seconds; the zero Time is not sent
	// CustomItem are fields of the app's own, see [Custom].
	CustomItem profile.Items
}

func (i ImportItem) user() string { return i.ToAccount }

func (i ImportItem) check(cmd restapi.Command, prefix string) error {
	if len(i.GroupName) > 0 {
		if err := checkGroups(cmd, prefix+"GroupName", i.GroupName); err != nil {
			return err
		}
	}
	if err := checkTexts(cmd, prefix, i.Remark, i.AddSource, i.AddWording); err != nil {
		return err
	}
	if err := check.Moment(cmd, prefix+"RemarkTime", i.RemarkTime); err != nil {
		return err
	}
	if err := check.Moment(cmd, prefix+"AddTime", i.AddTime); err != nil {
		return err
	}
	return checkFields(cmd, prefix+"CustomItem", i.CustomItem, customPrefix)
}

type importRequest struct {
	FromAccount   string         `json:"From_Account"`
	AddFriendItem []importedItem `json:"AddFriendItem"`
}

// importedItem is an ImportItem with its moments as they stand on the wire, in seconds since the epoch.
type importedItem struct {
	ToAccount  string        `json:"To_Account"`
	Remark     string        `json:"Remark,omitempty"`
	RemarkTime int64         `json:"RemarkTime,omitempty"`
	GroupName  []string      `json:"GroupName,omitempty"`
	AddSource  string        `json:"AddSource"`
	AddWording string        `json:"AddWording,omitempty"`
	AddTime    int64         `json:"AddTime,omitempty"`
	CustomItem profile.Items `json:"CustomItem,omitempty"`
}

// Import puts 1 to 1000 friends into the list of userID, each at most once, and leaves their lists as they are. Nobody
// is asked or told, and there is no webhook. The result has one Result for each friend, in the order given: look at the
// Err of each, a friend that failed does not fail the call. A user has at most 3000 friends. Many calls for one user at
// the same time fail with [restapi.CodeRelationWriteConflict]: put the friends into one.
//
// Of a Result: [restapi.CodeRelationAccountNotFound], the user is not imported; [restapi.CodeRelationFriendLimit], the
// list is full; [restapi.CodeRelationGroupLimit], userID has 32 friend groups. 200 calls a second and app. Repeated
// after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34903
func (c *Client) Import(ctx context.Context, userID string, friends []ImportItem) ([]Result, error) {
	if err := checkItems(CommandFriendImport, userID, "AddFriendItem", friends, MaxUsers); err != nil {
		return nil, err
	}
	items := make([]importedItem, len(friends))
	for i, f := range friends {
		items[i] = importedItem{
			ToAccount: f.ToAccount, Remark: f.Remark, RemarkTime: wire.Seconds(f.RemarkTime), GroupName: f.GroupName,
			AddSource: f.AddSource, AddWording: f.AddWording, AddTime: wire.Seconds(f.AddTime), CustomItem: f.CustomItem,
		}
	}
	return c.results(ctx, CommandFriendImport, importRequest{userID, items}, usersIn(friends))
}
