package chat

import (
	"maps"
	"slices"

	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// conditions are whom a push goes to: of each kind that is there those who meet it.
type conditions struct {
	TagsOr   []string          `json:",omitempty"`
	TagsAnd  []string          `json:",omitempty"`
	TagsNot  []string          `json:",omitempty"`
	AttrsOr  map[string]string `json:",omitempty"`
	AttrsAnd map[string]string `json:",omitempty"`
}

// check refuses what is not documented, and a condition that is there and says nothing: what the service makes of that
// nobody should have to find out.
func (on *conditions) check(s *pushes) error {
	tags := len(on.TagsOr) + len(on.TagsAnd) + len(on.TagsNot)
	attrs := len(on.AttrsOr) + len(on.AttrsAnd)
	switch {
	case tags > 0 && attrs > 0:
		return refuse(restapi.CodePushConditionsMixed, "Condition has both tags and attributes")
	case tags+attrs == 0:
		return refuse(restapi.CodeMessageInvalidFormat, "Condition is empty")
	case max(len(on.TagsOr), len(on.TagsAnd), len(on.TagsNot)) > push.MaxTags:
		return refuse(restapi.CodePushTooManyTags, "Condition has over 10 tags")
	}
	if err := checkTags(slices.Concat(on.TagsOr, on.TagsAnd, on.TagsNot), restapi.CodePushTagLengthExceeded); err != nil {
		return err
	}
	if slices.ContainsFunc(on.TagsOr, func(tag string) bool { return slices.Contains(on.TagsAnd, tag) }) {
		return refuse(restapi.CodePushDuplicateTag, "a tag is in TagsOr and in TagsAnd")
	}
	for _, of := range []map[string]string{on.AttrsOr, on.AttrsAnd} {
		for name := range of {
			if s.number(name) < 0 {
				return errNoAttr
			}
		}
	}
	return nil
}

// met says whether a user meets the condition.
func (on *conditions) met(u *tagged, s *pushes) bool {
	if u == nil {
		u = &tagged{}
	}
	has := func(tag string) bool { return slices.Contains(u.tags, tag) }
	is := func(name, value string) bool {
		own, given := u.attrs[s.number(name)]
		return given && own == value
	}
	switch {
	case len(on.TagsOr) > 0 && !slices.ContainsFunc(on.TagsOr, has):
		return false
	case slices.ContainsFunc(on.TagsNot, has):
		return false
	case slices.ContainsFunc(on.TagsAnd, func(tag string) bool { return !has(tag) }):
		return false
	}
	for name, value := range on.AttrsAnd {
		if !is(name, value) {
			return false
		}
	}
	for name, value := range on.AttrsOr {
		if is(name, value) {
			return true
		}
	}
	return len(on.AttrsOr) == 0
}

// receivers are those who meet a condition, all where there is none, by name.
func (a *App) receivers(on *conditions) []string {
	var to []string
	for _, userID := range slices.Sorted(maps.Keys(a.users.byID)) {
		if on == nil || on.met(a.pushes.tagged[userID], &a.pushes) {
			to = append(to, userID)
		}
	}
	return to
}
