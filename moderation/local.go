package moderation

import (
	"context"
	"iter"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A WordType is what a local word is.
type WordType int

// The documented types.
const (
	WordText   WordType = 1
	WordRegexp WordType = 2 // a regular expression, of which kind is not documented
)

// A FilterType is what becomes of a message with a local word in it.
type FilterType int

// The documented types.
const (
	FilterReplace FilterType = 1 // the word is replaced
	FilterBlock   FilterType = 2 // the message is stopped
)

// A LocalKeyword is a word of local moderation, which an app has one list of.
type LocalKeyword struct {
	Keyword         string
	WordType        WordType   // needed in a word that is added
	FilterType      FilterType // needed too
	ReplacedContent string     // what is put in its place, with FilterReplace; it can be empty
	ID              uint64     // given by the service
	UpdateTime      string     // when it last changed, as the service writes it
}

// A LocalKeywordPage is one page of [Client.LocalKeywordPage].
type LocalKeywordPage struct {
	restapi.Page[LocalKeyword]

	TotalRegCount int // regular expressions of the whole list
	CurCount      int // words that match the options
	CurRegCount   int // regular expressions that match the options
}

// A localWord is a LocalKeyword on the wire.
type localWord struct {
	ID              uint64     `json:"Id,omitempty"`
	Keyword         string     `json:"Keyword"`
	WordType        WordType   `json:"WordType"`
	FilterType      FilterType `json:"FilterType"`
	ReplacedContent string     `json:"ReplacedContent,omitempty"`
}

// A LocalKeywordsOption changes what [Client.LocalKeywords] and [Client.LocalKeywordPage] read.
type LocalKeywordsOption func(*localRequest)

// WithKeyword reads only words that have this text in them.
func WithKeyword(part string) LocalKeywordsOption {
	return func(r *localRequest) { r.Keyword = part }
}

// WithFilterType reads only words with this FilterType.
func WithFilterType(t FilterType) LocalKeywordsOption {
	return func(r *localRequest) { r.FilterType = t }
}

type localRequest struct {
	pageOf

	FilterType FilterType `json:"FilterType,omitempty"`
	Keyword    string     `json:"Keyword,omitempty"`
}

// ForApp names the app.
func (r localRequest) ForApp(sdkAppID uint64) any {
	r.SDKAppID = sdkAppID
	return r
}

type localAnswer struct {
	LocalAuditWords []struct {
		localWord

		UpdateTime string
	}
	TotalCount, TotalRegCount, CurCount, CurRegCount int
}

// LocalKeywords goes through the words of local moderation, page by page as [Client.LocalKeywordPage] reads them. An
// error is yielded once, as the last thing. Each page is a call: at most 200 are made in a second, as no limit is
// documented, repeated after a failure on the way.
//
// No vendor page is known; a client library has it: https://github.com/doocs/qcloud-im-server-sdk-java
func (c *Client) LocalKeywords(ctx context.Context, opts ...LocalKeywordsOption) iter.Seq2[LocalKeyword, error] {
	return batch.Pages(ctx, CommandGetLocalAuditKeywords,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[LocalKeyword], error) {
			page, err := c.LocalKeywordPage(ctx, at, 0, opts...)
			return page.Page, err
		})
}

// LocalKeywordPage reads one page of the words of local moderation, of at most limit; 0 stands for 100, the most. Its
// Total is that of the whole list, whatever the options. At most 200 calls are made in a second, as no limit is
// documented. Repeated after a failure on the way.
//
// No vendor page is known; a client library has it: https://github.com/doocs/qcloud-im-server-sdk-java
func (c *Client) LocalKeywordPage(
	ctx context.Context, cursor restapi.Cursor, limit int, opts ...LocalKeywordsOption,
) (page LocalKeywordPage, err error) {
	var req localRequest
	if req.pageOf, err = pageAt(CommandGetLocalAuditKeywords, cursor, limit); err != nil {
		return page, err
	}
	for _, opt := range opts {
		opt(&req)
	}
	resp, err := restapi.Do[localAnswer](ctx, c.caller, CommandGetLocalAuditKeywords, req)
	if err != nil {
		return page, err
	}
	for _, w := range resp.LocalAuditWords {
		page.Items = append(page.Items, LocalKeyword{
			w.Keyword, w.WordType, w.FilterType, w.ReplacedContent, w.ID, w.UpdateTime,
		})
	}
	page.Total, page.TotalRegCount = resp.TotalCount, resp.TotalRegCount
	page.CurCount, page.CurRegCount = resp.CurCount, resp.CurRegCount
	page.Next = req.next(len(resp.LocalAuditWords), 0) // what the counts mean under a filter is not documented
	return page, nil
}

type localWordsRequest struct {
	app

	LocalAuditWords []localWord `json:"LocalAuditWords"`
}

// ForApp names the app.
func (r localWordsRequest) ForApp(sdkAppID uint64) any {
	r.SDKAppID = sdkAppID
	return r
}

// localWords refuses a list of words that cannot be added or deleted. The IDs are sent where the service needs them.
func localWords(cmd restapi.Command, list []LocalKeyword, ids bool) (req localWordsRequest, err error) {
	name := func(k LocalKeyword) (string, string) { return k.Keyword, ".Keyword" }
	if err := words(cmd, "LocalAuditWords", list, name); err != nil {
		return req, err
	}
	type word struct {
		Keyword string
		WordType
	}
	key := func(k LocalKeyword) word { return word{k.Keyword, k.WordType} }
	if err := once(cmd, "LocalAuditWords", list, key); err != nil {
		return req, err
	}
	for _, k := range list {
		word := localWord{0, k.Keyword, k.WordType, k.FilterType, k.ReplacedContent}
		if ids {
			word.ID = k.ID
		}
		req.LocalAuditWords = append(req.LocalAuditWords, word)
	}
	return req, nil
}

// AddLocalKeywords puts 1 to 10 words into the list of local moderation. Each has a Keyword, a WordType and a
// FilterType; ID and UpdateTime are not sent. What a word gets that is in it already is not documented.
//
// At most 200 calls are made in a second, as no limit is documented. Not repeated after a failure that leaves its
// outcome open.
//
// No vendor page is known; a client library has it: https://github.com/doocs/qcloud-im-server-sdk-java
func (c *Client) AddLocalKeywords(ctx context.Context, keywords []LocalKeyword) error {
	req, err := localWords(CommandAddLocalAuditKeywords, keywords, false)
	if err != nil {
		return err
	}
	for i, k := range keywords {
		field := "LocalAuditWords[" + strconv.Itoa(i) + "]"
		switch {
		case k.WordType == 0:
			return check.Argument(CommandAddLocalAuditKeywords, field+".WordType", "is not set")
		case k.FilterType == 0:
			return check.Argument(CommandAddLocalAuditKeywords, field+".FilterType", "is not set")
		}
	}
	return c.caller.Call(ctx, CommandAddLocalAuditKeywords, req, nil)
}

// DeleteLocalKeywords takes 1 to 10 words out of the list of local moderation. They are best given as
// [Client.LocalKeywords] has them: which of their fields count is not documented, and all are sent but UpdateTime.
//
// At most 200 calls are made in a second, as no limit is documented. Repeated after a failure that leaves its outcome
// open.
//
// No vendor page is known; a client library has it: https://github.com/doocs/qcloud-im-server-sdk-java
func (c *Client) DeleteLocalKeywords(ctx context.Context, keywords []LocalKeyword) error {
	req, err := localWords(CommandDeleteLocalAuditKeywords, keywords, true)
	if err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandDeleteLocalAuditKeywords, req, nil)
}
