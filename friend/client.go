package friend

import "github.com/go-tencentchat/tencentchat/restapi"

const (
	// MaxUsers is the number of users that one call can name, of [Client.Import] and [Client.Update] too, and that one
	// page of [Client.BlockedUserPage] can have. No limit is documented for [Client.Add] and [Client.Get].
	MaxUsers = 1000
	// MaxGroups is the number of friend groups that a user can have, and that one call can name.
	MaxGroups = 32
)

// A Client keeps friend lists, friend groups and blocklists. It is safe for concurrent use. Its errors are those of
// package restapi: [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }
