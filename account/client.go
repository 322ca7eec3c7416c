package account

import "github.com/go-tencentchat/tencentchat/restapi"

const service = "im_open_login_svc"

// The commands of this package, to name them in middleware, limits and tests. All may be repeated. Importing what is
// there makes no second account, and the rest come to the same when done twice: a deletion whose first attempt got
// through finds no account, a repeated kick voids at most what was signed before Kick returned.
var (
	CommandImport            = restapi.Command{Service: service, Name: "account_import", PerSecond: 200, Idempotent: true}
	CommandMultiImport       = restapi.Command{Service: service, Name: "multiaccount_import", PerSecond: 100, Idempotent: true}
	CommandDelete            = restapi.Command{Service: service, Name: "account_delete", PerSecond: 100, Idempotent: true}
	CommandCheck             = restapi.Command{Service: service, Name: "account_check", PerSecond: 100, Idempotent: true}
	CommandKick              = restapi.Command{Service: service, Name: "kick", PerSecond: 200, Idempotent: true}
	CommandQueryOnlineStatus = restapi.Command{Service: "openim", Name: "query_online_status", PerSecond: 200, Idempotent: true}
	CommandQueryState        = restapi.Command{Service: "openim", Name: "querystate", PerSecond: 200, Idempotent: true}
)

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
