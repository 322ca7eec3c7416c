package chat

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Documented for pushes.
const (
	maxPushes     = 100      // to all users, a day
	maxPushBody   = 10 << 10 // bytes
	maxDataID     = 64       // bytes
	pushPause     = time.Second
	revokeWindow  = 24 * time.Hour
	pushRepeating = time.Second // how long a push with the same MsgRandom is the same
)

// pushTasks are the commands that push, of both generations, and those that ask what became of it.
func pushTasks() area {
	return area{
		admin:   restapi.CodeMessageAdminRequired,
		syntax:  restapi.CodeMessageInvalidJSON,
		invalid: restapi.CodeMessageInvalidJSON,
		commands: []command{
			does(push.CommandPush, timPush).refusing(badPushes),
			does(push.CommandIMPush, imPush).refusing(badPushes),
			does(push.CommandBatch, pushBatch),
			does(push.CommandRevoke, revokePush),
			does(push.CommandAllMemberPushStatistics, pushStatistics),
			does(push.CommandAllMemberPushLoss, pushLoss),
			does(push.CommandAllMemberPushTrace, pushTrace),
			does(push.CommandNormalPushStatistics, normalStatistics),
			does(push.CommandNormalPushLoss, normalLoss),
			does(push.CommandNormalPushTrace, normalTrace),
		},
	}
}

// badPushes are the codes for elements of a message that are not as documented.
var badPushes = map[fault]restapi.Code{
	{"MsgBody[]", shape.WrongType}: restapi.CodeMessageInvalidBody,
	{"MsgBody[].MsgType", 0}:       restapi.CodeMessageInvalidBody,
	{"MsgBody[].MsgContent", 0}:    restapi.CodeMessageInvalidBody,
}

// pushFields are the fields of a push to all users or to some by a condition.
type pushFields struct {
	FromAccount     restapi.Optional[string] `json:"From_Account"`
	MsgRandom       uint64                   `json:"MsgRandom"`
	Condition       *conditions              `json:"Condition"`
	MsgBody         content                  `json:"MsgBody"`
	OfflinePushInfo pushInfo                 `json:"OfflinePushInfo"`
	OnlineOnlyFlag  int                      `json:"OnlineOnlyFlag"`
	MsgLifeTime     int64                    `json:"MsgLifeTime"` // seconds
}

// A pushRequest is a pushFields that knows how long it is.
type pushRequest struct {
	pushFields

	size int
}

// UnmarshalJSON reads the fields.
func (r *pushRequest) UnmarshalJSON(data []byte) error {
	r.size = len(data)
	return json.Unmarshal(data, &r.pushFields)
}

// A pushing is a push that is to go out.
type pushing struct {
	from, dataID string
	random       uint64
	content      content // without a body: no message is kept
	info         pushInfo
	online       bool  // the message is for those who are on line alone
	lapses       int64 // when the message goes; 0: with all others
	to           []string
	listed       bool
	prefix       string // of the ID of the task
}

type pushAnswer struct {
	TaskID    string       `json:"TaskId"`
	ErrorList []notReached `json:",omitempty"`
}

func timPush(a *App, c *call, req *pushRequest) (any, error) {
	p, err := req.compose(a, c)
	if err != nil {
		return nil, err
	}
	p.online = req.OnlineOnlyFlag == 1
	return pushAnswer{TaskID: a.startPush(c, p).id}, nil
}

// imPush takes a push with the MsgRandom of another one within a second for that one. By an older page of the vendor's
// it is 7 days.
func imPush(a *App, c *call, req *pushRequest) (any, error) {
	name := repeatKey{from: req.FromAccount.Or(c.by.UserID), random: req.MsgRandom}
	if first := a.pushes.repeats.find(name, c.now); first != nil {
		return first.sent, nil
	}
	if req.MsgLifeTime < 0 || req.MsgLifeTime > int64(message.MaxLifeTime/time.Second) {
		return nil, refuse(restapi.CodeMessageLifetimeTooLong, "MsgLifeTime is over 7 days")
	}
	p, err := req.compose(a, c)
	if err != nil {
		return nil, err
	}
	p.online, p.lapses = req.MsgLifeTime == 0, c.now.Unix()+req.MsgLifeTime
	result := pushAnswer{TaskID: a.startPush(c, p).id}
	a.pushes.repeats.add(repeated{key: name, sent: result, till: c.now.Add(pushRepeating)})
	return result, nil
}

