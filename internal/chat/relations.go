package chat

import (
	"errors"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// relations are what users are to each other.
type relations struct {
	byID    map[string]*ties
	follows uint64 // how many follows began so far
}

// ties are what one user is to others.
type ties struct {
	friends  roster[friendship]
	groups   []string // friend groups, in the order in which they were made
	requests roster[request]
	blocked  roster[time.Time] // since when

	following, followers roster[following]
	mutual               int // how many are in both

	// Each grows with every change.
	standard, custom, grouped, blocking uint64

	// known are users on whose lists this one is, or was once.
	known map[string]struct{}
}

// following is that a user follows another.
type following struct {
	since  time.Time
	number uint64 // among all
}

// of returns the ties of a user.
func (r *relations) of(userID string) *ties {
	t := r.byID[userID]
	if t == nil {
		t = new(ties)
		put(&r.byID, userID, t)
	}
	return t
}

// noteListed notes that a user is on a list of owner.
func (r *relations) noteListed(owner, userID string) { put(&r.of(userID).known, owner, struct{}{}) }

// forget takes a user off all lists.
func (r *relations) forget(userID string) {
	t := r.byID[userID]
	if t == nil {
		return
	}
	for owner := range t.known {
		if other := r.byID[owner]; other != nil {
			other.unfriend(userID)
			other.unblock(userID)
			other.requests.remove(userID)
		}
	}
	for n := t.following.len(); n > 0; n-- {
		r.unfollow(userID, t.following.all[n-1].userID)
	}
	for n := t.followers.len(); n > 0; n-- {
		r.unfollow(t.followers.all[n-1].userID, userID)
	}
	delete(r.byID, userID)
}

// party returns the ties of the user whose lists a command is about.
func (a *App) party(owner string) (*ties, error) {
	if err := checkUser(owner, restapi.CodeRelationInvalidParameter); err != nil {
		return nil, err
	}
	if _, err := a.refuseUnknown(owner, restapi.CodeRelationAccountNotFound); err != nil {
		return nil, err
	}
	return a.relations.of(owner), nil
}

// parties is party for a command that names 1 to most others too.
func (a *App) parties(owner string, others []string, most int) (*ties, error) {
	if err := checkMany("users", len(others), most); err != nil {
		return nil, err
	}
	if err := checkUsers(others, restapi.CodeRelationInvalidParameter); err != nil {
		return nil, err
	}
	return a.party(owner)
}

func checkMany(what string, n, most int) error {
	if n == 0 || n > most {
		return badRelation("there are no " + what + ", or too many")
	}
	return nil
}

func badRelation(info string) error { return refuse(restapi.CodeRelationInvalidParameter, info) }

// checkOther refuses one of the users that a command names.
func (a *App) checkOther(owner, userID string) error {
	if owner == userID {
		return badRelation("it is the user whose list it is")
	}
	_, err := a.refuseUnknown(userID, restapi.CodeRelationAccountNotFound)
	return err
}

// An outcome is what became of one of the users that a command names.
type outcome struct {
	ToAccount  string `json:"To_Account"`
	ResultCode restapi.Code
	ResultInfo string
}

func outcomeOf(userID string, err error) outcome {
	if refused, ok := errors.AsType[*Refusal](err); ok {
		return outcome{userID, refused.Code, refused.Info}
	}
	return outcome{ToAccount: userID}
}

type outcomes struct {
	ResultItem  []outcome `json:",omitempty"`
	FailAccount []string  `json:"Fail_Account,omitempty"`
}

func (o *outcomes) add(userID string, err error) {
	o.ResultItem = append(o.ResultItem, outcomeOf(userID, err))
	if err != nil {
		o.FailAccount = append(o.FailAccount, userID)
	}
}

// first is the refusal of the first user who was refused, for a device, which is told of no more.
func (o *outcomes) first() error {
	for _, one := range o.ResultItem {
		if one.ResultCode != 0 {
			return refuse(one.ResultCode, one.ToAccount+": "+one.ResultInfo)
		}
	}
	return nil
}

// toUsers is what most commands of relations say.
type toUsers struct {
	FromAccount string   `json:"From_Account"`
	ToAccount   []string `json:"To_Account"`
}
