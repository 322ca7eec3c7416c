package official

import (
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	// MaxAccounts is the number of official accounts that one call of [Client.GetInfo] can name.
	MaxAccounts = 50
	// MaxSubscribers is the number of users that one call of [Client.AddSubscribers] or [Client.DeleteSubscribers] can
	// name.
	MaxSubscribers = 100
	// MaxMsgKeys is the number of messages that one call of [Client.Recall] can name.
	MaxMsgKeys = 10
)

const (
	idPrefix = "@TOA#_" // of the ID of an official account
	maxPage  = 200      // subscribers or subscriptions of a page
)

// A Client makes official accounts, keeps their subscribers and publishes messages. It is safe for concurrent use. Its
// errors are those of package restapi: [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }

// account refuses an ID that no official account can have.
func account(cmd restapi.Command, field, id string) error {
	return check.Account(cmd, field, id, userid.MaxOfficial)
}

// newAccount refuses an ID that the service does not make an official account of.
func newAccount(cmd restapi.Command, field, id string) error {
	if err := account(cmd, field, id); err != nil {
		return err
	}
	if !strings.HasPrefix(id, idPrefix) {
		return check.Argument(cmd, field, "does not begin with %s", idPrefix)
	}
	return nil
}

// named names an official account.
type named struct {
	OfficialAccount string `json:"Official_Account"`
}
