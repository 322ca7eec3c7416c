package chat

import (
	"cmp"
	"slices"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxPins is how many pinned messages a group, or a topic, may have.
const maxPins = 10

// A pin is a message that is pinned.
type pin struct {
	MsgSeq        uint32
	PinnerAccount string `json:"Pinner_Account"`
}

// unpin is false where the message is not pinned.
func (l *groupLog) unpin(seq uint32) bool {
	n := len(l.pins)
	l.pins = slices.DeleteFunc(l.pins, func(p pin) bool { return p.MsgSeq == seq })
	return len(l.pins) < n
}

type pinRequest struct {
	namedGroupMsg

	PinnerAccount   string `json:"Pinner_Account"`
	UnPinnerAccount string `json:"UnPinner_Account"`
}

// pinned returns the message of the request. Which codes these commands have is not documented: all are guesses.
func (a *App) pinned(c *call, req *pinRequest) (place, *groupMsg, error) {
	who := cmp.Or(req.PinnerAccount, req.UnPinnerAccount)
	if who != "" && a.users.byID[who] == nil {
		return place{}, nil, badGroup("the user who pins is not imported")
	}
	return a.groupMsg(c, req.namedGroupMsg, restapi.CodeGroupMessageNotFound)
}

// pinMessage pins a message, or moves one that is pinned to the front.
func pinMessage(a *App, c *call, req *pinRequest) (any, error) {
	t, m, err := a.pinned(c, req)
	if err != nil {
		return nil, err
	}
	l := t.log()
	switch {
	case m.recalled:
		return nil, refuse(restapi.CodeGroupMessageNotFound, "the message is recalled")
	case !l.unpin(m.seq) && len(l.pins) >= maxPins:
		return nil, refuse(restapi.CodeGroupPinnedLimit, "there are 10 pinned messages")
	}
	l.pins = slices.Insert(l.pins, 0, pin{m.seq, cmp.Or(req.PinnerAccount, c.by.UserID)})
	return nil, nil
}

func unpinMessage(a *App, c *call, req *pinRequest) (any, error) {
	t, m, err := a.pinned(c, req)
	if err != nil {
		return nil, err
	}
	t.log().unpin(m.seq)
	return nil, nil
}

func getPinnedMessages(a *App, c *call, req *struct {
	GroupID string `json:"GroupId"`
	TopicID string `json:"TopicId"`
},
) (any, error) {
	t, err := a.talkIn(c, req.GroupID, req.TopicID, notLive)
	if err != nil {
		return nil, err
	}
	return struct{ PinnedMsgList []pin }{append([]pin{}, t.log().pins...)}, nil
}
