package chat

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// contactKinds are what a snapshot has of conversations.
func contactKinds() []kind {
	return []kind{
		keeps("contactgroup", contactGroupLines, func([]contactGroupLine) {}, loadContactGroup),
		keeps("conversation", contactLines, sortContactLines, loadContact),
	}
}

// contactGroupLine is a conversation group in a snapshot.
type contactGroupLine struct {
	FromAccount string `json:"From_Account"`
	conversation.ContactGroup
}

func contactGroupLines(s *state) (lines []contactGroupLine) {
	for userID, own := range s.talks.byUser {
		for _, group := range own.groups {
			lines = append(lines, contactGroupLine{userID, group})
		}
	}
	slices.SortStableFunc(lines, func(a, b contactGroupLine) int { return cmp.Compare(a.FromAccount, b.FromAccount) })
	return lines
}

func loadContactGroup(s *state, line *contactGroupLine) error {
	if s.users.byID[line.FromAccount] == nil {
		return errors.New("From_Account is not a user of a line above")
	}
	own := s.talks.of(line.FromAccount)
	if err := own.checkNewName(line.GroupName); err != nil {
		return err
	}
	if len(own.groups) >= maxContactGroups || line.GroupID <= own.lastGroup {
		return errors.New("GroupId does not grow, or there are over 20 conversation groups")
	}
	own.lastGroup = line.GroupID
	own.groups = append(own.groups, line.ContactGroup)
	return nil
}

// contactLine is a conversation of a user in a snapshot.
type contactLine struct {
	FromAccount string `json:"From_Account"`
	conversation.ID

	MsgTime        restapi.Optional[int64] `json:"MsgTime,omitzero"` // absent: it is not on the list
	TopFlag        int                     `json:",omitempty"`
	LastReadTime   int64                   `json:",omitempty"`
	StandardMark   string                  `json:",omitempty"`
	CustomMark     string                  `json:",omitempty"`
	ContactGroupID []int                   `json:"ContactGroupId,omitempty"`
	Timestamp      int64                   `json:",omitempty"`
	ClearedMsgSeq  uint32                  `json:",omitempty"` // of a group: it is off the list until a later message

	number uint64
}

func contactLines(s *state) (lines []contactLine) {
	for userID, own := range s.talks.byUser {
		for id, c := range own.byID {
			if c.isEmpty() && c.messages == 0 {
				continue
			}
			line := contactLine{
				FromAccount: userID, ID: id, TopFlag: flag(c.top, 1), LastReadTime: c.readAt,
				StandardMark: marksText(c.marks), CustomMark: c.custom, ContactGroupID: slices.Clone(c.groups),
				Timestamp: c.changed, ClearedMsgSeq: c.cleared, number: c.number,
			}
			if c.listed {
				line.MsgTime = restapi.Some(c.time)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// sortContactLines puts the conversations of a user in the order in which they came to the top.
func sortContactLines(lines []contactLine) {
	slices.SortFunc(lines, func(a, b contactLine) int {
		return cmp.Or(cmp.Compare(a.FromAccount, b.FromAccount), cmp.Compare(a.number, b.number), compareIDs(a.ID, b.ID))
	})
}

func loadContact(s *state, line *contactLine) error {
	if s.users.byID[line.FromAccount] == nil || line.Type == conversation.TypeC2C && s.users.byID[line.ToAccount] == nil {
		return errors.New("From_Account or To_Account is not a user of a line above")
	}
	if err := checkContact(line.ID); err != nil {
		return err
	}
	c := s.talks.conversation(line.FromAccount, line.ID)
	if c.loaded {
		return errors.New("the conversation is there twice")
	}
	c.loaded = true
	marks, err := parseMarks(line.StandardMark)
	if err != nil {
		return err
	}
	groups := c.owner.groups
	for i, id := range line.ContactGroupID {
		known := slices.ContainsFunc(groups, func(g conversation.ContactGroup) bool { return g.GroupID == id })
		if !known || i > 0 && id <= line.ContactGroupID[i-1] {
			return errors.New("ContactGroupId does not grow, or is not of a line above")
		}
	}
	c.listed, c.time, c.number = false, 0, 0
	if at, listed := line.MsgTime.Get(); listed {
		s.talks.touch(c, at)
	} else if line.TopFlag != 0 {
		return errors.New("the conversation is pinned and not on the list")
	}
	c.top, c.readAt, c.marks, c.custom = line.TopFlag == 1, line.LastReadTime, marks, line.CustomMark
	c.groups, c.changed, c.cleared = line.ContactGroupID, line.Timestamp, line.ClearedMsgSeq
	return nil
}

// parseMarks reads what marksText writes.
func parseMarks(text string) (marks uint64, err error) {
	if len(text) > maxMarks || strings.Trim(text, "01") != "" || strings.HasSuffix(text, "0") {
		return 0, errors.New("StandardMark is not up to 64 of 0 and 1 with a 1 at the end")
	}
	for i, digit := range text {
		if digit == '1' {
			marks |= 1 << i
		}
	}
	return marks, nil
}
