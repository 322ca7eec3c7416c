package operation

import (
	"context"
	"net/url"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A NetType says which addresses of the service a list has.
type NetType int

// The documented types. China is the mainland and, for webhooks, Hong Kong.
const (
	NetTypeAll      NetType = 0 // of all regions
	NativeChina     NetType = 1 // for native clients
	NativeOverseas  NetType = 2
	WebChina        NetType = 3 // for clients in browsers
	WebOverseas     NetType = 4
	WebhookChina    NetType = 5 // from which webhooks are sent
	WebhookOverseas NetType = 6
)

// ipListRequest has no body; what it asks for is in the URL.
type ipListRequest struct{ netType NetType }

// Query adds the type to the URL.
func (r ipListRequest) Query() url.Values {
	return url.Values{"nettype": {strconv.Itoa(int(r.netType))}}
}

type ipListAnswer struct{ IPList []string }

// GetIPList returns the addresses that the service is reached at, or that its webhooks come from: single ones, and
// networks as 198.51.100.0/25, as the service writes them. They change; ask again from time to time.
//
// 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/36742
func (c *Client) GetIPList(ctx context.Context, t NetType) ([]string, error) {
	if t < 0 {
		return nil, check.Argument(CommandGetIPList, "nettype", "is %d, must not be negative", int(t))
	}
	resp, err := restapi.Do[ipListAnswer](ctx, c.caller, CommandGetIPList, ipListRequest{t})
	if err != nil {
		return nil, err
	}
	return resp.IPList, nil
}
