package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// namedGroupMsg is what commands say that are about one message of a group, or of a topic.
type namedGroupMsg struct {
	GroupID string `json:"GroupId"`
	TopicID string `json:"TopicId"`
	MsgSeq  uint32
}

// groupMsg returns the message that a command names.
func (a *App) groupMsg(c *call, n namedGroupMsg, missing restapi.Code) (place, *groupMsg, error) {
	t, err := a.talkIn(c, n.GroupID, n.TopicID, notLive)
	if err != nil {
		return t, nil, err
	}
	m := t.log().find(n.MsgSeq)
	if m == nil {
		return t, nil, refuse(missing, "there is no such message")
	}
	return t, m, nil
}

// modifyGroupMsg changes a message. What it answers where there is none is not documented.
func modifyGroupMsg(a *App, c *call, req *struct {
	namedGroupMsg
	edit
},
) (any, error) {
	if err := req.check(c); err != nil {
		return nil, err
	}
	t, m, err := a.groupMsg(c, req.namedGroupMsg, restapi.CodeGroupMessageNotFound)
	if err != nil {
		return nil, err
	}
	a.modifyInGroup(c, t, m, req.edit)
	return modified{}, nil
}

// modifyInGroup changes a message for all members.
func (a *App) modifyInGroup(c *call, t place, m *groupMsg, e edit) {
	m.content = e.MsgBody.Or(m.content)
	m.cloud = e.CloudCustomData.Or(m.cloud)
	c.after(t.lane, &callback.GroupAfterModifyMsg{
		OperatorAccount: c.by.UserID, GroupID: t.id, TopicID: t.topicID(), MsgSeq: m.seq, MsgBody: m.body,
		EventTime: callback.EventTimeOf(c.now),
	})
	a.notifyGroup(c, t, m, Notice{Kind: NoticeEdited, From: c.by.UserID, Text: m.body.Text()})
}

type groupMsgSeq struct{ MsgSeq uint32 }

type recallResult struct {
	MsgSeq  uint32
	RetCode restapi.Code
}

func groupMsgRecall(a *App, c *call, req *struct {
	GroupID    string `json:"GroupId"`
	TopicID    string `json:"TopicId"`
	MsgSeqList []groupMsgSeq
	Reason     string
},
) (any, error) {
	t, err := a.talkIn(c, req.GroupID, req.TopicID, anyKind)
	switch n := len(req.MsgSeqList); {
	case err != nil:
		return nil, err
	case t.kind == live:
		return nil, refuse(restapi.CodeGroupTypeRecallUnsupported, "an AVChatRoom takes nothing back")
	case slices.Contains(a.set.Off, FeatureGroupRecall):
		return nil, refuse(restapi.CodeGroupRecallDisabled, "taking messages back is switched off")
	case n == 0 || n > group.MaxRecall:
		return nil, badGroup("MsgSeqList has no messages, or over 10")
	case len(req.Reason) > maxRecallReason:
		return nil, badGroup("Reason is over 100 bytes")
	}
	var result struct{ RecallRetList []recallResult }
	var recalled []*groupMsg
	for _, one := range req.MsgSeqList {
		m := t.log().find(one.MsgSeq)
		if m == nil || m.recalled {
			result.RecallRetList = append(result.RecallRetList, recallResult{one.MsgSeq, restapi.CodeGroupMessageNotFound})
			continue
		}
		m.recalled = true
		t.log().silence(m)
		recalled = append(recalled, m)
		result.RecallRetList = append(result.RecallRetList, recallResult{MsgSeq: one.MsgSeq})
	}
	a.tellRecalled(c, t, recalled)
	return result, nil
}

// maxRecallReason is how long the reason of a recall may be, in bytes.
const maxRecallReason = 100

// tellRecalled tells the backend and the members that messages were taken back.
func (a *App) tellRecalled(c *call, t place, all []*groupMsg) {
	if len(all) == 0 {
		return
	}
	e := &callback.GroupAfterRecallMsg{
		OperatorAccount: c.by.UserID, Type: t.kind.newer(), GroupID: t.id, TopicID: t.topicID(),
		EventTime: callback.EventTimeOf(c.now),
	}
	for _, m := range all {
		e.MsgSeqList = append(e.MsgSeqList, callback.GroupMsgSeq{MsgSeq: m.seq})
		a.notifyGroup(c, t, m, Notice{Kind: NoticeRecalled, From: c.by.UserID})
	}
	c.after(t.lane, e)
}

// lookBack is how many of the last messages delete_group_msg_by_sender looks at.
const lookBack = 1000

func deleteGroupMsgBySender(a *App, c *call, req *struct {
	GroupID       string `json:"GroupId"`
	TopicID       string `json:"TopicId"`
	SenderAccount string `json:"Sender_Account"`
},
) (any, error) {
	t, err := a.talkIn(c, req.GroupID, req.TopicID, anyKind)
	if err != nil {
		return nil, err
	}
	last := t.log().messages
	last = last[max(0, len(last)-lookBack):]
	var gone []*groupMsg
	for _, m := range last {
		if m != nil && m.from == req.SenderAccount {
			gone = append(gone, m)
		}
	}
	for _, m := range gone {
		a.groups.msgs.remove(m)
	}
	return nil, nil
}

func clearGroupMsg(a *App, c *call, req *struct {
	GroupID string `json:"GroupId"`
	MsgSeq  restapi.Optional[uint32]
},
) (any, error) {
	t, err := a.talkIn(c, req.GroupID, "", anyKind&^community)
	if err != nil {
		return nil, err
	}
	upTo, some := req.MsgSeq.Get()
	switch {
	case some && upTo == 0:
		return nil, badGroup("MsgSeq is 0")
	case !some || upTo > t.log().last:
		upTo = t.log().last
	}
	l := t.log()
	l.cleared = max(t.log().cleared, upTo)
	return nil, nil
}
