package group

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A JoinOption says how users come into a group. Words newer than this package are kept as they are.
type JoinOption string

// The documented options.
const (
	FreeAccess     JoinOption = "FreeAccess"     // at once
	NeedPermission JoinOption = "NeedPermission" // when the owner or an admin agrees
	DisableApply   JoinOption = "DisableApply"   // not by asking: of ApplyJoinOption alone
	DisableInvite  JoinOption = "DisableInvite"  // not by invitation of a client: of InviteJoinOption alone
)

// maxGroupID is how long an ID of the app's own choosing can be, in bytes.
const maxGroupID = 48

// A Group is a group that is to be made, by [Client.Create] or [Import.Group]. What one of them does not have it
// refuses. Texts are limited in bytes of UTF-8.
type Group struct {
	// GroupID is one of the app's own choosing: 1 to 48 printable characters of ASCII, and not "@TGS#" at its beginning,
	// save for a Community, whose ID begins with "@TGS#_". Empty: the service makes one up.
	GroupID      string
	Type         Type
	Name         string // 1 to 30 bytes
	OwnerAccount string // becomes a member; empty: the group has no owner
	Introduction string // at most 240 bytes
	Notification string // its notice, at most 300 bytes
	FaceURL      string // the address of its picture, at most 100 bytes
	// MaxMemberCount is how many members the group can have, up to what the plan allows: 0 is as many as that.
	MaxMemberCount int
	// ApplyJoinOption is what becomes of those who ask to join. Empty: NeedPermission, where the type takes such requests.
	ApplyJoinOption JoinOption
	// InviteJoinOption is what becomes of those who are invited. Create alone has it, and not for an AVChatRoom.
	InviteJoinOption JoinOption
	// AppDefinedData are the custom fields, with values of at most 512 bytes.
	AppDefinedData CustomFields
	SupportTopic   bool // a Community with topics, which is for good
	// EnablePermission has permission groups say what members of a Community with topics may do, and DefaultPermission
	// what each of them may. Create alone has both. They are seen in client libraries only.
	EnablePermission  bool
	DefaultPermission Permission
	// MemberList are the first members, at most 100. Create alone has it, and not for an AVChatRoom.
	MemberList []NewMember
	// CreateTime is when the group was made. Import.Group alone has it: the zero Time is now.
	CreateTime time.Time
}

// A NewMember is a first member of a group.
type NewMember struct {
	MemberAccount string
	Role          Role // [RoleAdmin], or empty for a member
	// AppMemberDefinedData are the custom fields, with values of at most 64 bytes.
	AppMemberDefinedData CustomFields
}

// groupRequest is what both commands that make a group have.
type groupRequest struct {
	OwnerAccount    string       `json:"Owner_Account,omitempty"`
	Type            Type         `json:"Type"`
	GroupID         string       `json:"GroupId,omitempty"`
	Name            string       `json:"Name"`
	Introduction    string       `json:"Introduction,omitempty"`
	Notification    string       `json:"Notification,omitempty"`
	FaceURL         string       `json:"FaceUrl,omitempty"`
	MaxMemberCount  int          `json:"MaxMemberCount,omitempty"`
	ApplyJoinOption JoinOption   `json:"ApplyJoinOption,omitempty"`
	AppDefinedData  CustomFields `json:"AppDefinedData,omitempty"`
	SupportTopic    message.Flag `json:"SupportTopic,omitempty"`
}

// request returns of the group what both commands have, or refuses it.
func (g *Group) request(cmd restapi.Command) (groupRequest, error) {
	texts := texts{"Name", g.Name, g.Introduction, g.Notification, g.FaceURL}
	return groupRequest{
		g.OwnerAccount, g.Type.older(), g.GroupID, g.Name, g.Introduction, g.Notification, g.FaceURL,
		g.MaxMemberCount, g.ApplyJoinOption, g.AppDefinedData, message.Flag(g.SupportTopic),
	}, cmp.Or(g.checkType(cmd), g.checkID(cmd), texts.check(cmd), g.checkRest(cmd))
}

