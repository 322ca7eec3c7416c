package chat

import (
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	permissionPrefix   = "@PMG#_" // of the IDs of permission groups
	maxPermissionName  = 150
	maxPermissionPage  = 20
	maxPermissionUsers = 50 // of a page
)

// A permissionGroup is some of the members of a community with the rights that they have.
type permissionGroup struct {
	name, custom string
	rights       group.Permission
	members      roster[struct{}]
	topics       roster[group.Permission] // by topic
}

// groupPermissions are the commands about permission groups. Which codes they are refused with is documented for none:
// those here are a guess, by what the table of codes says.
func groupPermissions() area {
	return groupArea([]command{
		does(group.CommandCreatePermissionGroup, createPermissionGroup),
		does(group.CommandModifyPermissionGroup, modifyPermissionGroup),
		does(group.CommandDestroyPermissionGroup, destroyPermissionGroup),
		does(group.CommandGetPermissionGroup, getPermissionGroup),
		does(group.CommandAddPermissionGroupMember, addPermissionGroupMember),
		does(group.CommandDeletePermissionGroupMember, deletePermissionGroupMember),
		does(group.CommandGetPermissionGroupMemberList, getPermissionGroupMemberList),
		does(group.CommandAddTopicPermissionGroup, addTopicPermissionGroup),
		does(group.CommandSetTopicPermissionGroup, setTopicPermissionGroup),
		does(group.CommandDeleteTopicPermissionGroup, deleteTopicPermissionGroup),
		does(group.CommandGetTopicPermissionGroup, getTopicPermissionGroup),
	}, keeps("permissiongroup", permissionLines, sortPermissionLines, loadPermission))
}

// permitted returns a community that has permission groups.
func (a *App) permitted(groupID string) (*room, error) {
	r, err := a.room(groupID, community)
	if err == nil && !r.permission {
		err = refuse(restapi.CodeGroupCommunityNotEnabled, "the community has no permission groups")
	}
	return r, err
}

// permissionRequest names a permission group of a community.
type permissionRequest struct {
	GroupID           string `json:"GroupId"`
	PermissionGroupID string `json:"PermissionGroupId"`
}

// of returns the permission group.
func (q *permissionRequest) of(a *App) (*room, *permissionGroup, error) {
	r, err := a.permitted(q.GroupID)
	if err != nil {
		return nil, nil, err
	}
	p, err := r.permissionGroup(q.PermissionGroupID, restapi.CodePermissionGroupNotFound)
	return r, p, err
}

// permissionGroup returns a permission group, or refuses with code.
func (r *room) permissionGroup(id string, code restapi.Code) (*permissionGroup, error) {
	if one := r.permissions.get(id); one != nil {
		return one.value, nil
	}
	return nil, refuse(code, "there is no such permission group")
}

// rightsOf are those of a member in the community, by all permission groups.
func (r *room) rightsOf(userID string) group.Permission {
	rights := r.rights
	for _, one := range r.permissions.all {
		if one.value.members.has(userID) {
			rights |= one.value.rights
		}
	}
	return rights
}

// unpermit takes a member who has left out of all permission groups.
func (r *room) unpermit(userID string) {
	for _, one := range r.permissions.all {
		one.value.members.remove(userID)
	}
}

// checkPermissionGroup refuses texts that a permission group cannot have.
func checkPermissionGroup(name, custom string, s *state) error {
	switch {
	case name == "":
		return badGroup("PermissionGroupName is empty")
	case len(name) > maxPermissionName || len(custom) > maxCustomString:
		return badGroup("PermissionGroupName is over 150 bytes, or CustomString over 3000")
	case s.forbids(name) || s.forbids(custom):
		return refuse(restapi.CodeSensitiveText, "the text contains a forbidden word")
	}
	return nil
}

func createPermissionGroup(a *App, _ *call, req *struct {
	permissionRequest

	PermissionGroupName string
	Permission          group.Permission
	CustomString        string
},
) (any, error) {
	r, err := a.permitted(req.GroupID)
	if err != nil {
		return nil, err
	}
	id := req.PermissionGroupID
	switch {
	case id != "" && !isPermissionID(id):
		return nil, badGroup("PermissionGroupId does not begin with " + permissionPrefix)
	case id != "" && r.permissions.has(id):
		return nil, refuse(restapi.CodeGroupIDTakenByOwner, "there is a permission group with that ID")
	}
	if err := checkPermissionGroup(req.PermissionGroupName, req.CustomString, &a.state); err != nil {
		return nil, err
	}
	if id == "" {
		id = newID(&r.permissions, func(n uint64) string { return permissionPrefix + "@PMG#c" + strconv.FormatUint(n, 10) })
	}
	r.permissions.add(id, &permissionGroup{
		name: req.PermissionGroupName, custom: req.CustomString, rights: req.Permission,
	})
	return struct {
		PermissionGroupID string `json:"PermissionGroupId"`
	}{id}, nil
}

