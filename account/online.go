package account

import (
	"cmp"
	"context"
	"maps"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An OnlineStatus says whether a user, or one platform of a user, can be reached. Words newer than this SDK are read as
// they are.
type OnlineStatus string

// The values of OnlineStatus.
const (
	Online     OnlineStatus = "Online"     // there is a live connection
	PushOnline OnlineStatus = "PushOnline" // no connection, pushes still arrive; for 7 days after the last connection
	Offline    OnlineStatus = "Offline"    // logged out, or not seen for 7 days
)

// A Platform is the kind of device that a user is signed in with. The set is open, and the vendor's own samples differ
// in the case of letters: compare with [Platform.Is].
type Platform string

// The documented platforms.
const (
	IPhone  Platform = "iPhone"
	Android Platform = "Android"
	Web     Platform = "Web"
	PC      Platform = "PC"
	IPad    Platform = "iPad"
	Mac     Platform = "Mac"
)

// Is reports whether p and q name the same platform, without regard to the case of letters.
func (p Platform) Is(q Platform) bool { return strings.EqualFold(string(p), string(q)) }

// A PlatformStatus is the status of a user on one platform.
type PlatformStatus struct {
	Platform Platform     `json:"Platform"`
	Status   OnlineStatus `json:"Status"`
}

// A StatusResult is the online status of one user: its Err is why the status could not be read, a [*restapi.Error], and
// nil if it was.
type StatusResult struct {
	UserID string
	// Status is Online when any one device is; empty where Err is not nil.
	Status OnlineStatus
	// Detail is the status on each platform where the user was seen; only with [WithDetail].
	Detail          []PlatformStatus
	restapi.Outcome `json:"-"`
}

// On returns the user's status on a platform, Offline where Detail does not name it.
func (r StatusResult) On(p Platform) OnlineStatus {
	for _, d := range r.Detail {
		if d.Platform.Is(p) {
			return d.Status
		}
	}
	return Offline
}

// A StatusOption changes what [Client.QueryOnlineStatus] asks for.
type StatusOption func(*statusRequest)

// WithDetail asks for the status on each platform too.
func WithDetail() StatusOption {
	return func(r *statusRequest) { r.IsNeedDetail = 1 }
}

type statusRequest struct {
	ToAccount    []string `json:"To_Account"`
	IsNeedDetail int      `json:"IsNeedDetail,omitempty"`
}

type statusResponse struct {
	QueryResult []struct {
		ToAccount string           `json:"To_Account"`
		Status    OnlineStatus     `json:"Status"`
		State     OnlineStatus     `json:"State"` // the same under the name that some pages and the older command use
		Detail    []PlatformStatus `json:"Detail"`
	} `json:"QueryResult"`
	ErrorList []struct {
		ToAccount string `json:"To_Account"`
		ErrorCode int    `json:"ErrorCode"`
	} `json:"ErrorList"`
}

// QueryOnlineStatus tells of 1 to 500 users whether they are online. The result has one StatusResult for each user ID,
// in the order given: look at the Err of each. The call fails only when no user's status could be read.
//
// [restapi.CodeAccountNotFound], of a user, or of the call when it goes for all: the account is not imported. 200 calls
// a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/35477
func (c *Client) QueryOnlineStatus(
	ctx context.Context, userIDs []string, opts ...StatusOption,
) ([]StatusResult, error) {
	return c.status(ctx, CommandQueryOnlineStatus, userIDs, opts)
}

// QueryState tells whether users are online, by the command that was there before [Client.QueryOnlineStatus]. The
// service does not name those whose accounts are not there, it only says that there are such: then every user whom the
// answer leaves out fails with [restapi.CodeAccountNotFound]. It gives no other reason for a user whose status could
// not be read.
//
// 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/2566
//
// Deprecated: use [Client.QueryOnlineStatus]. The vendor's newer lists of commands do not name this one.
func (c *Client) QueryState(ctx context.Context, userIDs []string, opts ...StatusOption) ([]StatusResult, error) {
	return c.status(ctx, CommandQueryState, userIDs, opts)
}

func (c *Client) status(
	ctx context.Context, cmd restapi.Command, userIDs []string, opts []StatusOption,
) ([]StatusResult, error) {
	if err := check.UserIDs(cmd, "To_Account", userIDs, MaxStatusAccounts); err != nil {
		return nil, err
	}
	req := statusRequest{ToAccount: check.Unique(userIDs)}
	for _, opt := range opts {
		opt(&req)
	}
	resp, err := restapi.Do[statusResponse](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	return resp.results(cmd, userIDs), nil
}

func (r *statusResponse) results(cmd restapi.Command, userIDs []string) []StatusResult {
	answered := make(map[string]StatusResult, len(userIDs))
	missing := check.Missing(cmd)
	for _, one := range r.QueryResult {
		if one.ToAccount == userid.NotFound {
			missing = check.Item(cmd, int(restapi.CodeAccountNotFound), "")
			continue
		}
		answered[one.ToAccount] = StatusResult{
			UserID: one.ToAccount, Status: cmp.Or(one.Status, one.State), Detail: one.Detail,
		}
	}
	for _, one := range r.ErrorList {
		err := check.Item(cmd, one.ErrorCode, "")
		if err == nil {
			err = check.Unexplained(cmd, "ErrorList")
		}
		answered[one.ToAccount] = StatusResult{UserID: one.ToAccount, Outcome: restapi.Failed(err)}
	}
	return batch.Collate(userIDs, maps.All(answered), func(userID string) StatusResult {
		return StatusResult{UserID: userID, Outcome: restapi.Failed(missing)}
	})
}
