package group

import (
	"cmp"
	"context"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What one call of [Permissions] can name at most.
const (
	MaxPermissionGroups  = 20  // permission groups of one [Permissions.Get], [Permissions.Destroy] or [Permissions.Page]
	MaxPermissionMembers = 100 // users of one [Permissions.AddMembers] or [Permissions.DeleteMembers]
	MaxPermissionTopics  = 50  // topics of one [Permissions.AddTopics] and its three siblings
)

const maxPermissionGroupName = 150

// Permissions keeps the permission groups of communities: some of the members with the rights that they have, in the
// community and in each of its topics. The community must have them switched on, by EnablePermission of [Group] or
// [Change], and its admins then have no rights of their own. Which errors the service gives is not documented for any
// of these commands: the codes that are named here are those of the table whose texts speak of permission groups, which
// is a guess.
type Permissions struct{ caller restapi.Caller }

// A PermissionGroup is some of the members of a community with the rights that they have in it. A fake makes a failed
// one with [restapi.Failed].
type PermissionGroup struct {
	// PermissionGroupID begins with @PMG#_. Create makes one up where it is empty.
	PermissionGroupID   string
	PermissionGroupName string // 1 to 150 bytes
	CustomString        string // data of the app, at most 3000 bytes
	Permission          Permission
	MemberCount         int // how many members it has; [Permissions.Create] refuses it

	restapi.Outcome `json:"-"`
}

// permissionGroups are the permission groups asked, in their order, as they are in an answer.
func permissionGroups(cmd restapi.Command, asked []string, groups []PermissionGroup) []PermissionGroup {
	answered := batch.Rows(groups, func(pg *PermissionGroup) (string, PermissionGroup) {
		return pg.PermissionGroupID, *pg
	})
	return batch.Collate(asked, answered, func(id string) PermissionGroup {
		return PermissionGroup{PermissionGroupID: id, Outcome: restapi.Failed(check.Missing(cmd))}
	})
}

// inCommunity names a permission group of a community.
type inCommunity struct {
	GroupID           string `json:"GroupId"`
	PermissionGroupID string `json:"PermissionGroupId"`
}

func permissionGroupOf(cmd restapi.Command, groupID, permissionGroupID string) (inCommunity, error) {
	return inCommunity{groupID, permissionGroupID}, cmp.Or(
		checkGroupID(cmd, groupID), check.GroupID(cmd, "PermissionGroupId", permissionGroupID))
}

// permissionGroupsOf refuses IDs that no permission groups of a community can have.
func permissionGroupsOf(cmd restapi.Command, groupID string, ids []string) error {
	err := cmp.Or(checkGroupID(cmd, groupID), check.Count(cmd, "PermissionGroupIdList", len(ids), MaxPermissionGroups))
	for i, id := range ids {
		err = cmp.Or(err, check.GroupID(cmd, "PermissionGroupIdList["+strconv.Itoa(i)+"]", id))
	}
	return err
}

type createPermissionRequest struct {
	GroupID             string     `json:"GroupId"`
	PermissionGroupID   string     `json:"PermissionGroupId,omitempty"`
	PermissionGroupName string     `json:"PermissionGroupName"`
	Permission          Permission `json:"Permission"` // 0 too
	CustomString        string     `json:"CustomString,omitempty"`
}

func (r *createPermissionRequest) check(cmd restapi.Command) error {
	if err := checkGroupID(cmd, r.GroupID); err != nil {
		return err
	}
	if r.PermissionGroupID != "" {
		if err := check.GroupID(cmd, "PermissionGroupId", r.PermissionGroupID); err != nil {
			return err
		}
	}
	return cmp.Or(checkPermissionGroupName(cmd, r.PermissionGroupName),
		check.Text(cmd, "CustomString", r.CustomString, maxCustomString))
}

func checkPermissionGroupName(cmd restapi.Command, name string) error {
	if name == "" {
		return check.Argument(cmd, "PermissionGroupName", "is empty")
	}
	return check.Text(cmd, "PermissionGroupName", name, maxPermissionGroupName)
}

// Create makes a permission group without members in a community, and returns its ID.
//
// [restapi.CodeGroupNotFound]: there is no such community. [restapi.CodeGroupCommunityNotEnabled]: it has no permission
// groups. 200 calls a second and app. Not repeated after a failure that leaves its outcome open: that could make a
// second one.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103966
func (p Permissions) Create(ctx context.Context, groupID string, pg PermissionGroup) (string, error) {
	cmd := CommandCreatePermissionGroup
	if pg.MemberCount != 0 {
		return "", check.Argument(cmd, "MemberCount", "cannot be sent with this command")
	}
	req := createPermissionRequest{
		groupID, pg.PermissionGroupID, pg.PermissionGroupName, pg.Permission, pg.CustomString,
	}
	if err := req.check(cmd); err != nil {
		return "", err
	}
	resp, err := restapi.Do[struct {
		PermissionGroupID string `json:"PermissionGroupId"`
	}](ctx, p.caller, cmd, req)
	if err != nil {
		return "", err
	}
	return madeID(cmd, resp.PermissionGroupID, pg.PermissionGroupID)
}

// A PermissionChange is what [Permissions.Modify] changes: what is absent stays as it is.
type PermissionChange struct {
	PermissionGroupName restapi.Optional[string] // 1 to 150 bytes
	CustomString        restapi.Optional[string] // at most 3000 bytes; empty: taken away
	Permission          restapi.Optional[Permission]
}

type modifyPermissionRequest struct {
	inCommunity

	PermissionGroupName restapi.Optional[string]     `json:"PermissionGroupName,omitzero"`
	Permission          restapi.Optional[Permission] `json:"Permission,omitzero"`
	CustomString        restapi.Optional[string]     `json:"CustomString,omitzero"`
}

// Modify changes a permission group. A Permission of 0 takes all rights of it away.
//
// [restapi.CodePermissionGroupNotFound]: there is no such permission group. [restapi.CodeGroupNotFound]: there is no
// such community. 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/zh/document/product/1047/61234
func (p Permissions) Modify(ctx context.Context, groupID, permissionGroupID string, change PermissionChange) error {
	cmd := CommandModifyPermissionGroup
	at, err := permissionGroupOf(cmd, groupID, permissionGroupID)
	if err != nil {
		return err
	}
	if change == (PermissionChange{}) {
		return check.Argument(cmd, "PermissionChange", "changes nothing")
	}
	if name, given := change.PermissionGroupName.Get(); given {
		if err := checkPermissionGroupName(cmd, name); err != nil {
			return err
		}
	}
	if err := check.Text(cmd, "CustomString", change.CustomString.Or(""), maxCustomString); err != nil {
		return err
	}
	return p.caller.Call(ctx, cmd, modifyPermissionRequest{
		at, change.PermissionGroupName, change.Permission, change.CustomString,
	}, nil)
}

// Destroy deletes 1 to 20 permission groups of a community; the members stay in the community. The result has one
// PermissionGroup for each, with its ID alone, in the order given: look at the Err of each, one that could not be
// deleted does not fail the call.
//
// Of a PermissionGroup: [restapi.CodePermissionGroupDeleted], it is gone already;
// [restapi.CodePermissionGroupDeleteFailed], try again. Of the call: [restapi.CodeGroupNotFound], there is no such
// community. 200 calls a second and app. Repeated after a failure that leaves its outcome open, so that
// CodePermissionGroupDeleted can also mean that the attempt before deleted it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/61233
func (p Permissions) Destroy(ctx context.Context, groupID string, ids []string) ([]PermissionGroup, error) {
	cmd := CommandDestroyPermissionGroup
	if err := permissionGroupsOf(cmd, groupID, ids); err != nil {
		return nil, err
	}
	req := struct {
		GroupID               string   `json:"GroupId"`
		PermissionGroupIDList []string `json:"PermissionGroupIdList"`
	}{groupID, check.Unique(ids)}
	resp, err := restapi.Do[struct {
		PermissionGroupResultList []struct {
			batch.Status

			PermissionGroupID string `json:"PermissionGroupId"`
		}
	}](ctx, p.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	groups := make([]PermissionGroup, len(resp.PermissionGroupResultList))
	for i, row := range resp.PermissionGroupResultList {
		groups[i] = PermissionGroup{PermissionGroupID: row.PermissionGroupID, Outcome: row.Outcome(cmd)}
	}
	return permissionGroups(cmd, ids, groups), nil
}
