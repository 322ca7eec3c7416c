package chat

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func adminSetMsgRead(a *App, c *call, req *struct {
	ReportAccount string `json:"Report_Account"`
	PeerAccount   string `json:"Peer_Account"`
	MsgReadTime   json.RawMessage
},
) (any, error) {
	until := c.now.Unix()
	if text := strings.Trim(string(req.MsgReadTime), `"`); text != "" {
		var err error
		if until, err = strconv.ParseInt(text, 10, 64); err != nil {
			return nil, refuse(restapi.CodeMessageInvalidJSON, "MsgReadTime is not a time in seconds")
		}
	}
	if _, err := a.refuseUnknown(req.ReportAccount, restapi.CodeMessageInvalidFromAccount); err != nil {
		return nil, err
	}
	if _, err := a.refuseUnknown(req.PeerAccount, restapi.CodeMessageInvalidToAccount); err != nil {
		return nil, err
	}
	a.markRead(c, req.ReportAccount, req.PeerAccount, until)
	return nil, nil
}

// markRead takes note that a user has read what another has sent until a moment, and tells the backend and the other.
func (a *App) markRead(c *call, userID, peer string, until int64) {
	a.talks.expire(c.now.Unix())
	t := a.talks.with(userID, peer)
	end := t.ends[t.pair.side(userID)]
	t.read(end, until)
	end.readAt = max(end.readAt, until)
	c.after(t.lane, &callback.C2CAfterMsgReport{
		ReportAccount: userID, PeerAccount: peer, LastReadTime: callback.UnixTime(until),
		UnreadMsgNum: restapi.Some(end.owner.unread), EventTime: callback.EventTimeOf(c.now),
	})
	if peer != userID {
		c.notify(peer, Notice{Kind: NoticeRead, From: userID})
	}
}

// read makes what was sent until a moment read, for one side.
func (t *talk) read(end *contact, until int64) {
	for at := t.after(msgKey{seq: math.MaxUint64, time: until}) - 1; at >= 0 && end.unread > 0; at-- {
		if m := t.log[at]; m.unread && m.talk.ends[1-m.from] == end {
			m.read()
		}
	}
}

func c2cMsgReadReceipt(a *App, c *call, req *struct {
	OperatorAccount string `json:"Operator_Account"`
	PeerAccount     string `json:"Peer_Account"`
	C2CMsgInfo      []namedMsg
},
) (any, error) {
	for _, userID := range []string{req.OperatorAccount, req.PeerAccount} {
		if _, err := a.refuseUnknown(userID, restapi.CodeMessageInvalidFormat); err != nil {
			return nil, err
		}
	}
	var all []*msg
	for _, info := range req.C2CMsgInfo {
		if info.FromAccount != req.PeerAccount || info.ToAccount != req.OperatorAccount {
			return nil, refuse(restapi.CodeMessageInvalidFormat, "a message is not one from Peer_Account to Operator_Account")
		}
		m := a.message(c, info)
		if m == nil {
			return nil, refuse(restapi.CodeMessageNotFound, "there is no such message")
		}
		all = append(all, m)
	}
	a.sendReceipts(c, req.OperatorAccount, req.PeerAccount, all)
	return nil, nil
}

// sendReceipts sends receipts for messages, where the sender has asked for one.
func (a *App) sendReceipts(c *call, userID, peer string, all []*msg) {
	e := callback.C2CAfterMsgReadReceipt{
		OperatorAccount: userID, PeerAccount: peer, EventTime: callback.EventTimeOf(c.now),
	}
	for _, m := range all {
		if !m.asked || m.receipt {
			continue
		}
		m.receipt = true
		shown := m.shown()
		e.C2CMsgInfo = append(e.C2CMsgInfo, callback.C2CMsgInfo{
			FromAccount: shown.From, ToAccount: shown.To, MsgKey: shown.MsgKey, MsgID: shown.MsgID,
		})
		c.notify(peer, Notice{Kind: NoticeRead, From: userID, Message: shown})
	}
	if len(e.C2CMsgInfo) > 0 {
		c.after(a.talks.with(userID, peer).lane, &e)
	}
}

type unreadNum struct {
	PeerAccount     string `json:"Peer_Account"`
	C2CUnreadMsgNum int
}

type unreadFailure struct {
	PeerAccount string `json:"Peer_Account"`
	ErrorCode   restapi.Code
}

func getC2CUnreadMsgNum(a *App, c *call, req *struct {
	ToAccount   string   `json:"To_Account"`
	PeerAccount []string `json:"Peer_Account"`
},
) (any, error) {
	if len(req.PeerAccount) > message.MaxUnread {
		return nil, refuse(restapi.CodeMessageInvalidJSON, "Peer_Account has over 10 accounts")
	}
	if _, err := a.refuseUnknown(req.ToAccount, restapi.CodeMessageInvalidFromAccount); err != nil {
		return nil, err
	}
	a.talks.expire(c.now.Unix())
	own := a.talks.of(req.ToAccount)
	if len(req.PeerAccount) == 0 {
		return struct{ AllC2CUnreadMsgNum int }{own.unread}, nil
	}
	result := struct {
		C2CUnreadMsgNumList []unreadNum
		ErrorList           []unreadFailure `json:",omitempty"`
	}{C2CUnreadMsgNumList: []unreadNum{}}
	for _, peer := range req.PeerAccount {
		if a.users.byID[peer] == nil {
			result.ErrorList = append(result.ErrorList, unreadFailure{peer, restapi.CodeAccountNotFound})
			continue
		}
		one := unreadNum{PeerAccount: peer}
		if c := own.byID[conversation.C2C(peer)]; c != nil {
			one.C2CUnreadMsgNum = c.unread
		}
		result.C2CUnreadMsgNumList = append(result.C2CUnreadMsgNumList, one)
	}
	return result, nil
}
