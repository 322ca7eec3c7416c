package account

import "github.com/go-tencentchat/tencentchat/restapi"

const (
	// MaxAccounts is the number of accounts that one call of [Client.MultiImport], [Client.Delete] or [Client.Check]
	// can name.
	MaxAccounts = 100
	// MaxStatusAccounts is the number of accounts that one call of [Client.QueryOnlineStatus] can name.
	MaxStatusAccounts = 500
)

// A Client imports, deletes and looks up accounts. It is safe for concurrent use. Its errors are those of
// package restapi: [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }
