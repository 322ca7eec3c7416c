package group

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxFound is how many records a page of a search has.
const maxFound = 100

// A MemberSearchQuery says which members [Members.Search] looks for. Nicks and name cards match in part, user IDs only
// as a whole.
type MemberSearchQuery struct {
	Keywords         []string     // at least one; client SDKs have five at most
	KeywordMatchType KeywordMatch // by itself MatchAny
	GroupType        []Type       // in groups of these types alone; empty: of all
	GroupIDList      []string     // in these groups alone; empty: in all
}

// A FoundMember is a member that a search has found, with the group.
type FoundMember struct {
	GroupType           Type
	GroupID             string
	GroupName           string
	GroupMemberUserID   string
	GroupMemberTinyID   uint64 // the service's own number of the user
	GroupMemberUserName string // the nick
	GroupMemberNameCard string
}

type memberSearchRequest struct {
	GroupType        []Type         `json:"GroupType"`
	GroupIDList      []string       `json:"GroupIdList"`
	KeywordMatchType KeywordMatch   `json:"KeywordMatchType"`
	Keywords         []string       `json:"Keywords"`
	Count            int            `json:"Count"`
	Cursor           restapi.Cursor `json:"Cursor,omitempty"`
}

type memberSearchAnswer struct {
	IsFinish     bool
	TotalCount   int
	GroupMembers []FoundMember
	Cursor       restapi.Cursor
}

// Search goes through the members of all groups whom q looks for, 100 to a page. An error is yielded once, as the last
// thing. Each page is a call: 2 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/114548
func (m Members) Search(ctx context.Context, q MemberSearchQuery) iter.Seq2[FoundMember, error] {
	return batch.Pages(ctx, CommandGroupMemberSearch,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[FoundMember], error) {
			return m.SearchPage(ctx, q, at, 0)
		})
}

// SearchPage reads one page of the members of all groups whom q looks for, of at most limit: 1 to 100, and 0 for 100.
// Total is how many match.
//
// The search is a plug-in that must be bought, or the error is [restapi.CodeServiceUnavailable], in China and Singapore
// alone. 2 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/114548
func (m Members) SearchPage(
	ctx context.Context, q MemberSearchQuery, cursor restapi.Cursor, limit int,
) (restapi.Page[FoundMember], error) {
	var page restapi.Page[FoundMember]
	cmd := CommandGroupMemberSearch
	if err := checkKeywords(cmd, q.Keywords); err != nil {
		return page, err
	}
	req := memberSearchRequest{
		GroupType: make([]Type, len(q.GroupType)), GroupIDList: check.Unique(q.GroupIDList),
		KeywordMatchType: q.KeywordMatchType, Keywords: q.Keywords, Cursor: cursor,
	}
	for i, t := range q.GroupType {
		req.GroupType[i] = t.older()
	}
	for i, groupID := range q.GroupIDList {
		if err := check.GroupID(cmd, "GroupIdList["+strconv.Itoa(i)+"]", groupID); err != nil {
			return page, err
		}
	}
	var err error
	if req.Count, err = pageSize(cmd, "Count", limit, maxFound); err != nil {
		return page, err
	}
	resp, err := restapi.Do[memberSearchAnswer](ctx, m.caller, cmd, req)
	if err != nil {
		return page, err
	}
	page.Items, page.Total = resp.GroupMembers, resp.TotalCount
	page.Next, err = nextFound(cmd, resp.IsFinish, resp.Cursor)
	return page, err
}

// checkKeywords refuses a search for nothing.
func checkKeywords(cmd restapi.Command, keywords []string) error {
	if err := check.Count(cmd, "Keywords", len(keywords), len(keywords)); err != nil {
		return err
	}
	for i, keyword := range keywords {
		field := "Keywords[" + strconv.Itoa(i) + "]"
		if keyword == "" {
			return check.Argument(cmd, field, "is empty")
		}
		if err := check.Text(cmd, field, keyword, len(keyword)); err != nil {
			return err
		}
	}
	return nil
}

var errNoWayOn = fmt.Errorf("%w: not finished and without a cursor", restapi.ErrBadResponse)

// nextFound is the cursor of the page of a search after this one.
func nextFound(cmd restapi.Command, finished bool, cursor restapi.Cursor) (restapi.Cursor, error) {
	switch {
	case finished:
		return "", nil
	case cursor == "":
		return "", &restapi.Error{Command: cmd, HTTPStatus: http.StatusOK, Err: errNoWayOn}
	}
	return cursor, nil
}
