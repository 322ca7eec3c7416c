package friend

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/friendfields"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	fieldPrefix  = "Tag_SNS_"
	customPrefix = friendfields.CustomPrefix
)

// checkTag refuses what no field can be called, of friends or of profiles.
func checkTag(cmd restapi.Command, field, tag string) error {
	if fault, reason := profilefields.CheckTag(tag); fault != profilefields.None {
		return check.Argument(cmd, field, "%s", reason)
	}
	if keyword, custom := strings.CutPrefix(tag, customPrefix); custom && !profilefields.IsKeyword(keyword) {
		return check.Argument(cmd, field, "is not %s and 1 to %d letters from a to z and A to Z",
			customPrefix, profilefields.MaxKeyword)
	}
	return nil
}

// checkFields refuses fields with a tag that does not begin with prefix or is read only, with a value that they cannot
// have, or set twice.
func checkFields(cmd restapi.Command, list string, items profile.Items, prefix string) error {
	set := make(map[string]bool, len(items))
	for i, item := range items {
		at := list + "[" + strconv.Itoa(i) + "]."
		if err := checkTag(cmd, at+"Tag", item.Tag); err != nil {
			return err
		}
		switch {
		case !strings.HasPrefix(item.Tag, prefix):
			return check.Argument(cmd, at+"Tag", "is not a field that can be set here: those begin with %s", prefix)
		case item.Tag == AddSource.Tag(), item.Tag == AddWording.Tag(), item.Tag == AddTime.Tag():
			return check.Argument(cmd, at+"Tag", "is %s, which is read only", item.Tag)
		case set[item.Tag]:
			return check.Argument(cmd, at+"Tag", "is %s, which is set twice", item.Tag)
		}
		set[item.Tag] = true
		if err := checkValue(cmd, at+"Value", item); err != nil {
			return err
		}
	}
	return nil
}

// checkValue refuses a value that the field of that tag cannot have. A field newer than this package can have any that
// some field has.
func checkValue(cmd restapi.Command, field string, item profile.Item) error {
	raw := bytes.TrimSpace(item.Value)
	if !utf8.Valid(raw) { // first, as decoding puts other letters in the place of what is not
		return check.Argument(cmd, field, "is not valid UTF-8")
	}
	list, isList := texts(raw)
	switch {
	case item.Tag == Groups.Tag() && !isList:
		return check.Argument(cmd, field, "takes a list of texts")
	case item.Tag == Groups.Tag() && len(list) > 0:
		return checkGroups(cmd, field, list)
	case isList && item.Tag != Remark.Tag() && !strings.HasPrefix(item.Tag, customPrefix):
		return nil
	}
	if fault, reason := profilefields.CheckValue(item.Tag, raw); fault != profilefields.None {
		return check.Argument(cmd, field, "%s", reason)
	}
	text, isText := profilefields.Unquote(raw)
	switch {
	case item.Tag == Remark.Tag() && !isText:
		return check.Argument(cmd, field, "takes a text, not a number")
	case item.Tag == Remark.Tag():
		return check.Text(cmd, field, text, friendfields.MaxRemark)
	case isText:
		return nil
	}
	if _, err := strconv.ParseUint(string(raw), 10, 64); err != nil {
		return check.Argument(cmd, field, "takes a whole number from 0 to %d", uint64(math.MaxUint64))
	}
	return nil
}
