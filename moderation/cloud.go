package moderation

import (
	"cmp"
	"context"
	"iter"
	"net/http"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Library is a word list of cloud moderation. Libraries are made in the console.
type Library struct {
	ID         string
	LibName    string
	Describe   string
	CreateTime string // as the service writes it, such as "2024-02-20 13:53:44 +0800 CST"
	Suggestion Decision
}

// A Keyword is a word to be put into a library. Of a Label that is empty the service makes what it likes.
type Keyword struct {
	Content string `json:"Content"`
	Label   Label  `json:"Label,omitempty"`
}

// A CloudKeyword is a word of a library.
type CloudKeyword struct {
	ID         string
	Content    string
	CreateTime string // as the service writes it, without a zone
}

// A KeywordResult is the outcome of [Client.DeleteCloudKeywords] for one word: its Err is why the word was not deleted,
// a [*restapi.Error] with what the service says in Info, and nil if it was.
type KeywordResult struct {
	Keyword         string
	KeywordID       string
	restapi.Outcome `json:"-"`
}

type librariesRequest struct{ pageOf }

// ForApp names the app.
func (r librariesRequest) ForApp(sdkAppID uint64) any {
	r.SDKAppID = sdkAppID
	return r
}

type librariesAnswer struct {
	TotalCount int
	Infos      []Library
}

// Libraries goes through the libraries of the app, page by page as [Client.LibraryPage] reads them. An error is yielded
// once, as the last thing. Each page is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77829
func (c *Client) Libraries(ctx context.Context) iter.Seq2[Library, error] {
	return batch.Pages(ctx, CommandGetCloudAuditKeywordsIDs,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Library], error) {
			return c.LibraryPage(ctx, at, 0)
		})
}

// LibraryPage reads one page of the libraries of the app, of at most limit; 0 stands for 100, the most. 200 calls a
// second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77829
func (c *Client) LibraryPage(
	ctx context.Context, cursor restapi.Cursor, limit int,
) (page restapi.Page[Library], err error) {
	var req librariesRequest
	if req.pageOf, err = pageAt(CommandGetCloudAuditKeywordsIDs, cursor, limit); err != nil {
		return page, err
	}
	resp, err := restapi.Do[librariesAnswer](ctx, c.caller, CommandGetCloudAuditKeywordsIDs, req)
	if err != nil {
		return page, err
	}
	page.Items, page.Total = resp.Infos, resp.TotalCount
	page.Next = req.next(len(resp.Infos), resp.TotalCount)
	return page, nil
}

// A CloudKeywordsOption changes what [Client.CloudKeywords] and [Client.CloudKeywordPage] read.
type CloudKeywordsOption func(*cloudRequest)

// WithContent reads only words that have this text in them.
func WithContent(part string) CloudKeywordsOption {
	return func(r *cloudRequest) { r.Content = part }
}

type cloudRequest struct {
	pageOf

	LibID   string `json:"LibID"`
	Content string `json:"Content,omitempty"`
}

// ForApp names the app.
func (r cloudRequest) ForApp(sdkAppID uint64) any {
	r.SDKAppID = sdkAppID
	return r
}

type cloudAnswer struct {
	TotalCount int
	Infos      []CloudKeyword
}

// CloudKeywords goes through the words of a library, page by page as [Client.CloudKeywordPage] reads them. An error is
// yielded once, as the last thing. Each page is a call: 200 calls a second and app, repeated after a failure on the
// way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77830
func (c *Client) CloudKeywords(
	ctx context.Context, libID string, opts ...CloudKeywordsOption,
) iter.Seq2[CloudKeyword, error] {
	return batch.Pages(ctx, CommandGetCloudAuditKeywords,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[CloudKeyword], error) {
			return c.CloudKeywordPage(ctx, libID, at, 0, opts...)
		})
}

