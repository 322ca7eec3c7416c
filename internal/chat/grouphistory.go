package chat

import (
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// The values of IsFinished.
const (
	pageIsCut     = 0 // more was asked for than a page has
	pageIsWhole   = 1
	pageIsExpired = 2 // there is nothing left of what it would have, nor of what is before it
)

type groupHistoryMsg struct {
	FromAccount  string `json:"From_Account,omitempty"`
	IsPlaceMsg   group.PlaceMsg
	MsgBody      message.Body
	MsgPriority  int    `json:",omitempty"`
	MsgRandom    uint64 `json:",omitempty"`
	MsgSeq       uint32
	MsgTimeStamp int64 `json:",omitempty"`
}

type groupHistoryPage struct {
	GroupID    string `json:"GroupId"`
	IsFinished int
	RspMsgList []groupHistoryMsg
}

// groupMsgGetSimple reads a page of history: each number from the newest back, whether there is a message or not.
func groupMsgGetSimple(a *App, c *call, req *struct {
	GroupID         string `json:"GroupId"`
	TopicID         string `json:"TopicId"`
	ReqMsgNumber    int
	ReqMsgSeq       restapi.Optional[uint32]
	WithRecalledMsg int
},
) (any, error) {
	t, err := a.talkIn(c, req.GroupID, req.TopicID, notLive)
	switch {
	case err != nil:
		return nil, err
	case req.ReqMsgNumber <= 0:
		return nil, badGroup("ReqMsgNumber is not above 0")
	}
	page := groupHistoryPage{req.GroupID, pageIsWhole, []groupHistoryMsg{}}
	number := min(req.ReqMsgNumber, group.MaxMessages)
	l := t.log()
	seq := min(req.ReqMsgSeq.Or(l.last), l.last)
	if seq > 0 && (len(l.messages) == 0 || seq < l.first) {
		page.IsFinished = pageIsExpired
	}
	for ; seq > 0 && len(page.RspMsgList) < number; seq-- {
		row := groupHistoryMsg{IsPlaceMsg: group.PlaceGap, MsgBody: message.Body{}, MsgSeq: seq}
		if m := l.find(seq); m != nil {
			row = m.history(req.WithRecalledMsg == 1)
		}
		page.RspMsgList = append(page.RspMsgList, row)
	}
	if seq > 0 && number < req.ReqMsgNumber && page.IsFinished == pageIsWhole {
		page.IsFinished = pageIsCut
	}
	return page, nil
}

func (m *groupMsg) history(withRecalled bool) groupHistoryMsg {
	one := groupHistoryMsg{
		FromAccount: m.from, MsgBody: m.body, MsgPriority: ranks[m.priority] + 1, MsgRandom: m.random, MsgSeq: m.seq,
		MsgTimeStamp: m.time,
	}
	if m.recalled {
		one.IsPlaceMsg = group.PlaceRecalled
		if !withRecalled {
			one.MsgBody = message.Body{}
		}
	}
	return one
}
