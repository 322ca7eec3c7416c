package group

import (
	"cmp"
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A SearchQuery says which groups [Client.Search] looks for. Names match in part, IDs only as a whole.
type SearchQuery struct {
	Keywords         []string     // at least one; client SDKs have five at most
	KeywordMatchType KeywordMatch // by itself MatchAny
	GroupType        []Type       // groups of these types alone, of which AVChatRoom is none; empty: of all
}

// A FoundGroup is a group that a search has found.
type FoundGroup struct {
	GroupType          Type
	GroupID            string
	GroupName          string
	GroupMemberNum     int
	GroupFaceURL       string `json:"GroupFaceUrl"`
	GroupIntroduction  string
	GroupOwnerUserID   string
	GroupOwnerTinyID   uint64 // the service's own number of the owner
	GroupOwnerUserName string // the owner's nick
}

type searchRequest struct {
	GroupType        []Type         `json:"GroupType"`
	KeywordMatchType KeywordMatch   `json:"KeywordMatchType"`
	Keywords         []string       `json:"Keywords"`
	Count            int            `json:"Count"`
	Cursor           restapi.Cursor `json:"Cursor,omitempty"`
}

type searchAnswer struct {
	IsFinish   bool
	TotalCount int
	Groups     []FoundGroup
	Cursor     restapi.Cursor
}

// Search goes through the groups that q looks for, 100 to a page. An error is yielded once, as the last thing. Each
// page is a call: 2 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/114549
func (c *Client) Search(ctx context.Context, q SearchQuery) iter.Seq2[FoundGroup, error] {
	return batch.Pages(ctx, CommandGroupSearch,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[FoundGroup], error) {
			return c.SearchPage(ctx, q, at, 0)
		})
}

// SearchPage reads one page of the groups that q looks for, of at most limit: 1 to 100, and 0 for 100. Total is how
// many match.
//
// The search is a plug-in that must be bought, or the error is [restapi.CodeServiceUnavailable], in China and Singapore
// alone. 2 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/114549
func (c *Client) SearchPage(
	ctx context.Context, q SearchQuery, cursor restapi.Cursor, limit int,
) (restapi.Page[FoundGroup], error) {
	var page restapi.Page[FoundGroup]
	cmd := CommandGroupSearch
	size, err := pageSize(cmd, "Count", limit, maxFound)
	if err := cmp.Or(err, checkKeywords(cmd, q.Keywords)); err != nil {
		return page, err
	}
	req := searchRequest{make([]Type, len(q.GroupType)), q.KeywordMatchType, q.Keywords, size, cursor}
	for i, t := range q.GroupType {
		req.GroupType[i] = t.older()
	}
	resp, err := restapi.Do[searchAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return page, err
	}
	page.Items, page.Total = resp.Groups, resp.TotalCount
	page.Next, err = nextFound(cmd, resp.IsFinish, resp.Cursor)
	return page, err
}
