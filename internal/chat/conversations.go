package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	listPage  = 100 // conversations on a page
	maxPinned = 50

	pinOperation   = 1 // of OperationType
	unpinOperation = 2
)

func conversations() area {
	return area{
		admin:   restapi.CodeContactAdminRequired,
		syntax:  restapi.CodeContactInvalidParameter,
		invalid: restapi.CodeContactInvalidParameter,
		display: true,
		commands: []command{
			does(conversation.CommandGetList, getList),
			does(conversation.CommandDelete, deleteContact).aka("ToGroupId", "ToGroupid"),
			does(conversation.CommandTop, topContacts),
			does(conversation.CommandMarkContact, markContact).
				refusing(map[fault]restapi.Code{{"MarkItem", shape.Missing}: restapi.CodeContactInvalidCount}),
			does(conversation.CommandCreateContactGroup, createContactGroup),
			does(conversation.CommandUpdateContactGroup, updateContactGroup),
			does(conversation.CommandDelContactGroup, delContactGroup),
			does(conversation.CommandGetContactGroup, getContactGroup),
			does(conversation.CommandSearchContactGroup, searchContactGroup),
		},
		kinds: contactKinds(),
	}
}

func badContact(info string) error { return refuse(restapi.CodeContactInvalidParameter, info) }

// contacts returns the conversations of the user whom a command is about.
func (a *App) contacts(c *call, userID string) (*chats, error) {
	if _, err := a.refuseUnknown(userID, restapi.CodeContactAccountNotFound); err != nil {
		return nil, err
	}
	a.talks.expire(c.now.Unix())
	return a.talks.of(userID), nil
}

// checkContact refuses what cannot name a conversation.
func checkContact(id conversation.ID) error {
	ok := false
	switch id.Type {
	case conversation.TypeC2C:
		ok = id.ToGroupID == "" && userid.Check(id.ToAccount, userid.MaxOfficial) == ""
	case conversation.TypeGroup:
		ok = id.ToGroupID != "" && id.ToAccount == ""
	}
	if !ok {
		return badContact("a conversation does not have the name that its Type has, or has both")
	}
	return nil
}

type listRequest struct {
	FromAccount               string `json:"From_Account"`
	TimeStamp, TopTimeStamp   int64
	StartIndex, TopStartIndex uint64
	AssistFlags               conversation.AssistFlags
}

type session struct {
	Type      conversation.Type
	ToAccount string `json:"To_Account,omitempty"`
	GroupID   string `json:"GroupId,omitempty"`
	MsgTime   int64
	TopFlag   int
}

type listAnswer struct {
	SessionItem   []session
	CompleteFlag  int
	TimeStamp     int64
	StartIndex    uint64
	TopTimeStamp  int64
	TopStartIndex uint64
}

// getList reads a page of conversations: the pinned ones first, then the others, each with the newest first. A cursor
// is the place of the last one on the page: its time, and the number that it got when it came to the top.
func getList(a *App, c *call, req *listRequest) (any, error) {
	own, err := a.contacts(c, req.FromAccount)
	if err != nil {
		return nil, err
	}
	has := func(flag conversation.AssistFlags) bool { return req.AssistFlags&flag != 0 }
	all := a.listOf(own)
	wanted := func(top bool, time int64, number uint64) []*contact {
		return filter(all, func(one *contact) bool {
			return one.listed && one.top == top && (one.messages > 0 || has(conversation.AssistEmpty)) &&
				(time == 0 && number == 0 || one.time < time || one.time == time && one.number < number)
		})
	}
	answer := listAnswer{[]session{}, 1, req.TimeStamp, req.StartIndex, req.TopTimeStamp, req.TopStartIndex}
	if has(conversation.AssistTop) {
		pinned := wanted(true, req.TopTimeStamp, req.TopStartIndex)
		if has(conversation.AssistTopPages) && len(pinned) > listPage {
			pinned, answer.CompleteFlag = pinned[:listPage], 0
		}
		for _, one := range pinned {
			answer.add(one)
			answer.TopTimeStamp, answer.TopStartIndex = one.time, one.number
		}
	}
	room := max(listPage-len(answer.SessionItem), 0)
	others := wanted(false, req.TimeStamp, req.StartIndex)
	if len(others) > room {
		others, answer.CompleteFlag = others[:room], 0
	}
	for _, one := range others {
		answer.add(one)
		answer.TimeStamp, answer.StartIndex = one.time, one.number
	}
	return answer, nil
}

