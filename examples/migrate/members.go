package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// member is a member of a group.
type member struct {
	GroupID              string `json:"GroupId"`
	MemberAccount        string `json:"Member_Account"`
	Role                 group.Role
	JoinTime             int64
	MsgSeq               uint32 // of the message that was read last
	UnreadMsgNum         int    // in place of that
	MsgFlag              group.MsgFlag
	NameCard             string
	AppMemberDefinedData group.CustomFields
}

func (m *member) key() string { return m.GroupID }
func (m *member) id() string  { return m.GroupID + "\x00" + m.MemberAccount }

// check also works out how many messages are unread: the service gives them other numbers.
func (m *member) check(c *checker, l *line) error {
	if err := c.user(l, "Member_Account", m.MemberAccount); err != nil {
		return err
	}
	in, err := c.in(l, "GroupId", m.GroupID)
	switch {
	case err != nil:
		return err
	case m.JoinTime != 0 && m.JoinTime < in.created:
		return errors.New("JoinTime is before the CreateTime of the group")
	}
	if _, ok := l.fields["UnreadMsgNum"]; !ok {
		m.UnreadMsgNum = in.above(m.MsgSeq) - c.own[m.id()]
		l.set("UnreadMsgNum", m.UnreadMsgNum)
	}
	if change, some := m.change(); some {
		return refusal(c.sdk.groups.Members.Modify(context.Background(), m.GroupID, m.MemberAccount, change))
	}
	return nil
}

// countOwn counts what members have sent after the message that they have read last: nobody's own messages are unread.
func (m *migration) countOwn(ctx context.Context) {
	read := make(map[string]uint32)
	for l := range m.lines(ctx, steps["groupmember"]) {
		if one := l.item.(*member); one.UnreadMsgNum == 0 {
			read[one.id()] = one.MsgSeq
		}
	}
	m.index.own = make(map[string]int)
	for l := range m.lines(ctx, steps["groupmessage"]) {
		one := l.item.(*groupMessage)
		id := one.chat() + "\x00" + one.FromAccount
		if seq, ok := read[id]; ok && one.MsgSeq > seq && one.left() == "" {
			m.index.own[id]++
		}
	}
}

// change is what of a member an import of members does not take.
func (m *member) change() (change group.MemberChange, some bool) {
	change.MsgFlag, change.AppMemberDefinedData = m.MsgFlag, m.AppMemberDefinedData
	if m.NameCard != "" {
		change.NameCard = restapi.Some(m.NameCard)
	}
	return change, m.MsgFlag != "" || m.NameCard != "" || len(m.AppMemberDefinedData) > 0
}

// importMembers imports members of one group, and sets what else they have.
func importMembers(ctx context.Context, s *service, lines []*line) []error {
	members := itemsOf[*member](lines)
	list := make([]group.ImportMember, len(members))
	for i, m := range members {
		list[i] = group.ImportMember{MemberAccount: m.MemberAccount, Role: m.Role, UnreadMsgNum: m.UnreadMsgNum}
		if m.JoinTime != 0 {
			list[i].JoinTime = time.Unix(m.JoinTime, 0)
		}
	}
	results, err := s.groups.Import.Members(ctx, members[0].GroupID, list)
	errs := outcomes(len(lines), results, err)
	for i, m := range members {
		if errs[i] == nil && results[i].Result == group.AlreadyMember { // as the owner always is
			errs[i] = s.groups.Import.UnreadMsgNum(ctx, m.GroupID, m.MemberAccount, m.UnreadMsgNum)
		}
		if change, some := m.change(); errs[i] == nil && some {
			errs[i] = s.groups.Members.Modify(ctx, m.GroupID, m.MemberAccount, change)
		}
	}
	return errs
}

func compareMembers(ctx context.Context, s *service, lines []*line) []error {
	members := itemsOf[*member](lines)
	userIDs := make([]string, len(members))
	for i, m := range members {
		userIDs[i] = m.MemberAccount
	}
	results, err := s.groups.Members.Roles(ctx, members[0].GroupID, userIDs)
	errs := outcomes(len(lines), results, err)
	for i, m := range members {
		if errs[i] != nil {
			continue
		}
		switch role := results[i].Role; {
		case role == group.RoleNotMember:
			errs[i] = errAbsent
		case role != group.RoleOwner && (role == group.RoleAdmin) != (m.Role == group.RoleAdmin):
			errs[i] = fmt.Errorf("is a member as %s", role)
		}
	}
	return errs
}
