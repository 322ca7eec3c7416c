package callback

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-tencentchat/tencentchat/friend"
)

const (
	cmdSnsPrevFriendAdd      = "Sns.CallbackPrevFriendAdd"
	cmdSnsPrevFriendResponse = "Sns.CallbackPrevFriendResponse"
)

// snsCodes are the codes of the application for one refused user, and for a webhook that it failed to handle.
var snsCodes = codeRange{38000, 39000}

// SnsPrevFriendAdd asks whether a user may add friends. It is not sent for requests made over REST. Each user asked
// about is decided on its own:
//
//	answer := e.Allow()
//	for _, item := range e.FriendItem {
//		if banned(item.ToAccount) {
//			answer = answer.Reject(item.ToAccount, 38001, "not taking requests")
//		}
//	}
//	return answer, nil
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43468
type SnsPrevFriendAdd struct {
	Meta

	RequesterAccount string          `json:"Requester_Account"`   // who made the request
	FromAccount      string          `json:"From_Account"`        // whose friend list it is
	FriendItem       []SnsFriendItem `json:"FriendItem,omitzero"` // the users to add
	AddType          SnsAddType      `json:"AddType"`             // one way or both ways
	ForceAddFlags    int             `json:"ForceAddFlags"`       // 1: forced by an administrator
	EventTime        EventTime       `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// SnsFriendItem is [friend.Request]: one user that a SnsPrevFriendAdd asks about, with the remark and the friend group
// for that user, where the request comes from, and the words with it.
type SnsFriendItem = friend.Request

// SnsAddType is whether a friendship goes both ways.
type SnsAddType string

// The documented types.
const (
	SnsAddSingle SnsAddType = "Add_Type_Single" // one way
	SnsAddBoth   SnsAddType = "Add_Type_Both"   // both ways
)

// SnsPrevFriendResponse asks whether a user may answer friend requests, be it with a yes or with a no. It is not sent
// for answers made over REST. Each answer is decided on its own, as in SnsPrevFriendAdd.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43467
type SnsPrevFriendResponse struct {
	Meta

	// RequesterAccount is who sent this answer. The vendor's English page says that it is who asked to be a friend.
	RequesterAccount   string                  `json:"Requester_Account"`
	FromAccount        string                  `json:"From_Account"`                // whose answer it is
	ResponseFriendItem []SnsResponseFriendItem `json:"ResponseFriendItem,omitzero"` // the answers
	EventTime          EventTime               `json:"EventTime,omitempty"`
}

// SnsResponseFriendItem is one answer that a SnsPrevFriendResponse asks about.
type SnsResponseFriendItem struct {
	ToAccount      string            `json:"To_Account"`        // who had asked to be a friend
	Remark         string            `json:"Remark,omitempty"`  // the remark for that user
	TagName        string            `json:"TagName,omitempty"` // the friend group: GroupName in SnsFriendItem
	ResponseAction SnsResponseAction `json:"ResponseAction"`
}

// SnsResponseAction is an answer to a friend request.
type SnsResponseAction string

// The documented answers.
const (
	SnsAgreeAndAdd SnsResponseAction = "Response_Action_AgreeAndAdd" // be a friend, and add the other as well
	SnsAgree       SnsResponseAction = "Response_Action_Agree"       // be a friend
	SnsRefuse      SnsResponseAction = "Response_Action_Reject"
)

// SnsPrevFriendAnswer answers a SnsPrevFriendAdd or a SnsPrevFriendResponse. The zero value allows all. Make one with
// the methods of the event, and go on with Reject; a code that does not belong there is an error of the handler, and
// the webhook answered 500.
type SnsPrevFriendAnswer struct {
	Reply

	ResultItem []SnsResult `json:"ResultItem,omitempty"` // what is decided, for each user asked about

	err error // of the first Reject that cannot be
}

// SnsResult is what a SnsPrevFriendAnswer decides about one user.
type SnsResult struct {
	ToAccount  string `json:"To_Account"`
	ResultCode int    `json:"ResultCode"` // 0 to allow, 38000 to 39000 to refuse
	ResultInfo string `json:"ResultInfo"` // why
}

// Allow allows every user asked about.
func (e *SnsPrevFriendAdd) Allow() SnsPrevFriendAnswer { return decide(e.asked(), 0, "") }

// Reject refuses one of the users asked about, with a code from 38000 to 39000, and allows the others. Refuse more with
// the answer's own Reject.
func (e *SnsPrevFriendAdd) Reject(userID string, code int, info string) SnsPrevFriendAnswer {
	return e.Allow().Reject(userID, code, info)
}

// RejectAll refuses every user asked about, with a code from 38000 to 39000.
func (e *SnsPrevFriendAdd) RejectAll(code int, info string) SnsPrevFriendAnswer {
	return decide(e.asked(), code, info).mustRefuse(code)
}

// Fail says that the application failed to handle the webhook, with a code from 38000 to 39000. It refuses nobody: by
// default the vendor ignores such an answer and adds the friends.
func (*SnsPrevFriendAdd) Fail(code int, info string) SnsPrevFriendAnswer { return snsFail(code, info) }

// Allow allows every answer.
func (e *SnsPrevFriendResponse) Allow() SnsPrevFriendAnswer { return decide(e.asked(), 0, "") }

// Reject refuses the answer to one of the users, with a code from 38000 to 39000, and allows the others. Refuse more
// with the answer's own Reject.
func (e *SnsPrevFriendResponse) Reject(userID string, code int, info string) SnsPrevFriendAnswer {
	return e.Allow().Reject(userID, code, info)
}

// RejectAll refuses every answer, with a code from 38000 to 39000.
func (e *SnsPrevFriendResponse) RejectAll(code int, info string) SnsPrevFriendAnswer {
	return decide(e.asked(), code, info).mustRefuse(code)
}

// Fail says that the application failed to handle the webhook, with a code from 38000 to 39000. It refuses nobody: by
// default the vendor ignores such an answer and goes on.
func (*SnsPrevFriendResponse) Fail(code int, info string) SnsPrevFriendAnswer {
	return snsFail(code, info)
}

// Reject returns the answer with one more user refused, with a code from 38000 to 39000. A user that the event does not
// ask about changes nothing. The answer must be one that the event has made: for the zero answer, which has no users,
// it is an error of the handler, answered 500.
func (a SnsPrevFriendAnswer) Reject(userID string, code int, info string) SnsPrevFriendAnswer {
	if len(a.ResultItem) == 0 && a.err == nil {
		a.err = errNoUsers
	}
	a.ResultItem = slices.Clone(a.ResultItem)
	for i := range a.ResultItem {
		if item := &a.ResultItem[i]; item.ToAccount == userID {
			item.ResultCode, item.ResultInfo = code, info
		}
	}
	return a.mustRefuse(code)
}

var errNoUsers = errors.New("answer refuses a user and was not made by the event")

// mustRefuse marks an answer whose code would not refuse: RejectAll(0, "...") must not allow.
func (a SnsPrevFriendAnswer) mustRefuse(code int) SnsPrevFriendAnswer {
	if a.err == nil {
		a.err = checkSnsCode(code)
	}
	return a
}

func checkSnsCode(code int) error {
	if !snsCodes.has(code) {
		return fmt.Errorf("result code %d is not documented; use %d to %d", code, snsCodes.from, snsCodes.to)
	}
	return nil
}

func (a SnsPrevFriendAnswer) check() error {
	if a.err != nil {
		return a.err
	}
	for _, item := range a.ResultItem {
		if item.ResultCode == 0 {
			continue
		}
		if err := checkSnsCode(item.ResultCode); err != nil {
			return err
		}
	}
	return a.checkCode(0, snsCodes)
}

// decide makes an answer that has the same for every user.
func decide(users []string, code int, info string) SnsPrevFriendAnswer {
	a := SnsPrevFriendAnswer{Reply: allow()}
	for _, user := range users {
		a.ResultItem = append(a.ResultItem, SnsResult{ToAccount: user, ResultCode: code, ResultInfo: info})
	}
	return a
}

func snsFail(code int, info string) SnsPrevFriendAnswer {
	r := custom(code, info, snsCodes)
	r.ActionStatus = ActionFail
	return SnsPrevFriendAnswer{Reply: r}
}

func (e *SnsPrevFriendAdd) asked() []string {
	users := make([]string, len(e.FriendItem))
	for i, item := range e.FriendItem {
		users[i] = item.ToAccount
	}
	return users
}

func (e *SnsPrevFriendResponse) asked() []string {
	users := make([]string, len(e.ResponseFriendItem))
	for i, item := range e.ResponseFriendItem {
		users[i] = item.ToAccount
	}
	return users
}

// Command returns "Sns.CallbackPrevFriendAdd".
func (*SnsPrevFriendAdd) Command() string { return cmdSnsPrevFriendAdd }

// Command returns "Sns.CallbackPrevFriendResponse".
func (*SnsPrevFriendResponse) Command() string { return cmdSnsPrevFriendResponse }

func (e *SnsPrevFriendAdd) refusal() SnsPrevFriendAnswer { return snsRefusal(e.asked()) }

func (e *SnsPrevFriendResponse) refusal() SnsPrevFriendAnswer { return snsRefusal(e.asked()) }

// snsRefusal refuses every user asked about. An answer without users would allow all of them.
func snsRefusal(users []string) SnsPrevFriendAnswer {
	if len(users) == 0 {
		return snsFail(snsCodes.from, "")
	}
	return decide(users, snsCodes.from, "")
}
