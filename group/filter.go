package group

import (
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Filter says which fields an answer has, by their names on the wire, and of which members. An empty list asks for
// all that the command has by itself. A list that a command does not have is refused.
type Filter struct {
	GroupBaseInfoFilter             []string // of groups: "Name", "MemberNum", ...
	SelfInfoFilter                  []string // of the user who was asked about as a member: "Role", "JoinTime", ...
	MemberInfoFilter                []string // of members: "Role", "JoinTime", "NameCard", ...
	MemberRoleFilter                []Role   // members of these roles alone
	AppDefinedDataFilterGroup       []string // the custom fields of groups
	AppDefinedDataFilterGroupMember []string // the custom fields of members
}

// refuse refuses the lists of the filter that are named: those that cmd does not have.
func (f *Filter) refuse(cmd restapi.Command, names ...string) error {
	given := map[string]int{
		"GroupBaseInfoFilter":              len(f.GroupBaseInfoFilter),
		"SelfInfoFilter":                   len(f.SelfInfoFilter),
		"MemberInfoFilter":                 len(f.MemberInfoFilter),
		"MemberRoleFilter":                 len(f.MemberRoleFilter),
		"AppDefinedDataFilter_Group":       len(f.AppDefinedDataFilterGroup),
		"AppDefinedDataFilter_GroupMember": len(f.AppDefinedDataFilterGroupMember),
	}
	for _, name := range names {
		if given[name] > 0 {
			return check.Argument(cmd, name, "cannot be sent with this command")
		}
	}
	return nil
}
