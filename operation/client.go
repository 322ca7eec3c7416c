package operation

import "github.com/go-tencentchat/tencentchat/restapi"

// A Client does what keeps an app running: it gets message logs and figures, mutes users, blocks files, and asks for
// the addresses of the service. It is safe for concurrent use. Its errors are those of package restapi:
// [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }
