package profile

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
)

// checkUpdate refuses what the documentation rules out in one update of a profile.
func checkUpdate(userID string, items Items) error {
	if err := check.UserID(CommandPortraitSet, "From_Account", userID); err != nil {
		return err
	}
	if len(items) == 0 {
		return check.Argument(CommandPortraitSet, "ProfileItem", "is empty")
	}
	for i, item := range items {
		fault, reason := profilefields.CheckTag(item.Tag)
		if fault == profilefields.None {
			fault, reason = profilefields.CheckValue(item.Tag, item.Value)
		}
		if fault != profilefields.None {
			name := fieldName(item.Tag, "ProfileItem["+strconv.Itoa(i)+"].Tag")
			return check.Argument(CommandPortraitSet, name, "%s", reason)
		}
		if _, again := items[:i].lookup(item.Tag); again {
			return check.Argument(CommandPortraitSet, item.Tag, "is set twice")
		}
	}
	return nil
}

// fieldName names a field in errors: by its tag where that can be read, else by where it stands.
func fieldName(tag, position string) string {
	unreadable := func(r rune) bool { return !unicode.IsPrint(r) }
	if tag == "" || !utf8.ValidString(tag) || strings.ContainsFunc(tag, unreadable) {
		return position
	}
	return tag
}
