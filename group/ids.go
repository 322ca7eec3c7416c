package group

import (
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxIDPage is the number of IDs that one page of [Client.IDPage] can have.
const MaxIDPage = 10_000

type idsRequest struct {
	Limit     int    `json:"Limit"`
	Next      uint64 `json:"Next"`
	GroupType Type   `json:"GroupType,omitempty"`
}

type idsAnswer struct {
	TotalCount  int
	GroupIDList []struct {
		GroupID string `json:"GroupId"`
	} `json:"GroupIdList"`
	Next uint64
}

// IDs goes through the IDs of the groups of a type, and with an empty t through those of all types. An error is yielded
// once, as the last thing. Each page, of up to 10,000 IDs, is a call: one call a second and app, repeated after a
// failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34960
func (c *Client) IDs(ctx context.Context, t Type) iter.Seq2[string, error] {
	return batch.Pages(ctx, CommandGetAppidGroupList,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[string], error) {
			return c.IDPage(ctx, t, at, 0)
		})
}

// IDPage reads one page of the IDs of the groups of a type, and with an empty t of all types, of at most limit IDs: 1
// to 10,000, and 0 for 10,000. Its Total is how many such groups there are.
//
// [restapi.CodeGroupResponseTooLarge]: the page would have over 1 MB. One call a second and app. Repeated after a
// failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34960
func (c *Client) IDPage(
	ctx context.Context, t Type, cursor restapi.Cursor, limit int,
) (restapi.Page[string], error) {
	cmd := CommandGetAppidGroupList
	var page restapi.Page[string]
	size, err := pageSize(cmd, "Limit", limit, MaxIDPage)
	if err != nil {
		return page, err
	}
	req := idsRequest{Limit: size, GroupType: t.older()}
	if err := batch.ReadCursor(cmd, "Next", cursor, &req.Next); err != nil {
		return page, err
	}
	resp, err := restapi.Do[idsAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return page, err
	}
	page.Total = resp.TotalCount
	for _, group := range resp.GroupIDList {
		page.Items = append(page.Items, group.GroupID)
	}
	if resp.Next != 0 {
		page.Next = batch.CursorOf(resp.Next)
	}
	return page, nil
}