// compose makes a push of what a command says, or refuses it. That a sender who is not imported is refused where there
// is a message is a guess.
func (r *pushRequest) compose(a *App, c *call) (*pushing, error) {
	if slices.Contains(a.set.Off, FeaturePush) {
		return nil, errNoPush
	}
	p := &pushing{
		from: r.FromAccount.Or(c.by.UserID), random: r.MsgRandom, content: r.MsgBody, info: r.OfflinePushInfo,
		prefix: "task-",
	}
	if r.size > maxPushBody {
		return nil, refuse(restapi.CodePushBodyTooLong, "the body is over 10 KB")
	}
	if len(p.content.body) > 0 {
		if err := p.content.check(c); err != nil {
			return nil, err
		}
		if _, err := a.refuseUnknown(p.from, restapi.CodeMessageInvalidFromAccount); err != nil {
			return nil, err
		}
	}
	if r.Condition != nil {
		if err := r.Condition.check(&a.pushes); err != nil {
			return nil, err
		}
	}
	if err := a.pushes.pace(c.now); err != nil {
		return nil, err
	}
	p.to = a.receivers(r.Condition)
	return p, nil
}

var errNoPush = refuse(restapi.CodePushNotEnabled, "pushing is not switched on")

// pace refuses a push to all users less than a second after the one before, and one too many in a day (UTC).
func (s *pushes) pace(now time.Time) error {
	day, today := now.UTC().Truncate(24*time.Hour), 0
	var last time.Time
	for _, t := range slices.Backward(s.tasks) {
		if t.listed {
			continue
		}
		if t.at.Before(day) {
			break
		}
		if today++; today == 1 {
			last = t.at
		}
	}
	switch {
	case today >= maxPushes:
		return refuse(restapi.CodePushDailyLimit, "there were 100 pushes today")
	case today > 0 && now.Sub(last) < pushPause:
		return refuse(restapi.CodePushTooFrequent, "push too often")
	}
	return nil
}

func pushBatch(a *App, c *call, req *struct {
	FromAccount     string   `json:"From_Account"`
	ToAccount       []string `json:"To_Account"`
	MsgRandom       uint64
	OfflinePushInfo pushInfo
	DataID          string `json:"DataId"`
},
) (any, error) {
	name := repeatKey{from: req.FromAccount, seq: 1, random: req.MsgRandom}
	switch first := a.pushes.repeats.find(name, c.now); {
	case slices.Contains(a.set.Off, FeaturePush):
		return nil, errNoPush
	case first != nil:
		return first.sent, nil
	case len(req.ToAccount) == 0:
		return nil, refuse(restapi.CodeMessageInvalidJSON, "To_Account is empty")
	case len(req.ToAccount) > push.MaxReceivers:
		return nil, refuse(restapi.CodeMessageTooManyAccounts, "To_Account has over 500 accounts")
	case len(req.DataID) > maxDataID:
		return nil, refuse(restapi.CodeMessageBatchRateLimited, "DataId is over 64 bytes")
	}
	p := &pushing{
		from: req.FromAccount, dataID: req.DataID, random: req.MsgRandom, info: req.OfflinePushInfo, listed: true,
		prefix: "batch-",
	}
	list := a.members(req.ToAccount, func(userID string) error {
		p.to = append(p.to, userID)
		return nil
	})
	result := pushAnswer{a.startPush(c, p).id, list.ErrorList}
	a.pushes.repeats.add(repeated{key: name, sent: result, till: c.now.Add(pushRepeating)})
	return result, nil
}

// revokePush refuses a push that was kept in no conversation where there is nothing to show in its place: the pages
// contradict each other there.
func revokePush(a *App, c *call, req *struct {
	TaskID          string `json:"TaskId"`
	OfflinePushInfo *pushInfo
},
) (any, error) {
	t := a.pushes.byID[req.TaskID]
	switch {
	case t == nil:
		return nil, refuse(restapi.CodePushTaskNotFound, "taskid not found")
	case !t.revoked.IsZero():
		return nil, refuse(restapi.CodePushAlreadyRevoked, "the push was revoked before")
	case c.now.Sub(a.pushes.revoked) < pushPause:
		return nil, refuse(restapi.CodePushRevokeTooFrequent, "revoke too often")
	case c.now.Sub(t.at) > revokeWindow:
		return nil, refuse(restapi.CodePushRevokeTooLate, "the push is over 24 hours old")
	case t.key == msgKey{} && req.OfflinePushInfo == nil:
		return nil, refuse(restapi.CodePushRevokeInvalid, "the push was kept nowhere, and there is no OfflinePushInfo")
	}
	t.revoked, a.pushes.revoked = c.now, c.now
	a.recallPushed(c, t)
	if req.OfflinePushInfo != nil {
		for _, d := range t.reached {
			if d.device != nil && d.clicked == 0 {
				d.show(c, t.from, req.OfflinePushInfo.push())
			}
		}
	}
	return nil, nil
}

// recallPushed recalls the message of a push. No webhook tells of it.
func (a *App) recallPushed(c *call, t *pushTask) {
	own := a.talks.byUser[t.from]
	if t.key == (msgKey{}) || own == nil {
		return
	}
	for id := range own.byID {
		m := a.talks.byPair[pairOf(t.from, id.ToAccount)].find(t.key, t.from)
		if m == nil || m.recalled {
			continue
		}
		m.recalled = true
		m.read()
		c.notify(id.ToAccount, Notice{Kind: NoticeRecalled, From: t.from, Message: m.shown()})
	}
}
