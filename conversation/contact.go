package conversation

import (
	"context"
	"iter"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Contact is a conversation with its marks and the conversation groups that it is in. Its Err, of
// [Client.SearchContacts], is why it could not be read, a [*restapi.Error], and nil if it was. Those of a list have
// none.
type Contact struct {
	ID

	// StandardMark are the standard marks, a digit for each: 1 where it is on. Which end is that of [MarkStar] is not
	// documented, nor is it always of the same length.
	StandardMark string
	CustomMark   string
	// Groups are the conversation groups it is in. One that the answer does not name has its GroupID alone.
	Groups          []ContactGroup
	Timestamp       time.Time // when any of it last changed
	restapi.Outcome `json:"-"`
}

// A ContactPage is one page of [Client.ContactPage].
type ContactPage struct {
	restapi.Page[Contact]

	// Groups are the conversation groups that the answer names. Whether those that no contact of the page is in are
	// among them is not documented.
	Groups []ContactGroup
}

type contactRow struct {
	ID

	StandardMark   string
	CustomMark     string
	ContactGroupID []int `json:"ContactGroupId"`
	Timestamp      int64
}

// contactsOf makes contacts of rows, whose groups are among those of the same answer.
func contactsOf(rows []contactRow, groups []ContactGroup) []Contact {
	names := make(map[int]string, len(groups))
	for _, group := range groups {
		names[group.GroupID] = group.GroupName
	}
	var contacts []Contact
	for _, r := range rows {
		contact := Contact{
			ID: r.own(), StandardMark: r.StandardMark, CustomMark: r.CustomMark, Timestamp: wire.Moment(r.Timestamp),
		}
		for _, groupID := range r.ContactGroupID {
			contact.Groups = append(contact.Groups, ContactGroup{names[groupID], groupID})
		}
		contacts = append(contacts, contact)
	}
	return contacts
}

// Contacts goes through the conversations of userID that have marks or are in conversation groups, page by page as
// [Client.ContactPage] reads them. An error is yielded once, as the last thing. Each page is a call: 200 calls a second
// and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53440
func (c *Client) Contacts(ctx context.Context, userID string) iter.Seq2[Contact, error] {
	return batch.Pages(ctx, CommandGetContactGroup,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Contact], error) {
			page, err := c.ContactPage(ctx, userID, at)
			return page.Page, err
		})
}

type contactsRequest struct {
	FromAccount string `json:"From_Account"`
	StartIndex  uint64 `json:"StartIndex"`
}

type contactsAnswer struct {
	ContactItem    []contactRow
	GroupItem      []ContactGroup
	CompleteFlag   int
	NextStartIndex uint64
}

// ContactPage reads one page of the conversations of userID that have marks or are in conversation groups; how long it
// is the service decides.
//
// [restapi.CodeContactAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure on
// the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53440
func (c *Client) ContactPage(ctx context.Context, userID string, cursor restapi.Cursor) (ContactPage, error) {
	if err := checkUser(CommandGetContactGroup, userID); err != nil {
		return ContactPage{}, err
	}
	req := contactsRequest{FromAccount: userID}
	if err := batch.ReadCursor(CommandGetContactGroup, "StartIndex", cursor, &req.StartIndex); err != nil {
		return ContactPage{}, err
	}
	resp, err := restapi.Do[contactsAnswer](ctx, c.caller, CommandGetContactGroup, req)
	if err != nil {
		return ContactPage{}, err
	}
	page := ContactPage{Groups: resp.GroupItem}
	page.Items = contactsOf(resp.ContactItem, resp.GroupItem)
	if resp.CompleteFlag != complete {
		page.Next = batch.CursorOf(resp.NextStartIndex)
	}
	return page, nil
}

type searchRequest struct {
	FromAccount string `json:"From_Account"`
	ContactItem []ID   `json:"ContactItem"`
}

type searchAnswer struct {
	ContactResultItem []contactRow
	GroupItem         []ContactGroup
}

// SearchContacts reads the marks and conversation groups of 1 to 300 conversations of userID. The result has one
// Contact for each, in the order given; one that has neither is empty. Look at the Err of each: one that the answer
// leaves out does not fail the call.
//
// [restapi.CodeContactAccountNotFound]: userID is not imported. 200 calls a second and app. Repeated after a failure on
// the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53442
func (c *Client) SearchContacts(ctx context.Context, userID string, ids []ID) ([]Contact, error) {
	if err := checkUser(CommandSearchContactGroup, userID); err != nil {
		return nil, err
	}
	if err := checkIDs(CommandSearchContactGroup, "ContactItem", keyToGroupID, ids, MaxSearch); err != nil {
		return nil, err
	}
	req := searchRequest{userID, check.Unique(ids)}
	resp, err := restapi.Do[searchAnswer](ctx, c.caller, CommandSearchContactGroup, req)
	if err != nil {
		return nil, err
	}
	contacts := contactsOf(resp.ContactResultItem, resp.GroupItem)
	answered := batch.Rows(contacts, func(contact *Contact) (ID, Contact) { return contact.ID, *contact })
	return batch.Collate(ids, answered, func(id ID) Contact {
		return Contact{ID: id, Outcome: restapi.Failed(check.Missing(CommandSearchContactGroup))}
	}), nil
}
