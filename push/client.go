package push

import (
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What one call can name at most.
const (
	MaxReceivers    = 500 // users that one [Client.PushTo] or a scheduled task can push to
	MaxUsers        = 100 // users whose tags or attributes one call can read or change
	MaxTags         = 10  // tags in one list of a [Condition], and those of a user in one call
	MaxReplacedTags = 100 // tags of a user in one [Client.AddTags] with [WithReplace]
	MaxAttrs        = 10  // attributes that an app can have
	MaxTasks        = 5   // pushes that one [Client.Statistics] or [Client.Losses] can ask about
)

// How long names can be, in bytes.
const (
	maxTag    = 50
	maxAttr   = 50 // the name of an attribute, and its value
	maxDataID = 64
)

// A Client pushes by the push service, counts what became of pushes, and keeps the tags and attributes by which users
// are found. It is safe for concurrent use. Its errors are those of package restapi: [*restapi.ArgumentError],
// [*restapi.RateLimitError] and [*restapi.Error].
//
// Where a method takes the ID of a user, it takes a RegistrationID too, which names a device to the push service.
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }

// An AllMemberClient pushes to all users by the older generation of the commands, for apps that have bought that and
// not the push service. Its methods have the names of those of [Client], which can do more; a program moves over by
// the constructor. It is safe for concurrent use. Its errors are those of Client.
type AllMemberClient struct {
	caller restapi.Caller
}

// NewAllMemberClient returns a client of the older generation that calls through c, most often a [*restapi.Client].
func NewAllMemberClient(c restapi.Caller) *AllMemberClient { return &AllMemberClient{caller: c} }

// A target is whom a command can name: the two generations take other IDs.
type target struct {
	cmd   restapi.Command
	maxID int // bytes
}

// device is the target of a command of the push service, which takes RegistrationIDs too.
func device(cmd restapi.Command) target { return target{cmd, userid.MaxRegistration} }

// member is the target of a command of the older generation.
func member(cmd restapi.Command) target { return target{cmd, userid.MaxUser} }

// accounts refuses a list that is empty or too long, or has an ID that nobody can have.
func (t target) accounts(userIDs []string, limit int) error {
	if err := check.Count(t.cmd, "To_Account", len(userIDs), limit); err != nil {
		return err
	}
	for i, userID := range userIDs {
		if err := t.account("To_Account["+strconv.Itoa(i)+"]", userID); err != nil {
			return err
		}
	}
	return nil
}

// account refuses an ID that nobody can have.
func (t target) account(field, userID string) error {
	return check.Account(t.cmd, field, userID, t.maxID)
}

// An owner is one of a list of users with something of theirs.
type owner interface{ owner() string }

// owners refuses a list of users with something of theirs that is empty or too long, has an ID that nobody can have, or
// names a user twice. each checks what else a user has. It returns their IDs.
func owners[T owner](t target, list string, users []T, each func(at string, one T) error) ([]string, error) {
	if err := check.Count(t.cmd, list, len(users), MaxUsers); err != nil {
		return nil, err
	}
	userIDs := make([]string, len(users))
	named := make(map[string]bool, len(users))
	for i, one := range users {
		at := list + "[" + strconv.Itoa(i) + "]"
		userIDs[i] = one.owner()
		if err := t.account(at+".To_Account", userIDs[i]); err != nil {
			return nil, err
		}
		if named[userIDs[i]] {
			return nil, check.Argument(t.cmd, at+".To_Account", "is named twice")
		}
		named[userIDs[i]] = true
		if err := each(at, one); err != nil {
			return nil, err
		}
	}
	return userIDs, nil
}

// name refuses what cannot be the name of a tag or of an attribute.
func name(cmd restapi.Command, field, text string, limit int) error {
	if text == "" {
		return check.Argument(cmd, field, "is empty")
	}
	return check.Text(cmd, field, text, limit)
}

// names refuses a list with something that name refuses.
func names(cmd restapi.Command, field string, texts []string, limit int) error {
	for i, text := range texts {
		if err := name(cmd, field+"["+strconv.Itoa(i)+"]", text, limit); err != nil {
			return err
		}
	}
	return nil
}
