package chat

import (
	"maps"
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// SetAttributes makes these the attributes of a group that the user is in; all others go.
func (d *Device) SetAttributes(groupID string, attrs map[string]string) error {
	named := make([]callback.GroupAttr, 0, len(attrs))
	for _, key := range slices.Sorted(maps.Keys(attrs)) {
		named = append(named, callback.GroupAttr{Key: key, Value: attrs[key]})
	}
	return d.changeAttributes("SetAttributes", groupID, callback.GroupAttrSet, named)
}

// DeleteAttributes deletes attributes of a group that the user is in, all that are named or none.
func (d *Device) DeleteAttributes(groupID string, keys []string) error {
	named := make([]callback.GroupAttr, len(keys))
	for i, key := range keys {
		named[i].Key = key
	}
	return d.changeAttributes("DeleteAttributes", groupID, callback.GroupAttrDelete, named)
}

// ClearAttributes deletes all attributes of a group that the user is in.
func (d *Device) ClearAttributes(groupID string) error {
	return d.changeAttributes("ClearAttributes", groupID, callback.GroupAttrClear, nil)
}

// changeAttributes is for members alone, which is a guess.
func (d *Device) changeAttributes(
	name, groupID string, option callback.GroupAttrOption, named []callback.GroupAttr,
) error {
	_, err := d.act(name, func(a *App, c *call) (any, error) {
		r, err := a.room(groupID, anyKind)
		switch {
		case err != nil:
			return nil, err
		case !r.members.has(d.by.UserID):
			return nil, refuse(restapi.CodeGroupPermissionDenied, "the user is not in the group")
		}
		return nil, c.changeAttributes(r, option, named)
	})
	return err
}
