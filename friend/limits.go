package friend

import (
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/friendfields"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An item is what a call has to say of one friend.
type item interface {
	user() string
	check(cmd restapi.Command, prefix string) error
}

// checkItems refuses a list that is empty, names a user twice or the owner of the list, or has an item that is refused.
func checkItems[Item item](cmd restapi.Command, userID, list string, items []Item, limit int) error {
	if err := check.UserID(cmd, "From_Account", userID); err != nil {
		return err
	}
	if err := check.Count(cmd, list, len(items), limit); err != nil {
		return err
	}
	named := make(map[string]bool, len(items))
	for i, item := range items {
		prefix := list + "[" + strconv.Itoa(i) + "]."
		friendID := item.user()
		if err := check.UserID(cmd, prefix+"To_Account", friendID); err != nil {
			return err
		}
		switch {
		case friendID == userID:
			return check.Argument(cmd, prefix+"To_Account", "is the user whose friends these are")
		case named[friendID]:
			return check.Argument(cmd, prefix+"To_Account", "is named twice")
		}
		named[friendID] = true
		if err := item.check(cmd, prefix); err != nil {
			return err
		}
	}
	return nil
}

func usersIn[Item item](items []Item) []string {
	userIDs := make([]string, len(items))
	for i, item := range items {
		userIDs[i] = item.user()
	}
	return userIDs
}

// checkTexts refuses what cannot be said of a friend who is added or imported.
func checkTexts(cmd restapi.Command, prefix, remark, source, wording string) error {
	if err := check.Text(cmd, prefix+"Remark", remark, friendfields.MaxRemark); err != nil {
		return err
	}
	if !friendfields.IsSource(source) {
		return check.Argument(cmd, prefix+"AddSource", "is not %s and 1 to %d letters from a to z and A to Z",
			friendfields.SourcePrefix, profilefields.MaxKeyword)
	}
	return check.Text(cmd, prefix+"AddWording", wording, friendfields.MaxWording)
}

// checkGroups refuses a list of friend groups that is empty or too long, or has a name that no group can have.
func checkGroups(cmd restapi.Command, field string, groups []string) error {
	if err := check.Count(cmd, field, len(groups), MaxGroups); err != nil {
		return err
	}
	for i, group := range groups {
		if err := checkGroup(cmd, field+"["+strconv.Itoa(i)+"]", group); err != nil {
			return err
		}
	}
	return nil
}

func checkGroup(cmd restapi.Command, field, group string) error {
	if group == "" {
		return check.Argument(cmd, field, "is empty")
	}
	return check.Text(cmd, field, group, friendfields.MaxGroupName)
}
