package conversation

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
)

type pinRequest struct {
	FromAccount       string    `json:"From_Account"`
	OperationType     operation `json:"OperationType"`
	RecentContactItem []pinItem `json:"RecentContactItem"`
}

type operation int

const (
	pin   operation = 1
	unpin operation = 2
)

type pinItem struct {
	Type      Type   `json:"Type"`
	ToAccount string `json:"To_Account,omitempty"`
	GroupID   string `json:"GroupId,omitempty"`
}

// Pin keeps conversations at the top of the list of userID; one that is pinned already is no error. A user can have 50
// pinned ones. The service says nothing of the single conversations, and how many one call can name is not documented,
// nor whether a call that fails has pinned some of them.
//
// [restapi.CodeContactPinnedLimit]: there are too many. [restapi.CodeContactAccountNotFound]: userID is not imported.
// 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/78304
func (c *Client) Pin(ctx context.Context, userID string, ids []ID) error {
	return c.pin(ctx, userID, ids, pin)
}

// Unpin lets conversations go from the top of the list of userID; one that is not pinned is no error. The service says
// nothing of the single conversations, and how many one call can name is not documented.
//
// [restapi.CodeContactAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure
// that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/78304
func (c *Client) Unpin(ctx context.Context, userID string, ids []ID) error {
	return c.pin(ctx, userID, ids, unpin)
}

func (c *Client) pin(ctx context.Context, userID string, ids []ID, op operation) error {
	if err := checkUser(CommandTop, userID); err != nil {
		return err
	}
	if err := checkIDs(CommandTop, "RecentContactItem", keyInTop, ids, len(ids)); err != nil {
		return err
	}
	req := pinRequest{FromAccount: userID, OperationType: op}
	for _, id := range check.Unique(ids) {
		req.RecentContactItem = append(req.RecentContactItem, pinItem{id.Type, id.ToAccount, id.ToGroupID})
	}
	return c.caller.Call(ctx, CommandTop, req, nil)
}