func (l *listAnswer) add(c *contact) {
	one := session{Type: c.id.Type, ToAccount: c.id.ToAccount, GroupID: c.id.ToGroupID, MsgTime: c.time}
	if c.top {
		one.TopFlag = 1
	}
	l.SessionItem = append(l.SessionItem, one)
}

func deleteContact(a *App, c *call, req *struct {
	FromAccount string `json:"From_Account"`
	Type        conversation.Type
	ToAccount   string `json:"To_Account"`
	ToGroupID   string `json:"ToGroupid"`
	ClearRamble int
},
) (any, error) {
	id := conversation.ID{Type: req.Type, ToAccount: req.ToAccount, ToGroupID: req.ToGroupID}
	if err := checkContact(id); err != nil {
		return nil, err
	}
	own, err := a.contacts(c, req.FromAccount)
	if err != nil {
		return nil, err
	}
	if id.Type == conversation.TypeGroup {
		a.deleteRoomContact(own, id)
	}
	a.talks.deleteContact(own, id, req.ClearRamble == 1)
	if r := a.groups.find(id.ToGroupID); r != nil && req.ClearRamble == 1 {
		place{room: r}.hide(own.userID)
	}
	return nil, nil
}

// deleteContact takes a conversation off the list of a user, and may take away the user's copies of the messages.
func (s *talks) deleteContact(own *chats, id conversation.ID, clear bool) {
	c := own.byID[id]
	if c == nil {
		return
	}
	c.listed, c.top, c.time, c.number = false, false, 0, 0
	t := s.byPair[pairOf(own.userID, id.ToAccount)]
	if id.Type != conversation.TypeC2C || t == nil {
		return
	}
	for _, m := range slices.Clone(t.log) {
		if m.talk.ends[1-m.from] == c {
			m.read()
		}
		if clear {
			s.drop(m, t.pair.side(own.userID))
		}
	}
}

func topContacts(a *App, c *call, req *struct {
	FromAccount       string `json:"From_Account"`
	OperationType     int
	RecentContactItem []struct {
		Type      conversation.Type
		ToAccount string `json:"To_Account"`
		GroupID   string `json:"GroupId"`
	}
},
) (any, error) {
	if req.OperationType != pinOperation && req.OperationType != unpinOperation {
		return nil, badContact("OperationType is not 1 or 2")
	}
	if len(req.RecentContactItem) == 0 {
		return nil, badContact("RecentContactItem is empty")
	}
	own, err := a.contacts(c, req.FromAccount)
	if err != nil {
		return nil, err
	}
	ids := make(map[conversation.ID]bool)
	for _, one := range req.RecentContactItem {
		id := conversation.ID{Type: one.Type, ToAccount: one.ToAccount, ToGroupID: one.GroupID}
		if err := checkContact(id); err != nil {
			return nil, err
		}
		if id.Type == conversation.TypeC2C && a.users.byID[id.ToAccount] == nil {
			return nil, refuse(restapi.CodeContactAccountNotFound, "the account is not imported")
		}
		ids[id] = true
	}
	pinned := 0
	for id, one := range own.byID {
		if one.top && !ids[id] {
			pinned++
		}
	}
	if req.OperationType == pinOperation && pinned+len(ids) > maxPinned {
		return nil, refuse(restapi.CodeContactPinnedLimit, "there would be over 50 pinned conversations")
	}
	for _, one := range req.RecentContactItem { // in their order, which is that of the list
		id := conversation.ID{Type: one.Type, ToAccount: one.ToAccount, ToGroupID: one.GroupID}
		if req.OperationType == unpinOperation && own.byID[id] == nil {
			continue
		}
		it := a.talks.conversation(req.FromAccount, id)
		if it.top = req.OperationType == pinOperation; it.top && !a.asListed(it).listed {
			a.talks.touch(it, c.now.Unix())
		}
	}
	return nil, nil
}
