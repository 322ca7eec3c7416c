package chat

import (
	"maps"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
)

// topicSelf is a user in a topic, with the older names that the command has.
type topicSelf struct {
	ShutUpTime int64
	MsgSeq     uint32
	MsgFlag    group.MsgFlag
}

// self is a member in a topic: until when the member is muted there, which of the two the documentation leaves open.
func (r *room) self(t *topic, userID string, now time.Time) *topicSelf {
	self := &topicSelf{ShutUpTime: t.mutes.until(userID, now), MsgFlag: group.AcceptAndNotify}
	if m := r.members.get(userID); m != nil {
		self.MsgSeq, self.MsgFlag = m.value.topics[t.id], m.value.flag
	}
	return self
}

// info is what an answer has of a topic: its ID, that of its community, and the other fields that are asked for.
func (t *topic) info(r *room, filter []string) map[string]any {
	all := map[string]any{
		"TopicName": t.Name, "FaceUrl": t.FaceURL, "Notification": t.Notification, "Introduction": t.Introduction,
		"CustomString": t.custom, "NextMsgSeq": t.log.last + 1, "CreateTime": t.created, "LastMsgTime": t.log.lastTime,
		"MuteAllMember": switchOf(t.muteAll),
	}
	maps.DeleteFunc(all, func(field string, _ any) bool { return !filtered(filter, field) })
	all["GroupID"], all["TopicId"] = r.id, t.id
	return all
}

// topicEntry is a topic that was asked for. One that is not there has no names.
type topicEntry struct {
	itemStatus

	SelfInfo  *topicSelf     `json:",omitempty"`
	TopicInfo map[string]any `json:",omitempty"`
}

func getTopic(a *App, c *call, req *struct {
	GroupID        string   `json:"GroupId"`
	FromAccount    string   `json:"From_Account"`
	TopicIDList    []string `json:"TopicIdList"`
	ResponseFilter []string
},
) (any, error) {
	r, err := a.withTopics(req.GroupID)
	if err != nil {
		return nil, err
	}
	if err := a.checkOperator(req.FromAccount); err != nil {
		return nil, err
	}
	asked := req.TopicIDList
	if len(asked) == 0 {
		for _, one := range r.topics.all {
			asked = append(asked, one.userID)
		}
	}
	answer := struct{ TopicAndSelfInfo []topicEntry }{[]topicEntry{}}
	for _, topicID := range asked {
		entry := topicEntry{itemStatus: itemStatus{ErrorInfo: "ok"}}
		if t, err := r.topic(topicID); err != nil {
			entry.itemStatus = itemOf(err)
		} else {
			entry.SelfInfo, entry.TopicInfo = r.self(t, req.FromAccount, c.now), t.info(r, req.ResponseFilter)
		}
		answer.TopicAndSelfInfo = append(answer.TopicAndSelfInfo, entry)
	}
	return answer, nil
}