// checkType refuses a group without a type or a name, and what is not of its type.
func (g *Group) checkType(cmd restapi.Command) error {
	switch {
	case g.Type == "":
		return check.Argument(cmd, "Type", "is empty")
	case g.Name == "":
		return check.Argument(cmd, "Name", "is empty")
	case g.SupportTopic && !g.Type.Is(Community):
		return check.Argument(cmd, "SupportTopic", "is for a Community alone")
	case g.EnablePermission && !g.Type.Is(Community):
		return check.Argument(cmd, "EnablePermission", "is for a Community alone")
	case g.DefaultPermission != 0 && !g.Type.Is(Community):
		return check.Argument(cmd, "DefaultPermission", "is for a Community alone")
	case g.InviteJoinOption != "" && g.Type.Is(AVChatRoom):
		return check.Argument(cmd, "InviteJoinOption", "is not for an AVChatRoom")
	case len(g.MemberList) > 0 && g.Type.Is(AVChatRoom):
		return check.Argument(cmd, "MemberList", "is not for an AVChatRoom")
	}
	return nil
}

// checkID refuses an ID that an app cannot choose.
func (g *Group) checkID(cmd restapi.Command) error {
	if g.GroupID == "" {
		return nil
	}
	if err := check.Account(cmd, "GroupId", g.GroupID, maxGroupID); err != nil {
		return err
	}
	switch {
	case strings.ContainsFunc(g.GroupID, func(c rune) bool { return c < 0x20 || c > 0x7e }):
		return check.Argument(cmd, "GroupId", "holds a character that is not printable ASCII")
	case g.Type.Is(Community) && !strings.HasPrefix(g.GroupID, communityPrefix):
		return check.Argument(cmd, "GroupId", "does not begin with %q, as that of a Community does", communityPrefix)
	case g.Type.Is(Community) && strings.Contains(g.GroupID, topicMark):
		return check.Argument(cmd, "GroupId", "holds %q, as that of a topic does", topicMark)
	case !g.Type.Is(Community) && strings.HasPrefix(g.GroupID, serverPrefix):
		return check.Argument(cmd, "GroupId", "begins with %q, as those that the service makes up do", serverPrefix)
	}
	return nil
}

func (g *Group) checkRest(cmd restapi.Command) error {
	if g.OwnerAccount != "" {
		if err := check.UserID(cmd, "Owner_Account", g.OwnerAccount); err != nil {
			return err
		}
	}
	if g.MaxMemberCount < 0 {
		return check.Argument(cmd, "MaxMemberCount", "is %d, must not be negative", g.MaxMemberCount)
	}
	return g.AppDefinedData.check(cmd, "AppDefinedData", maxGroupValue)
}

type newMember struct {
	MemberAccount        string       `json:"Member_Account"`
	Role                 Role         `json:"Role,omitempty"`
	AppMemberDefinedData CustomFields `json:"AppMemberDefinedData,omitempty"`
}

// newMembers returns the first members of the group, each named once, or refuses them.
func (g *Group) newMembers(cmd restapi.Command) ([]newMember, error) {
	if len(g.MemberList) > MaxNewMembers {
		return nil, check.Count(cmd, "MemberList", len(g.MemberList), MaxNewMembers)
	}
	var list []newMember
	named := make(map[string]bool, len(g.MemberList))
	for i, m := range g.MemberList {
		at := "MemberList[" + strconv.Itoa(i) + "]."
		if err := checkNewMember(cmd, at, m.MemberAccount, m.Role, named); err != nil {
			return nil, err
		}
		if err := m.AppMemberDefinedData.check(cmd, at+"AppMemberDefinedData", maxMemberValue); err != nil {
			return nil, err
		}
		list = append(list, newMember(m))
	}
	return list, nil
}

// checkNewMember refuses a member that cannot be, one that was named before, and a role that cannot be given.
func checkNewMember(cmd restapi.Command, at, userID string, role Role, named map[string]bool) error {
	if err := check.UserID(cmd, at+"Member_Account", userID); err != nil {
		return err
	}
	switch {
	case named[userID]:
		return check.Argument(cmd, at+"Member_Account", "is named twice")
	case role != "" && role != RoleAdmin:
		return check.Argument(cmd, at+"Role", "is %q, not %q or empty", role, RoleAdmin)
	}
	named[userID] = true
	return nil
}
