package chat

import (
	"github.com/go-tencentchat/tencentchat/group"
)

// groupCursor is added to the cursors of the list of all groups: those of the service need more than 32 bits too.
const groupCursor = 1 << 62

type groupName struct {
	GroupID string `json:"GroupId"`
}

// getAppidGroupList reads the IDs of all groups in the order in which they were made. A cursor is the place of the last
// one on the page, and right whatever comes or goes.
func getAppidGroupList(a *App, _ *call, req *struct {
	Limit     int
	Next      uint64
	GroupType group.Type
},
) (any, error) {
	of := anyKind
	if req.GroupType != "" {
		of = kindOf(req.GroupType) // BChatRoom is none of ours: there is none
	}
	if req.Limit < 0 || req.Limit > group.MaxIDPage || req.Next != 0 && req.Next < groupCursor {
		return nil, badGroup("Limit is over 10000, or Next is not that of an answer")
	}
	answer := struct {
		TotalCount  int
		GroupIDList []groupName `json:"GroupIdList"`
		Next        uint64
	}{GroupIDList: []groupName{}}
	for _, one := range a.groups.all.all {
		answer.TotalCount += bit(one.value.kind&of != 0)
	}
	if req.Limit == 0 {
		req.Limit = group.MaxIDPage
	}
	last := uint64(0)
	for _, one := range a.groups.all.all[a.groups.all.after(max(req.Next, groupCursor)-groupCursor):] {
		if one.value.kind&of == 0 {
			continue
		}
		if len(answer.GroupIDList) == req.Limit {
			answer.Next = groupCursor + last
			break
		}
		answer.GroupIDList = append(answer.GroupIDList, groupName{one.value.id})
		last = one.number
	}
	return answer, nil
}

type joinedRequest struct {
	MemberAccount      string `json:"Member_Account"`
	WithHugeGroups     int
	WithNoActiveGroups int
	Limit, Offset      int
	GroupType          group.Type
	SupportTopic       int
	ResponseFilter     struct{ GroupBaseInfoFilter, SelfInfoFilter []string }
}

// has says whether a group is on the list. One with topics is on a list of its own.
func (q *joinedRequest) has(r *room) bool {
	switch {
	case r.kind == live && q.WithHugeGroups != 1, r.hasTopics != (q.SupportTopic == 1),
		r.kind == work && r.log.last == 0 && q.WithNoActiveGroups != 1:
		return false
	}
	return q.GroupType == "" || kindOf(q.GroupType) == r.kind
}

type joinedInfo struct {
	roomInfo

	SupportTopic         int       `json:",omitempty"`
	GrossTopicNextMsgSeq uint32    `json:",omitempty"`
	SelfInfo             *selfInfo `json:",omitempty"`
}

type selfInfo struct {
	Role              *group.Role    `json:",omitempty"`
	JoinTime          *int64         `json:",omitempty"`
	MsgFlag           *group.MsgFlag `json:",omitempty"`
	MsgSeq            *uint32        `json:",omitempty"`
	GrossTopicReadSeq *uint32        `json:",omitempty"`
}

func getJoinedGroupList(a *App, _ *call, req *joinedRequest) (any, error) {
	switch {
	case a.users.byID[req.MemberAccount] == nil:
		return nil, badGroup("Member_Account is not imported") // which code is a guess
	case req.Limit < 0 || req.Offset < 0:
		return nil, badGroup("Limit or Offset is below 0")
	case req.Limit == 0 || req.Limit > group.MaxJoinedPage:
		req.Limit = group.MaxJoinedPage
	}
	answer := struct {
		TotalCount  int
		GroupIDList []joinedInfo `json:"GroupIdList"`
	}{GroupIDList: []joinedInfo{}}
	size := 0
	for _, one := range a.groups.of(req.MemberAccount) {
		r := one.value
		if !req.has(r) {
			continue
		}
		if at := answer.TotalCount - req.Offset; at >= 0 && at < req.Limit {
			answer.GroupIDList = append(answer.GroupIDList, r.joinedInfo(a, req))
			size += sizeOf(&answer.GroupIDList[at].roomInfo)
		}
		answer.TotalCount++
	}
	return answer, refuseLarge(size)
}

func (r *room) joinedInfo(a *App, req *joinedRequest) (i joinedInfo) {
	i.GroupID = r.id
	base, self := req.ResponseFilter.GroupBaseInfoFilter, req.ResponseFilter.SelfInfoFilter
	if len(base) > 0 {
		i.roomInfo = r.info(a, base, nil)
		i.AppDefinedData = nil
	}
	m := r.members.get(req.MemberAccount).value
	if len(self) > 0 {
		i.SelfInfo = new(selfInfo)
		show(&i.SelfInfo.Role, self, "Role", r.role(m.userID))
		show(&i.SelfInfo.JoinTime, self, "JoinTime", m.joined)
		show(&i.SelfInfo.MsgFlag, self, "MsgFlag", m.flag)
		show(&i.SelfInfo.MsgSeq, self, "MsgSeq", m.read)
	}
	if r.hasTopics {
		if i.SelfInfo == nil {
			i.SelfInfo = new(selfInfo)
		}
		i.Type, i.SupportTopic, i.GrossTopicNextMsgSeq = r.kind.older(), 1, 1
		read := uint32(0)
		for _, t := range r.topics.all {
			i.GrossTopicNextMsgSeq += t.value.log.last // what it counts is a guess
			read += m.topics[t.userID]
		}
		i.SelfInfo.GrossTopicReadSeq = &read
	}
	return i
}

// Groups returns the groups that the device's user is in, in the order in which the user joined.
func (d *Device) Groups() []string {
	defer d.look()()
	joined := d.app.groups.of(d.by.UserID)
	ids := make([]string, len(joined))
	for i, one := range joined {
		ids[i] = one.value.id
	}
	return ids
}
