package chat

import (
	"maps"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A groupStream is a message to a group that is not at its end yet.
type groupStream struct {
	in  place
	msg *groupMsg
	flow
}

type groupStreamRequest struct {
	GroupID         string                   `json:"GroupId"`
	FromAccount     restapi.Optional[string] `json:"From_Account"`
	Random          uint64
	MsgBody         content
	CloudCustomData string
}

type groupStreamSent struct {
	StreamMsgID string
	MsgSeq      uint32
}

// sendGroupStreamMsg begins a message, or adds pieces to one. Nothing is documented of its refusals and its webhooks.
func sendGroupStreamMsg(a *App, c *call, req *groupStreamRequest) (any, error) {
	t, err := a.talkIn(c, req.GroupID, "", anyKind)
	if err != nil {
		return nil, err
	}
	from := req.FromAccount.Or(c.by.UserID)
	if a.users.byID[from] == nil {
		return nil, badGroup("From_Account is not imported")
	}
	elem, err := req.MsgBody.stream()
	if err != nil {
		return nil, codesOfGroups(err)
	}
	one := a.groups.msgs.streams[elem.StreamMsgID]
	switch {
	case elem.StreamMsgID == "":
		one, elem.StreamMsgID = a.beginGroupStream(c, req, t, from, elem)
	case one == nil || one.msg.from != from || one.in.room != t.room:
		return nil, badGroup("there is no such stream, or it is at its end")
	case one.msg.recalled || one.msg.gone:
		return nil, badGroup("the message was recalled")
	default:
		if err := one.goOn(c.now, &one.msg.content, elem, req.MsgBody.size); err != nil {
			return nil, codesOfGroups(err)
		}
		a.notifyGroup(c, t, one.msg, Notice{Kind: NoticeEdited, From: from, Text: streamText(elem)})
	}
	if elem.Chunks[len(elem.Chunks)-1].IsLast {
		delete(a.groups.msgs.streams, elem.StreamMsgID)
	}
	return groupStreamSent{elem.StreamMsgID, one.msg.seq}, nil
}

// beginGroupStream sends a message that may grow.
func (a *App) beginGroupStream(
	c *call, req *groupStreamRequest, t place, from string, elem *message.StreamElem,
) (one *groupStream, id string) {
	maps.DeleteFunc(a.groups.msgs.streams, func(_ string, s *groupStream) bool { return s.isOver(c.now) })
	id = a.talks.streamID()
	r := groupSendRequest{
		GroupID: req.GroupID, FromAccount: restapi.Some(from), Random: req.Random,
		MsgBody: begun(elem, id, req.MsgBody.size), CloudCustomData: req.CloudCustomData,
		OfflinePushInfo: pushInfo{Desc: elem.CompatibleText},
	}
	s := r.compose(c)
	s.seq = t.log().next()
	m := s.groupMsg
	a.placeInGroup(c, s, t, &m)
	one = &groupStream{in: t, msg: &m, flow: flow{last: c.now}}
	put(&a.groups.msgs.streams, id, one)
	return one, id
}