func isPermissionID(id string) bool {
	return strings.HasPrefix(id, permissionPrefix) && len(id) > len(permissionPrefix)
}

func modifyPermissionGroup(a *App, _ *call, req *struct {
	permissionRequest

	PermissionGroupName restapi.Optional[string]
	Permission          restapi.Optional[group.Permission]
	CustomString        restapi.Optional[string]
},
) (any, error) {
	_, p, err := req.of(a)
	if err != nil {
		return nil, err
	}
	name, custom := req.PermissionGroupName.Or(p.name), req.CustomString.Or(p.custom)
	if err := checkPermissionGroup(name, custom, &a.state); err != nil {
		return nil, err
	}
	p.name, p.custom, p.rights = name, custom, req.Permission.Or(p.rights)
	return nil, nil
}

// permissionItem is a permission group in an answer.
type permissionItem struct {
	itemStatus

	PermissionGroupID string `json:"PermissionGroupId"`
}

func destroyPermissionGroup(a *App, _ *call, req *struct {
	GroupID               string   `json:"GroupId"`
	PermissionGroupIDList []string `json:"PermissionGroupIdList"`
},
) (any, error) {
	r, err := a.permitted(req.GroupID)
	if err != nil {
		return nil, err
	}
	if err := checkItems("permission groups", len(req.PermissionGroupIDList), group.MaxPermissionGroups); err != nil {
		return nil, err
	}
	var answer struct{ PermissionGroupResultList []permissionItem }
	for _, id := range req.PermissionGroupIDList {
		_, err := r.permissionGroup(id, restapi.CodePermissionGroupDeleted)
		r.permissions.remove(id)
		answer.PermissionGroupResultList = append(answer.PermissionGroupResultList, permissionItem{itemOf(err), id})
	}
	return answer, nil
}

// permissionInfo is a permission group as it is read.
type permissionInfo struct {
	permissionItem

	PermissionGroupName string
	CustomString        string
	Permission          group.Permission
	MemberCount         int
}

func (r *room) permissionInfo(id string) permissionInfo {
	p, err := r.permissionGroup(id, restapi.CodePermissionGroupNotFound)
	if err != nil {
		return permissionInfo{permissionItem: permissionItem{itemOf(err), id}}
	}
	return permissionInfo{permissionItem{PermissionGroupID: id}, p.name, p.custom, p.rights, p.members.len()}
}

func getPermissionGroup(a *App, _ *call, req *struct {
	GroupID               string   `json:"GroupId"`
	PermissionGroupIDList []string `json:"PermissionGroupIdList"`
	Limit                 int
	Next                  string
},
) (any, error) {
	r, err := a.permitted(req.GroupID)
	if err != nil {
		return nil, err
	}
	ids, next := req.PermissionGroupIDList, ""
	switch {
	case len(ids) > group.MaxPermissionGroups:
		return nil, badGroup("there are over 20 permission groups")
	case len(ids) == 0:
		if ids, next, err = pageAfter(&r.permissions, req.Next, req.Limit, maxPermissionPage); err != nil {
			return nil, err
		}
	}
	answer := struct {
		PermissionGroupInfoList []permissionInfo
		Next                    string
	}{[]permissionInfo{}, next}
	for _, id := range ids {
		answer.PermissionGroupInfoList = append(answer.PermissionGroupInfoList, r.permissionInfo(id))
	}
	return answer, nil
}

// pageAfter returns the IDs of a page, and the mark of the page after it: those who come and go move nothing.
func pageAfter[T any](r *roster[T], mark string, limit, most int) (ids []string, next string, err error) {
	var last uint64
	if mark != "" {
		if last, err = strconv.ParseUint(mark, 10, 64); err != nil {
			return nil, "", badGroup("Next is not one of an answer")
		}
	}
	switch {
	case limit < 0 || limit > most:
		return nil, "", badGroup("Limit is not 1 to " + strconv.Itoa(most))
	case limit == 0:
		limit = most
	}
	rest := r.all[r.after(last):]
	page := rest[:min(limit, len(rest))]
	for _, one := range page {
		ids = append(ids, one.userID)
	}
	if len(page) < len(rest) {
		next = strconv.FormatUint(page[len(page)-1].number, 10)
	}
	return ids, next, nil
}