// CloudKeywordPage reads one page of the words of a library, of at most limit; 0 stands for 100, the most. 200 calls a
// second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77830
func (c *Client) CloudKeywordPage(
	ctx context.Context, libID string, cursor restapi.Cursor, limit int, opts ...CloudKeywordsOption,
) (page restapi.Page[CloudKeyword], err error) {
	cmd := CommandGetCloudAuditKeywords
	req := cloudRequest{LibID: libID}
	if err := check.Filled(cmd, "LibID", libID); err != nil {
		return page, err
	}
	if req.pageOf, err = pageAt(cmd, cursor, limit); err != nil {
		return page, err
	}
	for _, opt := range opts {
		opt(&req)
	}
	resp, err := restapi.Do[cloudAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return page, err
	}
	page.Items, page.Total = resp.Infos, resp.TotalCount
	page.Next = req.next(len(resp.Infos), resp.TotalCount)
	return page, nil
}

type addCloudRequest struct {
	app

	LibID        string    `json:"LibID"`
	UserKeywords []Keyword `json:"UserKeywords"`
}

// ForApp names the app.
func (r addCloudRequest) ForApp(sdkAppID uint64) any {
	r.SDKAppID = sdkAppID
	return r
}

// AddCloudKeywords puts 1 to 10 words into a library. What a word gets that is in it already is not documented.
//
// [restapi.CodeModerationInvalidParameter]: there is no such library, or a word cannot be in one. 200 calls a second
// and app. Not repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77831
func (c *Client) AddCloudKeywords(ctx context.Context, libID string, keywords []Keyword) error {
	cmd := CommandAddCloudAuditKeywords
	if err := check.Filled(cmd, "LibID", libID); err != nil {
		return err
	}
	name := func(k Keyword) (string, string) { return k.Content, ".Content" }
	if err := words(cmd, "UserKeywords", keywords, name); err != nil {
		return err
	}
	if err := once(cmd, "UserKeywords", keywords, func(k Keyword) string { return k.Content }); err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, addCloudRequest{LibID: libID, UserKeywords: keywords}, nil)
}

type deleteCloudRequest struct {
	app

	LibID    string   `json:"LibID"`
	Keywords []string `json:"Keywords"`
}

// ForApp names the app.
func (r deleteCloudRequest) ForApp(sdkAppID uint64) any {
	r.SDKAppID = sdkAppID
	return r
}

type deleteCloudAnswer struct {
	Details []struct {
		KeywordID string
		Keyword   string
		Deleted   bool
		ErrorInfo string
	}
}

// DeleteCloudKeywords takes 1 to 10 words out of a library. The result has one KeywordResult for each, in the order
// given; a word that is named twice is sent once. Look at the Err of each: a word that is not deleted does not fail the
// call. After a repeat that can be one which the attempt before has deleted.
//
// At most 200 calls are made in a second, as no limit is documented. Repeated after a failure that leaves its outcome
// open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77832
func (c *Client) DeleteCloudKeywords(ctx context.Context, libID string, keywords []string) ([]KeywordResult, error) {
	cmd := CommandDeleteCloudAuditKeywords
	if err := check.Filled(cmd, "LibID", libID); err != nil {
		return nil, err
	}
	name := func(k string) (string, string) { return k, "" }
	if err := words(cmd, "Keywords", keywords, name); err != nil {
		return nil, err
	}
	req := deleteCloudRequest{LibID: libID, Keywords: check.Unique(keywords)}
	resp, err := restapi.Do[deleteCloudAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := func(yield func(string, KeywordResult) bool) {
		for _, d := range resp.Details {
			result := KeywordResult{Keyword: d.Keyword, KeywordID: d.KeywordID}
			if !d.Deleted {
				info := cmp.Or(d.ErrorInfo, "not deleted")
				result.Outcome = restapi.Failed(&restapi.Error{Info: info, Command: cmd, HTTPStatus: http.StatusOK})
			}
			if !yield(d.Keyword, result) {
				return
			}
		}
	}
	return batch.Collate(keywords, answered, func(k string) KeywordResult {
		return KeywordResult{Keyword: k, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
