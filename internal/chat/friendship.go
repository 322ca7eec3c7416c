package chat

import (
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Documented for each user.
const (
	maxFriends = 3000
	maxBlocked = 1000
)

// A friendship is what a user keeps of a friend.
type friendship struct {
	items  profile.Items // the fields that have a value
	groups []string      // the value of friend.Groups
}

// A request is one by another user to be a friend. It is kept by the one who has to answer.
type request struct {
	friend.Request

	since time.Time
}

// set stores fields. One without a text, or without groups, has no value from then on.
func (f *friendship) set(items ...profile.Item) {
	for _, item := range items {
		if item.Tag == friend.Groups.Tag() {
			f.groups, _ = friend.Groups.Of(profile.Items{item})
		}
		f.items = setItems(f.items, item)
	}
	f.items = slices.DeleteFunc(f.items, func(item profile.Item) bool {
		text, isText := wire.Unquote(item.Value)
		return isText && text == "" || item.Tag == friend.Groups.Tag() && len(f.groups) == 0
	})
}

// added are the fields of a friend who is added.
func added(source, wording, remark string, groups []string, since time.Time) []profile.Item {
	return []profile.Item{
		friend.AddSource.To(source), friend.AddWording.To(wording), friend.Remark.To(remark), friend.Groups.To(groups),
		friend.AddTime.To(since),
	}
}

// befriend puts a user on the list of owner, or sets fields of one who is there. Groups that are not there are made.
func (r *relations) befriend(owner, userID string, items ...profile.Item) {
	t := r.of(owner)
	one := t.friends.get(userID)
	if one == nil {
		one = t.friends.add(userID, friendship{})
		r.noteListed(owner, userID)
	}
	one.value.set(items...)
	if slices.ContainsFunc(items, func(item profile.Item) bool { return isStandard(item.Tag) }) {
		t.standard++
	}
	if slices.ContainsFunc(items, func(item profile.Item) bool { return !isStandard(item.Tag) }) {
		t.custom++
	}
	t.makeGroups(one.value.groups)
}

func isStandard(tag string) bool {
	switch tag {
	case friend.Remark.Tag(), friend.Groups.Tag(), friend.AddSource.Tag(), friend.AddWording.Tag(), friend.AddTime.Tag():
		return true
	}
	return false
}

// unfriend takes a user off the list, and is false where the user is not on it.
func (t *ties) unfriend(userID string) bool {
	one := t.friends.get(userID)
	if one == nil {
		return false
	}
	if len(one.value.groups) > 0 {
		t.grouped++
	}
	t.standard++
	t.custom++
	return t.friends.remove(userID)
}

// makeGroups makes those that are not there.
func (t *ties) makeGroups(groups []string) {
	for _, name := range groups {
		if !slices.Contains(t.groups, name) {
			t.groups = append(t.groups, name)
		}
	}
	if len(groups) > 0 {
		t.grouped++
	}
}

// checkGroupRoom refuses groups for which there is no room.
func (t *ties) checkGroupRoom(groups []string) error {
	more := make(map[string]bool)
	for _, name := range groups {
		if !slices.Contains(t.groups, name) {
			more[name] = true
		}
	}
	if len(t.groups)+len(more) > friend.MaxGroups {
		return refuse(restapi.CodeRelationGroupLimit, "there are over 32 friend groups")
	}
	return nil
}
