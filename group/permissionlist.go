package group

import (
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// mark is where a list goes on: a text in the samples, a number in a table of fields. It ends with an empty one, or 0.
type mark restapi.Cursor

func (m *mark) UnmarshalJSON(data []byte) error {
	text, err := wire.Text(data)
	if text == "0" {
		text = ""
	}
	*m = mark(text)
	return err
}

type getPermissionRequest struct {
	GroupID               string                           `json:"GroupId"`
	PermissionGroupIDList []string                         `json:"PermissionGroupIdList,omitempty"`
	Limit                 int                              `json:"Limit,omitempty"`
	Next                  restapi.Optional[restapi.Cursor] `json:"Next,omitzero"`
}

type getPermissionAnswer struct {
	PermissionGroupInfoList []struct {
		batch.Status

		PermissionGroupID   string `json:"PermissionGroupId"`
		PermissionGroupName string
		CustomString        string
		Permission          Permission
		MemberCount         int
	}
	Next mark
}

func (p Permissions) get(ctx context.Context, req getPermissionRequest) (restapi.Page[PermissionGroup], error) {
	cmd := CommandGetPermissionGroup
	resp, err := restapi.Do[getPermissionAnswer](ctx, p.caller, cmd, req)
	if err != nil {
		return restapi.Page[PermissionGroup]{}, err
	}
	page := restapi.Page[PermissionGroup]{Next: restapi.Cursor(resp.Next)}
	for _, r := range resp.PermissionGroupInfoList {
		page.Items = append(page.Items, PermissionGroup{
			r.PermissionGroupID, r.PermissionGroupName, r.CustomString, r.Permission, r.MemberCount, r.Outcome(cmd),
		})
	}
	return page, nil
}

// Get reads 1 to 20 permission groups of a community. The result has one PermissionGroup for each, in the order given:
// look at the Err of each, one that could not be read does not fail the call.
//
// Of a PermissionGroup: [restapi.CodePermissionGroupNotFound], there is no such permission group. Of the call:
// [restapi.CodeGroupNotFound], there is no such community. 200 calls a second and app. Repeated after a failure on the
// way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103969
func (p Permissions) Get(ctx context.Context, groupID string, ids []string) ([]PermissionGroup, error) {
	cmd := CommandGetPermissionGroup
	if err := permissionGroupsOf(cmd, groupID, ids); err != nil {
		return nil, err
	}
	page, err := p.get(ctx, getPermissionRequest{GroupID: groupID, PermissionGroupIDList: check.Unique(ids)})
	if err != nil {
		return nil, err
	}
	return permissionGroups(cmd, ids, page.Items), nil
}

// All goes through the permission groups of a community. An error is yielded once, as the last thing. Each page, of up
// to 20, is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103969
func (p Permissions) All(ctx context.Context, groupID string) iter.Seq2[PermissionGroup, error] {
	return batch.Pages(ctx, CommandGetPermissionGroup,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[PermissionGroup], error) {
			return p.Page(ctx, groupID, at, 0)
		})
}

// Page reads one page of the permission groups of a community, of at most limit: 0 stands for 20, the most. The Err of
// one that could not be read says why.
//
// [restapi.CodeGroupNotFound]: there is no such community. 200 calls a second and app. Repeated after a failure on the
// way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103969
func (p Permissions) Page(
	ctx context.Context, groupID string, cursor restapi.Cursor, limit int,
) (restapi.Page[PermissionGroup], error) {
	cmd := CommandGetPermissionGroup
	if err := checkGroupID(cmd, groupID); err != nil {
		return restapi.Page[PermissionGroup]{}, err
	}
	size, err := pageSize(cmd, "Limit", limit, MaxPermissionGroups)
	if err != nil {
		return restapi.Page[PermissionGroup]{}, err
	}
	return p.get(ctx, getPermissionRequest{GroupID: groupID, Limit: size, Next: restapi.Some(cursor)})
}
