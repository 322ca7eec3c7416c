package chat

import (
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// memberRef names a member.
type memberRef struct {
	MemberAccount string `json:"Member_Account"`
}

type permissionMembers struct {
	permissionRequest

	MemberList []memberRef
}

func (q *permissionMembers) of(a *App) (*room, *permissionGroup, error) {
	r, p, err := q.permissionRequest.of(a)
	if err != nil {
		return nil, nil, err
	}
	return r, p, checkItems("members", len(q.MemberList), group.MaxPermissionMembers)
}

func addPermissionGroupMember(a *App, _ *call, req *permissionMembers) (any, error) {
	r, p, err := req.of(a)
	if err != nil {
		return nil, err
	}
	type result struct {
		memberRef

		Result restapi.Code
	}
	var answer struct{ MemberList []result }
	for _, m := range req.MemberList {
		code := restapi.Code(0)
		switch most := a.set.MaxPermissionMembers; {
		case p.members.has(m.MemberAccount):
			code = restapi.CodeGroupAlreadyMember
		case !r.members.has(m.MemberAccount):
			code = restapi.CodeGroupInvalidParameter
		case most > 0 && p.members.len() >= most:
			code = restapi.CodePermissionMemberLimit
		default:
			p.members.add(m.MemberAccount, struct{}{})
		}
		answer.MemberList = append(answer.MemberList, result{m, code})
	}
	return answer, nil
}

// deletePermissionGroupMember says nothing of the single members, as the documented answer does.
func deletePermissionGroupMember(a *App, _ *call, req *permissionMembers) (any, error) {
	_, p, err := req.of(a)
	if err != nil {
		return nil, err
	}
	for _, m := range req.MemberList {
		p.members.remove(m.MemberAccount)
	}
	return nil, nil
}

func getPermissionGroupMemberList(a *App, _ *call, req *struct {
	permissionRequest

	Limit int
	Next  string
},
) (any, error) {
	_, p, err := req.of(a)
	if err != nil {
		return nil, err
	}
	ids, next, err := pageAfter(&p.members, req.Next, req.Limit, maxPermissionUsers)
	if err != nil {
		return nil, err
	}
	answer := struct {
		MemberList []memberRef
		Next       string
	}{[]memberRef{}, next}
	for _, id := range ids {
		answer.MemberList = append(answer.MemberList, memberRef{id})
	}
	return answer, nil
}
