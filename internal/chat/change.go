package chat

import (
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxKey is how long a MsgKey may be.
const maxKey = 50

// namedMsg is what commands say that are about one message.
type namedMsg struct {
	FromAccount string `json:"From_Account"`
	ToAccount   string `json:"To_Account"`
	MsgKey      string
}

// message returns the message of that name, nil where there is none.
func (a *App) message(c *call, n namedMsg) *msg {
	a.talks.expire(c.now.Unix())
	key, err := parseKey(n.MsgKey)
	if err != nil {
		return nil
	}
	return a.talks.byPair[pairOf(n.FromAccount, n.ToAccount)].find(key, n.FromAccount)
}

// An edit is what is to be new in a message.
type edit struct {
	MsgBody         restapi.Optional[content]
	CloudCustomData restapi.Optional[string]
}

// check refuses an edit that changes nothing, or to a content that no message can have.
func (e *edit) check(c *call) error {
	body, hasBody := e.MsgBody.Get()
	_, hasData := e.CloudCustomData.Get()
	switch {
	case hasBody:
		return body.check(c)
	case !hasData:
		return refuse(restapi.CodeMessageInvalidRequest, "neither MsgBody nor CloudCustomData is given")
	default:
		return nil
	}
}

type modifyRequest struct {
	namedMsg
	edit
}

// modified is the result of modify_c2c_msg.
type modified struct{}

func (modified) common() common { return common{"OK", "succeed"} }

func modifyC2CMsg(a *App, c *call, req *modifyRequest) (any, error) {
	if err := req.check(c); err != nil {
		return nil, err
	}
	if _, err := a.refuseUnknown(req.FromAccount, restapi.CodeMessageAccountNotFound); err != nil {
		return nil, err
	}
	if _, err := a.refuseUnknown(req.ToAccount, restapi.CodeMessageReceiverNotFound); err != nil {
		return nil, err
	}
	m := a.message(c, req.namedMsg)
	if m == nil {
		return nil, refuse(restapi.CodeMessageNotFound, "there is no such message")
	}
	a.modify(c, m, req.edit)
	return modified{}, nil
}

// modify changes a message for both sides.
func (a *App) modify(c *call, m *msg, e edit) {
	m.content = e.MsgBody.Or(m.content)
	m.cloud = e.CloudCustomData.Or(m.cloud)
	c.after(m.talk.lane, &callback.C2CAfterModifyMsg{
		OperatorAccount: c.by.UserID, FromAccount: m.sender(), ToAccount: m.receiver(),
		MsgSeq: m.key.seq, MsgRandom: m.key.random, MsgTime: callback.UnixTime(m.key.time), MsgKey: m.key.String(),
		MsgBody: m.body, CloudCustomData: m.cloud, EventTime: callback.EventTimeOf(c.now),
	})
	c.notifyBoth(m.talk, Notice{Kind: NoticeEdited, From: c.by.UserID, Text: m.body.Text(), Message: m.shown()})
}

func adminMsgWithdraw(a *App, c *call, req *namedMsg) (any, error) {
	if _, err := a.refuseUnknown(req.FromAccount, restapi.CodeMessageInvalidFromAccount); err != nil {
		return nil, err
	}
	if _, err := a.refuseUnknown(req.ToAccount, restapi.CodeMessageInvalidToAccount); err != nil {
		return nil, err
	}
	if _, err := parseKey(req.MsgKey); err != nil || len(req.MsgKey) > maxKey {
		return nil, refuse(restapi.CodeMessageInvalidKey, "MsgKey is not three numbers")
	}
	return nil, a.recall(c, a.message(c, *req), req.FromAccount)
}

// recall takes a message back. by is who sent it.
func (a *App) recall(c *call, m *msg, by string) error {
	switch {
	case m == nil:
		return refuse(restapi.CodeMessageNotFound, "msg not exist")
	case m.recalled:
		return refuse(restapi.CodeMessageAlreadyRecalled, "the message is recalled")
	}
	m.recalled = true
	m.read()
	c.after(m.talk.lane, &callback.C2CAfterMsgWithDraw{
		FromAccount: m.sender(), ToAccount: m.receiver(), MsgKey: m.key.String(),
		UnreadMsgNum: restapi.Some(m.talk.ends[1-m.from].owner.unread), EventTime: callback.EventTimeOf(c.now),
	})
	c.notifyBoth(m.talk, Notice{Kind: NoticeRecalled, From: by, Message: m.shown()})
	return nil
}

// recallWindow is how long clients may take a message back.
const recallWindow = 2 * time.Minute

func deleteC2CMsgRamble(a *App, c *call, req *struct {
	OperatorAccount string `json:"Operator_Account"`
	PeerAccount     string `json:"Peer_Account"`
	MsgKeyList      []string
},
) (any, error) {
	if n := len(req.MsgKeyList); n == 0 || n > message.MaxDelete {
		return nil, refuse(restapi.CodeMessageInvalidJSON, "MsgKeyList has no keys, or over 30")
	}
	for _, userID := range []string{req.OperatorAccount, req.PeerAccount} {
		if _, err := a.refuseUnknown(userID, restapi.CodeMessageInvalidJSON); err != nil {
			return nil, err
		}
	}
	a.talks.expire(c.now.Unix())
	t := a.talks.byPair[pairOf(req.OperatorAccount, req.PeerAccount)]
	var result struct {
		InvalidMsgKeyList []string `json:",omitempty"`
	}
	for _, text := range req.MsgKeyList {
		key, err := parseKey(text)
		if err != nil {
			result.InvalidMsgKeyList = append(result.InvalidMsgKeyList, text)
			continue
		}
		var gone []*msg
		for m := range t.named(key) {
			gone = append(gone, m)
		}
		for _, m := range gone {
			a.talks.drop(m, t.pair.side(req.OperatorAccount))
		}
	}
	return result, nil
}
