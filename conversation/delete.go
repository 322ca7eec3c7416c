package conversation

import "context"

// A DeleteOption changes what [Client.Delete] does.
type DeleteOption func(*deleteRequest)

// WithClearRamble deletes the messages of the conversation too, as the user has them: the other side keeps its own.
func WithClearRamble() DeleteOption {
	return func(r *deleteRequest) { r.ClearRamble = 1 }
}

type deleteRequest struct {
	FromAccount string `json:"From_Account"`
	Type        Type   `json:"Type"`
	ToAccount   string `json:"To_Account,omitempty"`
	ToGroupID   string `json:"ToGroupid,omitempty"` // as this command alone spells it
	ClearRamble int    `json:"ClearRamble"`
}

// Delete takes one conversation off the list of userID, and leaves its messages where they are unless [WithClearRamble]
// says otherwise. The next message brings it back.
//
// [restapi.CodeContactAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure
// that leaves its outcome open, so that a conversation which a message brings back between two attempts goes too.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43088
func (c *Client) Delete(ctx context.Context, userID string, id ID, opts ...DeleteOption) error {
	if err := checkUser(CommandDelete, userID); err != nil {
		return err
	}
	if err := id.check(CommandDelete, "", keyInDelete); err != nil {
		return err
	}
	req := deleteRequest{FromAccount: userID, Type: id.Type, ToAccount: id.ToAccount, ToGroupID: id.ToGroupID}
	for _, opt := range opts {
		opt(&req)
	}
	return c.caller.Call(ctx, CommandDelete, req, nil)
}
