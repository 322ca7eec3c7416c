package operation

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A FileStatus is what has become of a file.
type FileStatus int

// The documented values.
const (
	FileNormal  FileStatus = 0
	FileBlocked FileStatus = 1 // see [Client.ForbidFile]
	FileGone    FileStatus = 2
)

// A FileSig is an address at which a file can be fetched, by whoever has it, for 15 minutes. Its Err is why there is
// none, a [*restapi.Error], and nil if there is.
type FileSig struct {
	RawURL          string
	PreSigURL       string
	Status          FileStatus
	restapi.Outcome `json:"-"`
}

type fileRequest struct {
	RawURL string `json:"RawURL"`
}

// ForbidFile blocks a file that a client has sent in a message; rawURL is its address as the element of the message has
// it. Nobody can fetch it then but by [Client.GetFileSigs]. Only files that clients have uploaded can be blocked.
//
// At most 200 calls are made in a second, as no limit is documented. Repeated after a failure that leaves its outcome
// open.
//
// Vendor page, as it once was:
// https://github.com/tencentyun/qcloud-documents/blob/master/product/移动与通信/即时通信/9服务端
// API/服务端API/运营管理/文件封禁. md .
func (c *Client) ForbidFile(ctx context.Context, rawURL string) error {
	return c.file(ctx, CommandForbidIllegalObject, rawURL)
}

// AllowFile lets a file that [Client.ForbidFile] has blocked be fetched again.
//
// At most 200 calls are made in a second, as no limit is documented. Repeated after a failure that leaves its outcome
// open.
//
// Vendor page, as it once was:
// https://github.com/tencentyun/qcloud-documents/blob/master/product/移动与通信/即时通信/9服务端
// API/服务端API/运营管理/文件解封.md .
func (c *Client) AllowFile(ctx context.Context, rawURL string) error {
	return c.file(ctx, CommandAllowBannedObject, rawURL)
}

func (c *Client) file(ctx context.Context, cmd restapi.Command, rawURL string) error {
	if err := check.Filled(cmd, "RawURL", rawURL); err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, fileRequest{rawURL}, nil)
}

type sigsRequest struct {
	RawURLs []numberedURL `json:"RawURLs"`
}

type numberedURL struct {
	ResourceID int    `json:"ResourceID"`
	RawURL     string `json:"RawURL"`
}

type sigsAnswer struct {
	PreSigURLs []struct {
		Code       int
		Desc       string
		ResourceID int
		PreSigURL  string
		Status     FileStatus
	}
}

// GetFileSigs returns addresses at which files can be fetched for 15 minutes, blocked ones too; rawURLs are their
// addresses as the elements of messages have them. The result has one FileSig for each, in the order given; an address
// that is named twice is sent once. Look at the Err of each: one that fails does not fail the call. How many one call
// can name is not documented.
//
// At most 200 calls are made in a second, as no limit is documented. Repeated after a failure on the way.
//
// Vendor page, as it once was:
// https://github.com/tencentyun/qcloud-documents/blob/master/product/移动与通信/即时通信/9服务端
// API/服务端API/运营管理/文件签名.md .
func (c *Client) GetFileSigs(ctx context.Context, rawURLs []string) ([]FileSig, error) {
	cmd := CommandGetCOSSig
	if err := check.Count(cmd, "RawURLs", len(rawURLs), len(rawURLs)); err != nil {
		return nil, err
	}
	for i, rawURL := range rawURLs {
		if err := check.Filled(cmd, "RawURLs["+strconv.Itoa(i)+"].RawURL", rawURL); err != nil {
			return nil, err
		}
	}
	var req sigsRequest
	urls := check.Unique(rawURLs)
	for i, rawURL := range urls {
		req.RawURLs = append(req.RawURLs, numberedURL{i + 1, rawURL}) // as in the sample
	}
	resp, err := restapi.Do[sigsAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := func(yield func(string, FileSig) bool) {
		for _, r := range resp.PreSigURLs {
			if r.ResourceID < 1 || r.ResourceID > len(urls) {
				continue
			}
			sig := FileSig{RawURL: urls[r.ResourceID-1], PreSigURL: r.PreSigURL, Status: r.Status}
			if r.Code != 0 {
				sig.Outcome = restapi.Failed(&restapi.Error{
					Code: restapi.Code(r.Code), Info: r.Desc, Command: cmd, HTTPStatus: http.StatusOK,
				})
			}
			if !yield(sig.RawURL, sig) {
				return
			}
		}
	}
	return batch.Collate(rawURLs, answered, func(rawURL string) FileSig {
		return FileSig{RawURL: rawURL, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
