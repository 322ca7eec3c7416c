package push

import (
	"maps"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Condition says to whom a push goes, by their tags or by their attributes, not by both. Several lists of tags narrow
// it down together, as both sets of attributes do.
//
// The zero Condition is refused, so that a list that turns out to be empty does not push to everybody: that is said
// with [Everybody].
type Condition struct {
	TagsOr  []string `json:"TagsOr,omitempty"`  // those who have any of these tags, at most 10
	TagsAnd []string `json:"TagsAnd,omitempty"` // those who have all of these tags, at most 10
	TagsNot []string `json:"TagsNot,omitempty"` // those who have none of these tags, at most 10; only with [Client]
	// AttrsOr are attributes by their names, of which any has this value.
	AttrsOr map[string]string `json:"AttrsOr,omitempty"`
	// AttrsAnd are attributes by their names, which all have these values.
	AttrsAnd map[string]string `json:"AttrsAnd,omitempty"`

	everybody bool
}

// Everybody is the Condition that all users of the app meet.
func Everybody() Condition { return Condition{everybody: true} }

// lists says whether the condition has tags or attributes in any of its fields.
func (c *Condition) lists() (tags, attrs bool) {
	return len(c.TagsOr)+len(c.TagsAnd)+len(c.TagsNot) > 0, len(c.AttrsOr)+len(c.AttrsAnd) > 0
}

// isZero says whether the condition is the zero one.
func (c *Condition) isZero() bool {
	tags, attrs := c.lists()
	return !c.everybody && !tags && !attrs
}

// sent is the condition as it is sent: absent where everybody is meant.
func (c *Condition) sent() *Condition {
	if c.everybody {
		return nil
	}
	return c
}

// check refuses what the documentation rules out. field is the name of the condition in the request of cmd.
func (c *Condition) check(cmd restapi.Command, field string) error {
	tags, attrs := c.lists()
	switch {
	case c.isZero():
		return check.Argument(cmd, field, "is empty: all users are Everybody()")
	case c.everybody && (tags || attrs):
		return check.Argument(cmd, field, "is Everybody() and has tags or attributes too")
	case tags && attrs:
		return check.Argument(cmd, field, "has both tags and attributes")
	}
	for _, list := range []struct {
		name string
		tags []string
	}{{"TagsOr", c.TagsOr}, {"TagsAnd", c.TagsAnd}, {"TagsNot", c.TagsNot}} {
		at := field + "." + list.name
		if n := len(list.tags); n > MaxTags {
			return check.Argument(cmd, at, "has %d tags, at most %d are allowed", n, MaxTags)
		}
		if err := names(cmd, at, list.tags, maxTag); err != nil {
			return err
		}
	}
	for i, tag := range c.TagsAnd {
		if slices.Contains(c.TagsOr, tag) {
			return check.Argument(cmd, field+".TagsAnd["+strconv.Itoa(i)+"]", "is in TagsOr too")
		}
	}
	if err := attrsOf(cmd, field+".AttrsOr", c.AttrsOr); err != nil {
		return err
	}
	return attrsOf(cmd, field+".AttrsAnd", c.AttrsAnd)
}

// attrsOf refuses attributes of which a name or a value cannot be.
func attrsOf(cmd restapi.Command, field string, attrs map[string]string) error {
	for _, attr := range slices.Sorted(maps.Keys(attrs)) {
		at := field + "[" + strconv.Quote(attr) + "]"
		if err := name(cmd, at, attr, maxAttr); err != nil {
			return err
		}
		if err := check.Text(cmd, at, attrs[attr], maxAttr); err != nil {
			return err
		}
	}
	return nil
}
