package conversation

import "github.com/go-tencentchat/tencentchat/restapi"

const (
	// MaxMark is the number of conversations that one call of [Client.Mark] can name.
	MaxMark = 100
	// MaxSearch is the number of conversations that one call of [Client.SearchContacts] can name.
	MaxSearch = 300

	// maxContacts is how many conversations of a user can have marks or be in conversation groups, in all.
	maxContacts = 1000
)

// A Client reads, deletes, pins, marks and groups the conversations of users. It is safe for concurrent use. Its errors
// are those of package restapi: [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }
