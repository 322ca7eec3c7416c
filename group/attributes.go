package group

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxAttributes is how many attributes a group has at most.
const MaxAttributes = 16

const (
	maxAttributeKey   = 32     // bytes
	maxAttributeValue = 4000   // bytes
	maxAttributes     = 16_000 // bytes of all values together
)

// Attributes reads and changes the attributes of groups: up to 16 keys with texts, which the members see as they
// change. The changes of one group are at most five a second, whichever of the methods makes them.
//
// No command changes an attribute only where it still is what was read before: two programs that read, compute and
// write can undo each other's work. What is counted is better kept in [Counters].
type Attributes struct{ caller restapi.Caller }

// attribute is the one pair on the wire whose names begin in lower case.
type attribute struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Get reads all attributes of a group.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/44187
func (a Attributes) Get(ctx context.Context, groupID string) (map[string]string, error) {
	if err := checkGroupID(CommandGetGroupAttr, groupID); err != nil {
		return nil, err
	}
	req := ofGroup{groupID}
	resp, err := restapi.Do[struct{ GroupAttrAry []attribute }](ctx, a.caller, CommandGetGroupAttr, req)
	if err != nil {
		return nil, err
	}
	attrs := make(map[string]string, len(resp.GroupAttrAry))
	for _, attr := range resp.GroupAttrAry {
		attrs[attr.Key] = attr.Value
	}
	return attrs, nil
}

// Set makes these 1 to 16 the attributes of a group: all others go. Keys have 1 to 32 bytes, values at most 4000, and
// 16,000 together. No attributes at all are refused, see [Attributes.Clear].
//
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupAttributeRateLimited]: more than five changes
// of one group a second. [restapi.CodeGroupAttributeConflict] stands in the vendor's table of codes, not on the page:
// somebody else was changing them; try again. 200 calls a second and app. Repeated after a failure that leaves its
// outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/44190
func (a Attributes) Set(ctx context.Context, groupID string, attrs map[string]string) error {
	return a.change(ctx, CommandSetGroupAttr, groupID, attrs)
}

// Modify sets these 1 to 16 attributes of a group; all others stay as they are. The limits and the errors are those of
// [Attributes.Set], and [restapi.CodeGroupAttributeTooMany] and [restapi.CodeGroupAttributesTooLarge] where the group
// would have too many.
//
// 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/44188
func (a Attributes) Modify(ctx context.Context, groupID string, attrs map[string]string) error {
	return a.change(ctx, CommandModifyGroupAttr, groupID, attrs)
}

func (a Attributes) change(ctx context.Context, cmd restapi.Command, groupID string, attrs map[string]string) error {
	keys := slices.Sorted(maps.Keys(attrs))
	if err := checkAttributes(cmd, groupID, keys); err != nil {
		return err
	}
	req := struct {
		GroupID   string      `json:"GroupId"`
		GroupAttr []attribute `json:"GroupAttr"`
	}{GroupID: groupID}
	size := 0
	for i, key := range keys {
		value := attrs[key]
		if err := check.Text(cmd, "GroupAttr["+strconv.Itoa(i)+"].value", value, maxAttributeValue); err != nil {
			return err
		}
		size += len(value)
		req.GroupAttr = append(req.GroupAttr, attribute{key, value})
	}
	if size > maxAttributes {
		return check.Argument(cmd, "GroupAttr", "has values of %d bytes, at most %d are allowed", size, maxAttributes)
	}
	return a.caller.Call(ctx, cmd, req, nil)
}

// Delete deletes 1 to 16 attributes of a group; all others stay. No keys are refused: [Attributes.Clear] deletes all.
//
// [restapi.CodeGroupAttributeNotFound]: the group does not have one of them. What becomes of the others then is not
// documented. Otherwise the errors are those of [Attributes.Set]. 200 calls a second and app. Repeated after a failure
// that leaves its outcome open, so that CodeGroupAttributeNotFound can also mean that the attempt before deleted them.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/59499
func (a Attributes) Delete(ctx context.Context, groupID string, keys ...string) error {
	cmd := CommandDeleteGroupAttr
	if err := checkAttributes(cmd, groupID, keys); err != nil {
		return err
	}
	type name struct {
		Key string `json:"key"`
	}
	req := struct {
		GroupID   string `json:"GroupId"`
		GroupAttr []name `json:"GroupAttr"`
	}{GroupID: groupID}
	for _, key := range check.Unique(keys) {
		req.GroupAttr = append(req.GroupAttr, name{key})
	}
	return a.caller.Call(ctx, cmd, req, nil)
}

// Clear deletes all attributes of a group. The errors are those of [Attributes.Set]. 200 calls a second and app.
// Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/44189
func (a Attributes) Clear(ctx context.Context, groupID string) error {
	if err := checkGroupID(CommandClearGroupAttr, groupID); err != nil {
		return err
	}
	return a.caller.Call(ctx, CommandClearGroupAttr, ofGroup{groupID}, nil)
}

// checkAttributes refuses a group without an ID, no keys, too many, and what cannot be one.
func checkAttributes(cmd restapi.Command, groupID string, keys []string) error {
	if err := checkGroupID(cmd, groupID); err != nil {
		return err
	}
	if err := check.Count(cmd, "GroupAttr", len(keys), MaxAttributes); err != nil {
		return err
	}
	for i, key := range keys {
		field := "GroupAttr[" + strconv.Itoa(i) + "].key"
		if key == "" {
			return check.Argument(cmd, field, "is empty")
		}
		if err := check.Text(cmd, field, key, maxAttributeKey); err != nil {
			return err
		}
	}
	return nil
}
