package friend

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/profile"
)

// Value is the set of Go types a friend field can hold: text, an unsigned number, a list of texts, or a moment, which
// the wire has in seconds since the epoch.
type Value interface {
	string | uint64 | []string | time.Time
}

// A Field names one field of what a user keeps of a friend, its tag on the wire, and fixes the type of its value, as
// [profile.Field] does for profiles. The same name sets a field ([Field.To], in [Client.Update]), asks for it (in
// [Client.Get]) and reads it back ([Field.Of]). Its items are [profile.Items], so that one list has fields of both
// kinds. [Custom] names a field of the app's own.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33521
type Field[T Value] string

// The standard fields. [Client.Update] sets Remark and Groups; the others are of the time when the friend was added,
// read only.
const (
	// Remark is what the owner of the list calls the friend, at most 96 bytes.
	Remark Field[string] = "Tag_SNS_IM_Remark"
	// Groups are the friend groups that the friend is in: at most 32, each with a name of 1 to 30 bytes.
	Groups Field[[]string] = "Tag_SNS_IM_Group"
	// AddSource is where the friendship came from: AddSource_Type_ and 1 to 8 letters.
	AddSource Field[string] = "Tag_SNS_IM_AddSource"
	// AddWording is what was said with the request.
	AddWording Field[string] = "Tag_SNS_IM_AddWording"
	// AddTime is when the friendship was made.
	AddTime Field[time.Time] = "Tag_SNS_IM_AddTime"
)

// Custom names a custom field by its keyword: Custom("Note") is Tag_SNS_Custom_Note. A keyword is 1 to 8 letters from a
// to z and A to Z; one that is not is refused when the field is used. Custom fields are set up in the console, at most
// 20 for an app, none can be deleted or renamed. A value is at most 500 bytes. A field that holds a number is named by
// conversion:
//
//	rank := friend.Field[uint64]("Tag_SNS_Custom_Rank")
func Custom(name string) Field[string] { return Field[string](customPrefix + name) }

// Tag returns the name of the field on the wire.
func (f Field[T]) Tag() string { return string(f) }

// To returns the item that sets the field to v. A moment is cut to seconds. No list and one without texts are the same:
// Groups.To(nil) takes a friend out of all groups.
func (f Field[T]) To(v T) profile.Item {
	item := profile.Item{Tag: string(f)}
	switch v := any(v).(type) {
	case string:
		return profile.Field[string](f).To(v)
	case uint64:
		return profile.Field[uint64](f).To(v)
	case []string:
		item.Value = json.RawMessage{'['}
		for i, text := range v {
			if i > 0 {
				item.Value = append(item.Value, ',')
			}
			item.Value = append(item.Value, profile.Field[string](f).To(text).Value...)
		}
		item.Value = append(item.Value, ']')
	case time.Time:
		item.Value = strconv.AppendInt(nil, v.Unix(), 10)
	}
	return item
}

// Of returns the field's value among items, and false where it is absent or is not a T, as [profile.Field.Of] does: the
// number of a text field is returned as its digits, and digits in quotes are read as a number. 0 is not a moment.
func (f Field[T]) Of(items profile.Items) (T, bool) {
	var v T
	ok := false
	switch v := any(&v).(type) {
	case *string:
		*v, ok = profile.Field[string](f).Of(items)
	case *uint64:
		*v, ok = profile.Field[uint64](f).Of(items)
	case *[]string:
		*v, ok = texts(last(items, string(f)))
	case *time.Time:
		var n uint64
		if n, ok = profile.Field[uint64](f).Of(items); ok && 0 < n && n <= math.MaxInt64 {
			*v = time.Unix(int64(n), 0)
		} else {
			ok = false
		}
	}
	return v, ok
}

// last returns the value of the last item with that tag, which is the one that counts.
func last(items profile.Items, tag string) json.RawMessage {
	for _, item := range slices.Backward(items) {
		if item.Tag == tag {
			return item.Value
		}
	}
	return nil
}

// texts returns the texts of a JSON array, and false where raw is something else.
func texts(raw json.RawMessage) ([]string, bool) {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || raw[0] != '[' {
		return nil, false
	}
	var list []*string // null is not a text
	if json.Unmarshal(raw, &list) != nil || slices.Contains(list, nil) {
		return nil, false
	}
	values := make([]string, len(list))
	for i, text := range list {
		values[i] = *text
	}
	return values, true
}
