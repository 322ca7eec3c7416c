package follow

import "github.com/go-tencentchat/tencentchat/restapi"

const (
	// MaxUsers is the number of users that one call of [Client.Add], [Client.Delete] or [Client.Info] can name.
	MaxUsers = 20
	// MaxCheck is the number of users that one call of [Client.Check] can name.
	MaxCheck = 100
	// MaxPage is the number of users that one page of [Client.UserPage] can have.
	MaxPage = 1000
)

// A Client follows and unfollows users and reads who follows whom. It is safe for concurrent use. Its errors are those
// of package restapi: [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }
