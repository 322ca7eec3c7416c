package chat

import (
	"cmp"
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type officialRecalled struct {
	MsgKey  string
	RetCode restapi.Code
}

func recallOfficial(a *App, c *call, req *struct {
	namesOfficial

	MsgKeyList []string
	Reason     string
},
) (any, error) {
	if n := len(req.MsgKeyList); n == 0 || n > official.MaxMsgKeys || len(req.Reason) > maxOfficialReason {
		return nil, badPublishing("MsgKeyList does not have 1 to 10 keys, or Reason is over 100 bytes")
	}
	ch, err := a.publisher(c, req.OfficialAccount)
	if err != nil {
		return nil, err
	}
	var result struct{ RecallRetList []officialRecalled }
	for i, code := range a.recallAll(c, ch, req.MsgKeyList) {
		result.RecallRetList = append(result.RecallRetList, officialRecalled{req.MsgKeyList[i], code})
	}
	return result, nil
}

// recallAll takes messages back, and returns why each was not. The code of one that was taken back before is a guess.
func (a *App) recallAll(c *call, ch *channel, keys []string) []restapi.Code {
	e := callback.OfficialAccountAfterMsgWithDraw{
		OfficialAccount: ch.OfficialAccountUserID, EventTime: callback.EventTimeOf(c.now),
	}
	codes := make([]restapi.Code, len(keys))
	for i, key := range keys {
		at := slices.IndexFunc(ch.log, func(m *officialMsg) bool { return m.key() == key })
		switch {
		case at < 0 || ch.log[at].place == official.PlaceMsgGone:
			codes[i] = restapi.CodeGroupMessageNotFound
			continue
		case ch.log[at].place == official.PlaceMsgRecalled:
			codes[i] = restapi.CodeGroupRecallUnsupported
			continue
		}
		m := ch.log[at]
		m.body, m.cloud, m.place = nil, "", official.PlaceMsgRecalled
		e.WithdrawMsgList = append(e.WithdrawMsgList, callback.OfficialAccountWithdrawnMsg{MsgKey: key})
		a.tellSubscribers(c, ch, m, NoticeRecalled)
	}
	if len(e.WithdrawMsgList) > 0 {
		c.after(ch.OfficialAccountUserID, &e)
	}
	return codes
}

type officialHistoryMsg struct {
	FromAccount  string `json:"From_Account"`
	IsPlaceMsg   official.PlaceMsg
	MsgRandom    uint64
	MsgBody      message.Body
	MsgSeq       uint32
	MsgKey       string
	MsgTimeStamp int64
}

// before are the messages before the one of a key, all where there is none, with those that were taken back or not.
func (ch *channel) before(lastKey string, recalled bool) ([]*officialMsg, error) {
	at := len(ch.log)
	if lastKey != "" {
		key, err := parseKey(lastKey)
		if err != nil {
			return nil, badPublishing("LastMsgKey is not the key of a message")
		}
		at, _ = slices.BinarySearchFunc(ch.log, key.seq, func(m *officialMsg, seq uint64) int {
			return cmp.Compare(uint64(m.seq), seq)
		})
	}
	return slices.DeleteFunc(slices.Clone(ch.log[:at]), func(m *officialMsg) bool {
		return m.place == official.PlaceMsgRecalled && !recalled
	}), nil
}

// getOfficialMsgs reads a page backwards, which has the oldest message first. Who sent for the account is not said: the
// account did, which is a guess.
func getOfficialMsgs(a *App, c *call, req *struct {
	namesOfficial

	LastMsgKey      string
	ReqMsgNumber    int
	WithRecalledMsg int
},
) (any, error) {
	ch, err := a.publisher(c, req.OfficialAccount)
	if err != nil {
		return nil, err
	}
	visible, err := ch.before(req.LastMsgKey, req.WithRecalledMsg == 1)
	if err != nil {
		return nil, err
	}
	result := struct {
		namesOfficial

		IsFinished int
		LastMsgKey string
		RspMsgList []officialHistoryMsg
	}{namesOfficial: req.namesOfficial, LastMsgKey: req.LastMsgKey, RspMsgList: []officialHistoryMsg{}}
	older := len(visible) - min(cmp.Or(req.ReqMsgNumber, officialHistoryPage), officialHistoryPage)
	switch {
	case older > 0:
		visible = visible[older:]
	case ch.seq > 0 && (len(ch.log) == 0 || ch.log[0].seq > 1):
		result.IsFinished = 2 // all that was older has expired
	default:
		result.IsFinished = 1
	}
	for _, m := range visible {
		result.RspMsgList = append(result.RspMsgList, officialHistoryMsg{
			ch.OfficialAccountUserID, m.place, m.random, m.body, m.seq, m.key(), m.time,
		})
	}
	if len(visible) > 0 {
		result.LastMsgKey = visible[0].key()
	}
	return result, nil
}
