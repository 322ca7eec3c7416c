package chat

import (
	"time"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// batchPerMinute is how many receivers batchsendmsg takes in a minute.
const batchPerMinute = 12_000

type batchRequest struct {
	sendFields

	ToAccount []string `json:"To_Account"`
}

// batchSent is the answer of batchsendmsg. It has no time.
type batchSent struct {
	partly

	MsgKey    string       `json:",omitempty"`
	MsgID     string       `json:"MsgId,omitempty"`
	ErrorList []notReached `json:",omitempty"`
}

type notReached struct {
	ToAccount string `json:"To_Account"`
	ErrorCode restapi.Code
}

// partly is the result of a command that can succeed in part.
type partly struct{ failed bool }

func (p partly) common() common {
	if p.failed {
		return common{ActionStatus: "SomeError"}
	}
	return succeeded
}

func batchSendMsg(a *App, c *call, req *batchRequest) (any, error) {
	s, err := a.composeBatch(c, req)
	if err != nil {
		return nil, err
	}
	name := s.repeat()
	name.sum ^= sumOf(req.ToAccount)
	if first := a.talks.batched.find(name, c.now); first != nil {
		return first.sent, nil
	}
	if !a.talks.batches.take(len(req.ToAccount), a.cfg.PerMinute, c.now) {
		return nil, refuse(restapi.CodeMessageBatchRateLimited, "over 12000 receivers in a minute")
	}
	result := batchSent{MsgKey: s.MsgKey, MsgID: s.MsgID}
	for _, to := range req.ToAccount {
		if a.users.byID[to] == nil {
			result.ErrorList = append(result.ErrorList, notReached{to, restapi.CodeAccountNotFound})
			continue
		}
		a.place(c, s, to)
	}
	if len(result.ErrorList) == len(req.ToAccount) {
		return nil, refuse(restapi.CodeMessageReceiverNotFound, "invalid To_Account")
	}
	result.failed = len(result.ErrorList) > 0
	a.talks.batched.add(repeated{key: name, sent: result, till: c.now.Add(batchRepeatWindow)})
	return result, nil
}

func (a *App) composeBatch(c *call, req *batchRequest) (*sending, error) {
	from, given := req.FromAccount.Get()
	switch {
	case len(req.ToAccount) == 0:
		return nil, refuse(restapi.CodeMessageInvalidFormat, "To_Account is empty")
	case len(req.ToAccount) > message.MaxReceivers:
		return nil, refuse(restapi.CodeMessageTooManyReceivers, "To_Account has over 500 accounts")
	case given && from == "":
		return nil, refuse(restapi.CodeMessageInvalidFromAccount, "From_Account is empty")
	}
	s, err := req.compose(a, c)
	if err != nil {
		return nil, err
	}
	if err := a.filter(s); err != nil {
		return nil, err
	}
	_, err = a.refuseUnknown(s.from, restapi.CodeMessageInvalidFromAccount)
	return s, err
}

// A minute counts what was taken in the last 60 seconds.
type minute struct {
	taken []taken // the oldest first
	sum   int
}

type taken struct {
	at time.Time
	n  int
}

// take takes n where that is not too many, and counts them. most is the limit, 0 for the documented one, below 0 for
// none.
func (m *minute) take(n, most int, now time.Time) bool {
	if most < 0 {
		return true
	}
	if most == 0 {
		most = batchPerMinute
	}
	for len(m.taken) > 0 && now.Sub(m.taken[0].at) >= time.Minute {
		m.sum -= m.taken[0].n
		m.taken = m.taken[1:]
	}
	if m.sum+n > most {
		return false
	}
	m.sum += n
	m.taken = append(m.taken, taken{now, n})
	return true
}
