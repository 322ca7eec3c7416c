// Package check holds the errors that several areas of the REST API share. What the documentation rules out is refused
// before the network, with the field's name: those are in check.go. What an answer says, or does not say, of one of its
// items is in result.go; package batch puts such answers in order.
package check

import (
	"fmt"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Argument returns the refusal of one field of cmd.
func Argument(cmd restapi.Command, field, format string, args ...any) error {
	return &restapi.ArgumentError{Command: cmd, Field: field, Reason: fmt.Sprintf(format, args...)}
}

// Account refuses an ID that no account can have, by the rule of package userid, which has the limits too: MaxOfficial
// where an official account can stand in the place of a user.
func Account(cmd restapi.Command, field, id string, limit int) error {
	if reason := userid.Check(id, limit); reason != "" {
		return Argument(cmd, field, "%s", reason)
	}
	return nil
}

// UserID refuses an ID that no user can have.
func UserID(cmd restapi.Command, field, id string) error {
	return Account(cmd, field, id, userid.MaxUser)
}

// GroupID refuses an ID that no group can have. The rule is that of accounts; how long one may be is not documented.
func GroupID(cmd restapi.Command, field, id string) error {
	return Account(cmd, field, id, len(id))
}

// UserIDs refuses an empty list, one of more than limit users, and any ID that UserID refuses.
func UserIDs(cmd restapi.Command, field string, ids []string, limit int) error {
	if err := Count(cmd, field, len(ids), limit); err != nil {
		return err
	}
	for i, id := range ids {
		if err := UserID(cmd, field+"["+strconv.Itoa(i)+"]", id); err != nil {
			return err
		}
	}
	return nil
}

// Count refuses a list of no items and one of more than limit.
func Count(cmd restapi.Command, field string, n, limit int) error {
	switch {
	case n == 0:
		return Argument(cmd, field, "is empty")
	case n > limit:
		return Argument(cmd, field, "has %d items, at most %d are allowed in one call", n, limit)
	}
	return nil
}

// Filled refuses a text that is empty or not UTF-8.
func Filled(cmd restapi.Command, field, text string) error {
	if text == "" {
		return Argument(cmd, field, "is empty")
	}
	return Text(cmd, field, text, len(text))
}

// Text refuses a text that is not UTF-8 or has more than limit bytes.
func Text(cmd restapi.Command, field, text string, limit int) error {
	switch {
	case !utf8.ValidString(text):
		return Argument(cmd, field, "is not valid UTF-8")
	case len(text) > limit:
		return Argument(cmd, field, "has %d bytes, at most %d are allowed", len(text), limit)
	}
	return nil
}

// maxMsgKey is how long the key of a message can be, in characters.
const maxMsgKey = 50

// MsgKey refuses what is not the key of a message.
func MsgKey(cmd restapi.Command, field, key string) error {
	switch n := utf8.RuneCountInString(key); {
	case n == 0:
		return Argument(cmd, field, "is empty")
	case !utf8.ValidString(key):
		return Argument(cmd, field, "is not valid UTF-8")
	case n > maxMsgKey:
		return Argument(cmd, field, "has %d characters, at most %d are allowed", n, maxMsgKey)
	}
	return nil
}

// MsgKeys refuses an empty list, one of more than limit keys, and any key that MsgKey refuses.
func MsgKeys(cmd restapi.Command, field string, keys []string, limit int) error {
	if err := Count(cmd, field, len(keys), limit); err != nil {
		return err
	}
	for i, key := range keys {
		if err := MsgKey(cmd, field+"["+strconv.Itoa(i)+"]", key); err != nil {
			return err
		}
	}
	return nil
}

// Moment refuses a moment that does not fit in 32 bits of seconds since the epoch. The zero Time is none.
func Moment(cmd restapi.Command, field string, t time.Time) error {
	if !t.IsZero() && (t.Unix() < 0 || t.Unix() > math.MaxUint32) {
		return Argument(cmd, field, "is not a moment from 1970 to 2106")
	}
	return nil
}
