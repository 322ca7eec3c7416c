package chat

import (
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Documented for the attributes of a group.
const (
	maxAttributeKey     = 32 // bytes
	maxAttributeValue   = 4000
	maxAttributeBytes   = 16_000 // of all values
	attributesPerSecond = 5      // changes of one group
)

// groupAttributes are the commands about the texts that a group keeps for its members. They change with any type of
// group: the pages disagree about communities.
func groupAttributes() area {
	return groupArea([]command{
		does(group.CommandGetGroupAttr, getGroupAttr),
		does(group.CommandSetGroupAttr, changesAttributes(callback.GroupAttrSet)),
		does(group.CommandModifyGroupAttr, changesAttributes(callback.GroupAttrModify)),
		does(group.CommandDeleteGroupAttr, changesAttributes(callback.GroupAttrDelete)),
		does(group.CommandClearGroupAttr, changesAttributes(callback.GroupAttrClear)),
	}, keeps("groupattributes", attributeLines, func([]attributeLine) {}, loadAttributes))
}

// A pace lets something happen a few times a second.
type pace struct {
	last [attributesPerSecond]time.Time
	next int // the oldest
}

// take counts one more, or is false where there were as many as there may be less than a second ago.
func (p *pace) take(now time.Time) bool {
	if oldest := p.last[p.next]; !oldest.IsZero() && now.Sub(oldest) < time.Second {
		return false
	}
	p.last[p.next] = now
	p.next = (p.next + 1) % len(p.last)
	return true
}

type attributeRequest struct {
	GroupID   string `json:"GroupId"`
	GroupAttr []callback.GroupAttr
}

func getGroupAttr(a *App, _ *call, req *attributeRequest) (any, error) {
	r, err := a.room(req.GroupID, anyKind)
	if err != nil {
		return nil, err
	}
	return struct{ GroupAttrAry []attribute }{r.attributeList()}, nil
}

// attribute is one that has its value in answers also where that is empty.
type attribute struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (r *room) attributeList() []attribute {
	all := make([]attribute, 0, len(r.attributes))
	for _, key := range slices.Sorted(maps.Keys(r.attributes)) {
		all = append(all, attribute{key, r.attributes[key]})
	}
	return all
}

func changesAttributes(option callback.GroupAttrOption) func(*App, *call, *attributeRequest) (any, error) {
	return func(a *App, c *call, req *attributeRequest) (any, error) {
		r, err := a.room(req.GroupID, anyKind)
		if err != nil {
			return nil, err
		}
		return nil, c.changeAttributes(r, option, req.GroupAttr)
	}
}

// changeAttributes changes the attributes of a group, all that are named or none, and tells the backend.
func (c *call) changeAttributes(r *room, option callback.GroupAttrOption, named []callback.GroupAttr) error {
	if len(named) == 0 && option != callback.GroupAttrClear {
		return badGroup("GroupAttr is empty")
	}
	left := map[string]string{}
	if option == callback.GroupAttrModify || option == callback.GroupAttrDelete {
		maps.Copy(left, r.attributes)
	}
	told := make([]callback.GroupAttr, 0, len(named)) // of those deleted it is not documented what is told
	for _, attr := range named {
		_, has := left[attr.Key]
		switch {
		case option == callback.GroupAttrSet || option == callback.GroupAttrModify:
			left[attr.Key] = attr.Value
		case option == callback.GroupAttrClear:
			continue
		case len(attr.Key) > maxAttributeKey:
			return errLongAttribute
		case !has: // the others are not deleted, which is a guess
			return refuse(restapi.CodeGroupAttributeNotFound, "there is no such attribute")
		default:
			delete(left, attr.Key)
			attr.Value = ""
		}
		told = append(told, attr)
	}
	if err := checkAttributes(left); err != nil {
		return err
	}
	if !r.pace.take(c.now) {
		return refuse(restapi.CodeGroupAttributeRateLimited, "the attributes were changed five times in a second")
	}
	r.attributes = left
	c.after(r.lane, &callback.GroupAfterGroupAttrChanged{
		GroupID: r.id, Type: r.kind.newer(), OperatorAccount: c.by.UserID,
		OptionType: option, GroupAttr: told, EventTime: callback.EventTimeOf(c.now),
	})
	return nil
}

var errLongAttribute = refuse(restapi.CodeGroupAttributeKeyTooLong, "a key has over 32 bytes")

// checkAttributes refuses what a group cannot have.
func checkAttributes(attrs map[string]string) error {
	size := 0
	for _, key := range slices.Sorted(maps.Keys(attrs)) {
		value := attrs[key]
		switch size += len(value); {
		case key == "":
			return badGroup("an attribute has no key")
		case len(key) > maxAttributeKey:
			return errLongAttribute
		case len(value) > maxAttributeValue:
			return refuse(restapi.CodeGroupAttributeValueTooLong, "a value has over 4000 bytes")
		}
	}
	switch {
	case len(attrs) > group.MaxAttributes:
		return refuse(restapi.CodeGroupAttributeTooMany, "the group would have over 16 attributes")
	case size > maxAttributeBytes:
		return refuse(restapi.CodeGroupAttributesTooLarge, "the values would have over 16000 bytes")
	}
	return nil
}

// attributeLine are the attributes of a group in a snapshot. The lines are in the order of the groups.
type attributeLine struct {
	GroupID   string `json:"GroupId"`
	GroupAttr []attribute
}

func attributeLines(s *state) (lines []attributeLine) {
	for _, one := range s.groups.all.all {
		if r := one.value; len(r.attributes) > 0 {
			lines = append(lines, attributeLine{r.id, r.attributeList()})
		}
	}
	return lines
}

func loadAttributes(s *state, line *attributeLine) error {
	r := s.groups.find(line.GroupID)
	if r == nil || len(r.attributes) > 0 {
		return errors.New("GroupId is not a group of a line above, or is there twice")
	}
	for _, attr := range line.GroupAttr {
		put(&r.attributes, attr.Key, attr.Value)
	}
	return checkAttributes(r.attributes)
}
