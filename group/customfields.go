package group

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxCustomKey is how long the key of a custom field can be, in bytes.
const maxCustomKey = 16

// CustomFields are the custom fields of a group, a member or a topic by their keys, which the console declares: at most
// 16 letters, digits and underscores. Where they are changed, an empty value takes a field away, and one that is not
// named stays as it is. A value that is a number on the wire is read as its digits.
type CustomFields map[string]string

type customField struct {
	Key   string `json:"Key"`
	Value string `json:"Value"`
}

// MarshalJSON writes the list of keys and values, sorted by key.
func (f CustomFields) MarshalJSON() ([]byte, error) {
	list := make([]customField, 0, len(f))
	for _, key := range slices.Sorted(maps.Keys(f)) {
		list = append(list, customField{key, f[key]})
	}
	return wire.Marshal(list)
}

// UnmarshalJSON reads the list.
func (f *CustomFields) UnmarshalJSON(data []byte) error {
	var list []struct {
		Key   string          `json:"Key"`
		Value json.RawMessage `json:"Value"`
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	*f = nil
	for _, field := range list {
		if *f == nil {
			*f = make(CustomFields, len(list))
		}
		text, ok := wire.Unquote(field.Value)
		if !ok {
			text = string(field.Value)
		}
		(*f)[field.Key] = text
	}
	return nil
}

// check refuses keys that no field can have, and values over limit bytes.
func (f CustomFields) check(cmd restapi.Command, field string, limit int) error {
	for _, key := range slices.Sorted(maps.Keys(f)) {
		at := field + "[" + strconv.Quote(key) + "]"
		if !isCustomKey(key) {
			return check.Argument(cmd, at, "does not have a key of 1 to %d letters, digits and underscores", maxCustomKey)
		}
		if err := check.Text(cmd, at, f[key], limit); err != nil {
			return err
		}
	}
	return nil
}

func isCustomKey(key string) bool {
	for _, c := range []byte(key) {
		if c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return key != "" && len(key) <= maxCustomKey
}
