package chat

import (
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// withReceipts are the types of groups whose messages can have receipts.
const withReceipts = work | public | meeting

// maxReceiptMembers is how many members a group may have for its messages to have receipts.
const maxReceiptMembers = 200

// receipts are the members who have read a message that asks for it, in the order in which they did.
type receipts struct{ readers []string }

// has says whether a member is among them.
func (r *receipts) has(userID string) bool { return slices.Contains(r.readers, userID) }

// split are the members who have read a message and those who have not. The sender is neither.
func (t place) split(m *groupMsg) (read, unread []string) {
	for _, one := range t.members.all {
		switch userID := one.userID; {
		case userID == m.from:
		case m.receipts.has(userID):
			read = append(read, userID)
		case m.has(userID):
			unread = append(unread, userID)
		}
	}
	return read, unread
}

// receiptsOf returns the message of that number that has receipts, and refuses any other.
func (t place) receiptsOf(seq uint32) (*groupMsg, error) {
	if m := t.log().find(seq); m != nil && m.receipts != nil {
		return m, nil
	}
	return nil, refuse(restapi.CodeGroupReceiptNotFound, "the message did not ask for receipts")
}

// receiptTalk returns the group of a command about receipts.
func (a *App) receiptTalk(c *call, groupID string) (place, error) {
	return a.talkIn(c, groupID, "", withReceipts)
}

func groupMsgReceipt(a *App, c *call, req *struct {
	GroupID     string `json:"GroupId"`
	FromAccount string `json:"From_Account"`
	MsgSeqList  []groupMsgSeq
},
) (any, error) {
	t, err := a.receiptTalk(c, req.GroupID)
	switch n := len(req.MsgSeqList); {
	case err != nil:
		return nil, err
	case n == 0 || n > group.MaxMarkRead:
		return nil, badGroup("MsgSeqList has no messages, or over 50")
	case !t.members.has(req.FromAccount):
		return nil, badGroup("From_Account is not a member")
	}
	var all []*groupMsg
	for _, one := range req.MsgSeqList {
		m, err := t.receiptsOf(one.MsgSeq)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return nil, a.readInGroup(c, t, all, req.FromAccount)
}

// readInGroup takes note that a member has read messages, and tells the backend and those who have sent them.
func (a *App) readInGroup(c *call, t place, all []*groupMsg, userID string) error {
	if t.members.len() > maxReceiptMembers {
		return refuse(restapi.CodeGroupTooLargeForReceipts, "the group has over 200 members")
	}
	all = slices.DeleteFunc(all, func(m *groupMsg) bool {
		return m.from == userID || m.receipts.has(userID) || !m.has(userID)
	})
	for _, m := range all {
		if m.receipts.has(userID) { // it is named twice
			continue
		}
		m.receipts.readers = append(m.receipts.readers, userID)
		if a.users.byID[m.from] != nil {
			c.notify(m.from, Notice{Kind: NoticeRead, From: userID, Message: t.shown(m)})
		}
	}
	a.tellReceipts(c, t, all, userID)
	return nil
}

// tellReceipts tells the backend how many have read messages, and who has now.
func (a *App) tellReceipts(c *call, t place, all []*groupMsg, reader string) {
	if len(all) == 0 {
		return
	}
	e := &callback.GroupAfterReadReceipt{
		GroupID: t.id, Type: t.kind.newer(), EventTime: callback.EventTimeOf(c.now),
	}
	now := []callback.GroupMember{}
	if reader != "" {
		now = append(now, callback.GroupMember{MemberAccount: reader})
	}
	for _, m := range all {
		read, unread := t.split(m)
		e.GroupMsgReceiptList = append(e.GroupMsgReceiptList, callback.GroupMsgReceipt{
			MsgSeq: m.seq, ReadNum: len(read), UnreadNum: len(unread), ReadReceiptMembers: now,
		})
	}
	c.after(t.lane, e)
}

type groupReceipt struct {
	Code               restapi.Code
	MsgSeq             uint32
	ReadNum, UnreadNum int
}

func getGroupMsgReceipt(a *App, c *call, req *struct {
	GroupID    string `json:"GroupId"`
	MsgSeqList []groupMsgSeq
},
) (any, error) {
	t, err := a.receiptTalk(c, req.GroupID)
	switch {
	case err != nil:
		return nil, err
	case len(req.MsgSeqList) == 0:
		return nil, badGroup("MsgSeqList is empty")
	}
	var result struct{ GroupMsgReceiptList []groupReceipt }
	for _, one := range req.MsgSeqList {
		row := groupReceipt{MsgSeq: one.MsgSeq, Code: restapi.CodeGroupReceiptNotFound}
		if m, err := t.receiptsOf(one.MsgSeq); err == nil {
			read, unread := t.split(m)
			row = groupReceipt{MsgSeq: one.MsgSeq, ReadNum: len(read), UnreadNum: len(unread)}
		}
		result.GroupMsgReceiptList = append(result.GroupMsgReceiptList, row)
	}
	return result, nil
}

// maxReaders is how many members a page of those who have read a message may have.
const maxReaders = 200

type reader struct {
	ReadAccount string `json:"Read_Account"`
}

type nonReader struct {
	UnreadAccount string `json:"Unread_Account"`
}

type readersPage struct {
	IsFinish, IsFinished int
	MsgSeq               uint32
	ReadList             []reader    `json:",omitzero"`
	UnreadList           []nonReader `json:",omitzero"`
	Cursor               string
}

// getGroupMsgReceiptDetail reads a page of those who have read a message, or have not. The cursor is the place of the
// first one on the page.
func getGroupMsgReceiptDetail(a *App, c *call, req *struct {
	GroupID string `json:"GroupId"`
	MsgSeq  uint32
	Filter  int
	Cursor  string
	Count   int
},
) (any, error) {
	t, err := a.receiptTalk(c, req.GroupID)
	if err != nil {
		return nil, err
	}
	from, bad := 0, error(nil)
	if req.Cursor != "" {
		from, bad = strconv.Atoi(req.Cursor)
	}
	if bad != nil || from < 0 || req.Count <= 0 || req.Count > maxReaders || req.Filter < 0 || req.Filter > 1 {
		return nil, badGroup("Cursor is not one of this list, Count is not 1 to 200, or Filter not 0 or 1")
	}
	m, err := t.receiptsOf(req.MsgSeq)
	if err != nil {
		return nil, err
	}
	read, unread := t.split(m)
	list := read
	if req.Filter == 1 {
		list = unread
	}
	list = list[min(from, len(list)):]
	page := readersPage{IsFinish: 1, IsFinished: 1, MsgSeq: m.seq, Cursor: "0"}
	if len(list) > req.Count {
		list = list[:req.Count]
		page.IsFinish, page.IsFinished, page.Cursor = 0, 0, strconv.Itoa(from+req.Count)
	}
	if req.Filter == 1 {
		page.UnreadList = make([]nonReader, 0, len(list))
	} else {
		page.ReadList = make([]reader, 0, len(list))
	}
	for _, userID := range list {
		if req.Filter == 1 {
			page.UnreadList = append(page.UnreadList, nonReader{userID})
		} else {
			page.ReadList = append(page.ReadList, reader{userID})
		}
	}
	return page, nil
}
