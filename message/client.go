package message

import (
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/msgext"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What one call can name at most, and for how long a message can be kept.
const (
	MaxReceivers  = 500                // users that one [Client.BatchSend] can send to
	MaxUnread     = 10                 // conversations that one [Client.Unread] can count
	MaxDelete     = 30                 // messages that one [Client.Delete] can delete
	MaxExtensions = msgext.MaxKeys     // keys that one [Client.SetExtensions] or [Client.DeleteExtensions] can name
	MaxLifeTime   = 7 * 24 * time.Hour // the longest that [WithLifeTime] can keep a message
)

// A Client sends one-to-one messages, changes them, takes them back and reads them. It is safe for concurrent use. Its
// errors are those of package restapi: [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }

// account refuses an ID that no user and no official account can have: both can talk one to one.
func account(cmd restapi.Command, field, id string) error {
	return check.Account(cmd, field, id, userid.MaxOfficial)
}

// accounts refuses a list that is empty or too long, or has an ID that account refuses.
func accounts(cmd restapi.Command, field string, ids []string, limit int) error {
	if err := check.Count(cmd, field, len(ids), limit); err != nil {
		return err
	}
	for i, id := range ids {
		if err := account(cmd, field+"["+strconv.Itoa(i)+"]", id); err != nil {
			return err
		}
	}
	return nil
}

// pair refuses two accounts of which one cannot be.
func pair(cmd restapi.Command, oneField, one, otherField, other string) error {
	if err := account(cmd, oneField, one); err != nil {
		return err
	}
	return account(cmd, otherField, other)
}

// one names a message: who sent it to whom, and its key.
type one struct {
	FromAccount string `json:"From_Account,omitempty"`
	ToAccount   string `json:"To_Account"`
	MsgKey      string `json:"MsgKey"`
}

// oneOf refuses what names no message.
func oneOf(cmd restapi.Command, fromUserID, toUserID, msgKey string) (one, error) {
	if err := pair(cmd, "From_Account", fromUserID, "To_Account", toUserID); err != nil {
		return one{}, err
	}
	if err := check.MsgKey(cmd, "MsgKey", msgKey); err != nil {
		return one{}, err
	}
	return one{fromUserID, toUserID, msgKey}, nil
}
