package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// sendGroupSystemNotification tells members something, of which nothing is kept.
func sendGroupSystemNotification(a *App, c *call, req *struct {
	GroupID   string   `json:"GroupId"`
	TopicID   string   `json:"TopicId"`
	ToMembers []string `json:"ToMembers_Account"`
	Content   string
},
) (any, error) {
	t, err := a.placeOf(req.GroupID, req.TopicID, anyKind)
	switch {
	case err != nil:
		return nil, err
	case req.Content == "":
		return nil, badGroup("Content is empty")
	case t.kind == live && len(req.ToMembers) > 0:
		return nil, badGroup("an AVChatRoom has notices for all members only")
	}
	n := Notice{Kind: NoticeSystem, Chat: t.chatID(), Text: req.Content}
	for userID := range t.online {
		if len(req.ToMembers) == 0 || slices.Contains(req.ToMembers, userID) {
			c.notify(userID, n)
		}
	}
	return nil, nil
}

// sendBroadcastMsg sends a message to every live room. Its number is that of the broadcast (a guess).
func sendBroadcastMsg(a *App, c *call, req *struct {
	FromAccount     restapi.Optional[string] `json:"From_Account"`
	Random          uint64
	MsgBody         content
	CloudCustomData string
},
) (any, error) {
	if a.set.Plan == PlanTrial { // by analogy: the page says that the top plan is needed
		return nil, refuse(restapi.CodeGroupPermissionDenied, "the plan has no broadcasts")
	}
	r := groupSendRequest{
		FromAccount: req.FromAccount, Random: req.Random, MsgBody: req.MsgBody, CloudCustomData: req.CloudCustomData,
		ForbidCallbackControl: []message.ForbidCallback{
			message.ForbidBeforeSendMsgCallback, message.ForbidAfterSendMsgCallback, // none is documented
		},
	}
	if err := r.check(a, c); err != nil {
		return nil, err
	}
	s := r.compose(c)
	if first := a.groups.msgs.repeats.find(s.repeat(), c.now); first != nil {
		return first.sent, nil
	}
	for _, one := range a.groups.all.all {
		if one.value.kind == live {
			s := r.compose(c)
			s.groupID = one.value.id
			a.sendToGroup(c, s, place{room: one.value})
		}
	}
	a.groups.msgs.broadcasts++
	result := struct{ MsgSeq uint32 }{a.groups.msgs.broadcasts}
	a.groups.msgs.repeats.add(repeated{s.repeat(), result, "", c.now.Add(groupRepeatWindow)})
	return result, nil
}
