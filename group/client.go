package group

import (
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Client makes and changes groups, sends their messages and reads them. What it does not do by itself is done by its
// parts, each of which can be handed on alone. It is safe for concurrent use. Its errors are those of package restapi:
// [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	Members     Members     // who is in a group, and who is muted or banned
	Attributes  Attributes  // a few keys with values that all members see
	Counters    Counters    // numbers that are counted up and down
	Topics      Topics      // those of a Community
	Permissions Permissions // what members of a Community may do in its topics
	Live        Live        // an AVChatRoom and its audience
	Import      Import      // groups, members and messages of another system

	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client {
	return &Client{
		Members: Members{c}, Attributes: Attributes{c}, Counters: Counters{c}, Topics: Topics{c},
		Permissions: Permissions{c}, Live: Live{c}, Import: Import{c},
		caller: c,
	}
}
