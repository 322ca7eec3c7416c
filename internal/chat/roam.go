package chat

import (
	"math"
	"slices"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	maxRoam      = 100      // messages on a page, a guess
	maxRoamBytes = 13 << 10 // on a page, about
)

type roamRequest struct {
	OperatorAccount string `json:"Operator_Account"`
	PeerAccount     string `json:"Peer_Account"`
	MaxCnt          int
	MinTime         int64
	MaxTime         int64
	LastMsgKey      string
}

type roamPage struct {
	Complete    int
	MsgCnt      int
	LastMsgTime int64
	LastMsgKey  string
	MsgList     []roamMsg
}

type roamMsg struct {
	FromAccount     string `json:"From_Account"`
	ToAccount       string `json:"To_Account"`
	MsgSeq          uint64
	MsgRandom       uint64
	MsgTimeStamp    int64
	MsgFlagBits     int
	IsPeerRead      int
	MsgKey          string
	MsgBody         message.Body
	CloudCustomData string
}

const recalledBit = 8 // of MsgFlagBits

// adminGetRoamMsg reads a page of history: from the newest message back, in ascending order.
func adminGetRoamMsg(a *App, c *call, req *roamRequest) (any, error) {
	if req.MaxCnt <= 0 {
		return nil, refuse(restapi.CodeMessageInvalidJSON, "MaxCnt is not above 0")
	}
	if _, err := a.refuseUnknown(req.OperatorAccount, restapi.CodeMessageInvalidFromAccount); err != nil {
		return nil, err
	}
	if _, err := a.refuseUnknown(req.PeerAccount, restapi.CodeMessageInvalidToAccount); err != nil {
		return nil, err
	}
	a.talks.expire(c.now.Unix())
	page := roamPage{Complete: 1, MsgList: []roamMsg{}}
	t := a.talks.byPair[pairOf(req.OperatorAccount, req.PeerAccount)]
	if t == nil {
		return page, nil
	}
	at := t.after(msgKey{seq: math.MaxUint64, time: req.MaxTime})
	if req.LastMsgKey != "" {
		last, err := parseKey(req.LastMsgKey)
		if err != nil {
			return nil, refuse(restapi.CodeMessageInvalidJSON, "LastMsgKey is not a MsgKey")
		}
		at = min(at, t.before(last))
	}
	size := 0
	for m := range t.visible(at, req.OperatorAccount) {
		if m.key.time < req.MinTime {
			break
		}
		if n := len(page.MsgList); n == min(req.MaxCnt, maxRoam) || n > 0 && size+m.size > maxRoamBytes {
			page.Complete = 0
			break
		}
		size += m.size
		page.MsgList = append(page.MsgList, m.roam())
		page.LastMsgTime, page.LastMsgKey = m.key.time, m.key.String()
	}
	page.MsgCnt = len(page.MsgList)
	slices.Reverse(page.MsgList)
	return page, nil
}

// before returns where in the log the messages end that are before the one of that key, or before those that it would
// be among.
func (t *talk) before(key msgKey) int {
	for m := range t.named(key) {
		at, _ := slices.BinarySearchFunc(t.log, m, compareMsgs)
		return at
	}
	return t.after(key)
}

// visible goes through the messages of which a user has a copy, from a place in the log back.
func (t *talk) visible(at int, userID string) func(func(*msg) bool) {
	return func(yield func(*msg) bool) {
		who := t.pair.side(userID)
		for at--; at >= 0; at-- {
			if t.log[at].copies[who] && !yield(t.log[at]) {
				return
			}
		}
	}
}

func (m *msg) roam() roamMsg {
	one := roamMsg{
		FromAccount: m.sender(), ToAccount: m.receiver(), MsgSeq: m.key.seq, MsgRandom: m.key.random,
		MsgTimeStamp: m.key.time, MsgKey: m.key.String(), MsgBody: m.body, CloudCustomData: m.cloud,
	}
	if m.recalled {
		one.MsgFlagBits = recalledBit
	}
	if m.receipt {
		one.IsPeerRead = 1
	}
	return one
}
