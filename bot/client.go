package bot

import (
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxRobots is the number of bots that an app can have.
const MaxRobots = 20

const (
	idPrefix = "@RBT#" // of the ID of a bot
	maxText  = 500     // bytes
)

// A Client makes the accounts of chatbots and sends what they say. It is safe for concurrent use. Its errors are those
// of package restapi: [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }

// robot refuses an ID that no bot can have.
func robot(cmd restapi.Command, field, id string) error {
	if err := check.UserID(cmd, field, id); err != nil {
		return err
	}
	if !strings.HasPrefix(id, idPrefix) {
		return check.Argument(cmd, field, "does not begin with %s", idPrefix)
	}
	return nil
}
