package conversation

import (
	"context"
	"iter"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Conversation is one entry of a user's list of conversations.
type Conversation struct {
	ID

	MsgTime time.Time // the time that the list has of it
	TopFlag bool      // it is pinned, see [Client.Pin]
}

// AssistFlags say which conversations a list has. Add them up to have several.
type AssistFlags uint

// The documented flags.
const (
	AssistTop      AssistFlags = 1 // pinned conversations too
	AssistEmpty    AssistFlags = 2 // conversations without messages too
	AssistTopPages AssistFlags = 4 // the pinned ones in pages as well, not all at once
)

const assistAll = AssistTop | AssistEmpty | AssistTopPages

// A ListOption changes what [Client.Conversations] and [Client.ConversationPage] read.
type ListOption func(*listRequest)

// WithAssistFlags reads what these flags say. Without it all three are set.
func WithAssistFlags(flags AssistFlags) ListOption {
	return func(r *listRequest) { r.AssistFlags = flags }
}

// listRequest has all of its fields on the wire: the service asks for zeros too.
type listRequest struct {
	FromAccount   string      `json:"From_Account"`
	TimeStamp     uint64      `json:"TimeStamp"`
	StartIndex    uint64      `json:"StartIndex"`
	TopTimeStamp  uint64      `json:"TopTimeStamp"`
	TopStartIndex uint64      `json:"TopStartIndex"`
	AssistFlags   AssistFlags `json:"AssistFlags"`
}

// complete is the CompleteFlag of the last page.
const complete = 1

type listAnswer struct {
	SessionItem []struct {
		Type      Type
		ToAccount string `json:"To_Account"`
		GroupID   string `json:"GroupId"`
		MsgTime   int64
		TopFlag   int
	}
	CompleteFlag  int
	TimeStamp     uint64
	StartIndex    uint64
	TopTimeStamp  uint64
	TopStartIndex uint64
}

// Conversations goes through the conversations of userID, page by page as [Client.ConversationPage] reads them. An
// error is yielded once, as the last thing. Each page is a call: 200 calls a second and app, repeated after a failure
// on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43087
func (c *Client) Conversations(ctx context.Context, userID string, opts ...ListOption) iter.Seq2[Conversation, error] {
	return batch.Pages(ctx, CommandGetList,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Conversation], error) {
			return c.ConversationPage(ctx, userID, at, opts...)
		})
}

// ConversationPage reads one page of the conversations of userID: those with and without messages, and the pinned ones
// marked as such, unless [WithAssistFlags] says otherwise. How long a page is the service decides; it can be empty and
// have a Next.
//
// [restapi.CodeContactAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure on
// the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43087
func (c *Client) ConversationPage(
	ctx context.Context, userID string, cursor restapi.Cursor, opts ...ListOption,
) (restapi.Page[Conversation], error) {
	var page restapi.Page[Conversation]
	if err := checkUser(CommandGetList, userID); err != nil {
		return page, err
	}
	req := listRequest{FromAccount: userID, AssistFlags: assistAll}
	if err := batch.ReadCursor(CommandGetList, "TimeStamp", cursor,
		&req.TimeStamp, &req.StartIndex, &req.TopTimeStamp, &req.TopStartIndex); err != nil {
		return page, err
	}
	for _, opt := range opts {
		opt(&req)
	}
	resp, err := restapi.Do[listAnswer](ctx, c.caller, CommandGetList, req)
	if err != nil {
		return page, err
	}
	for _, s := range resp.SessionItem {
		page.Items = append(page.Items, Conversation{
			ID: ID{s.Type, s.ToAccount, s.GroupID}.own(), MsgTime: wire.Moment(s.MsgTime), TopFlag: s.TopFlag != 0,
		})
	}
	if resp.CompleteFlag != complete { // the numbers are no sign of the end: they are there on the last page too
		page.Next = batch.CursorOf(resp.TimeStamp, resp.StartIndex, resp.TopTimeStamp, resp.TopStartIndex)
	}
	return page, nil
}
