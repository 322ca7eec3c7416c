package group

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A TopicInfo is a topic as the service has it. What was not asked for, or the answer does not have, is zero. A fake
// makes a failed one with [restapi.Failed].
type TopicInfo struct {
	GroupID       string // its community
	TopicID       string
	TopicName     string
	FaceURL       string
	Notification  string
	Introduction  string
	CustomString  string
	NextMsgSeq    uint32 // that of its next message: the first one has 1
	CreateTime    time.Time
	LastMsgTime   time.Time // zero for a topic without messages
	MuteAllMember Switch
	SelfInfo      TopicSelf

	restapi.Outcome `json:"-"`
}

// A TopicSelf is the user who was asked about in a topic.
type TopicSelf struct {
	MuteTime uint32 // whether that is a length or a moment is not documented; 0 for one who is not muted
	MsgSeq   uint32 // of the last message that the user has read
	MsgFlag  MsgFlag
}

type topicInfoRow struct {
	batch.Status

	SelfInfo struct {
		MuteTime, ShutUpTime uint32 // the newer name and the older one
		MsgSeq               uint32
		MsgFlag              MsgFlag
	}
	TopicInfo struct {
		TopicName     string
		GroupID       string // this spelling is the documented one, and encoding/json reads the other as well
		FaceURL       string `json:"FaceUrl"`
		TopicID       string `json:"TopicId"`
		NextMsgSeq    uint32
		Notification  string
		Introduction  string
		CreateTime    int64
		LastMsgTime   int64
		MuteAllMember Switch
		ShutUpAllFlag restapi.Optional[int] // the older form of MuteAllMember
		CustomString  string
	}
}

func (r *topicInfoRow) info(cmd restapi.Command) TopicInfo {
	topic, self := &r.TopicInfo, &r.SelfInfo
	mute := topic.MuteAllMember
	if flag, given := topic.ShutUpAllFlag.Get(); given && mute == "" {
		mute = Off
		if flag != 0 {
			mute = On
		}
	}
	return TopicInfo{
		topic.GroupID, topic.TopicID, topic.TopicName, topic.FaceURL, topic.Notification, topic.Introduction,
		topic.CustomString, topic.NextMsgSeq, wire.Moment(topic.CreateTime), wire.Moment(topic.LastMsgTime), mute,
		TopicSelf{max(self.MuteTime, self.ShutUpTime), self.MsgSeq, self.MsgFlag},
		r.Outcome(cmd),
	}
}

type getTopicRequest struct {
	GroupID        string   `json:"GroupId"`
	FromAccount    string   `json:"From_Account"`
	TopicIDList    []string `json:"TopicIdList,omitempty"`
	ResponseFilter []string `json:"ResponseFilter,omitempty"`
}

// All reads all topics of a community, each with how userID has it. fields are those to be read of a topic, by their
// names on the wire, such as "TopicName"; without any all are. A topic that could not be read has its Err, and an
// answer may not say which it is.
//
// [restapi.CodeGroupNotFound]: there is no such community. [restapi.CodeGroupCommunityNotEnabled]: the community, or
// the plan, has no topics. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/49469
func (t Topics) All(ctx context.Context, groupID, userID string, fields ...string) ([]TopicInfo, error) {
	if err := checkGroupID(CommandGetTopic, groupID); err != nil {
		return nil, err
	}
	return t.get(ctx, getTopicRequest{groupID, userID, nil, fields})
}

// Get reads topics of one community, each with how userID has it. The result has one TopicInfo for each, in the order
// given: look at the Err of each, a topic that could not be read does not fail the call. fields are those to be read of
// a topic, by their names on the wire, such as "TopicName"; without any all are. How many topics one call can name is
// not documented.
//
// Of a TopicInfo: [restapi.CodeTopicAlreadyDeleted], there is no such topic. Of the call: [restapi.CodeGroupNotFound],
// there is no such community; [restapi.CodeGroupCommunityNotEnabled], the community, or the plan, has no topics. 200
// calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/49469
func (t Topics) Get(ctx context.Context, userID string, topicIDs []string, fields ...string) ([]TopicInfo, error) {
	cmd := CommandGetTopic
	groupID, err := communityOf(cmd, "TopicIdList", topicIDs, len(topicIDs))
	if err != nil {
		return nil, err
	}
	asked := check.Unique(topicIDs)
	topics, err := t.get(ctx, getTopicRequest{groupID, userID, asked, fields})
	if err != nil {
		return nil, err
	}
	nameTopics(topics, asked)
	answered := batch.Rows(topics, func(info *TopicInfo) (string, TopicInfo) { return info.TopicID, *info })
	return batch.Collate(topicIDs, answered, func(topicID string) TopicInfo {
		return TopicInfo{GroupID: groupID, TopicID: topicID, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}

// get reads topics in the order of the answer.
func (t Topics) get(ctx context.Context, req getTopicRequest) ([]TopicInfo, error) {
	cmd := CommandGetTopic
	if err := check.UserID(cmd, "From_Account", req.FromAccount); err != nil {
		return nil, err
	}
	resp, err := restapi.Do[struct{ TopicAndSelfInfo []topicInfoRow }](ctx, t.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	topics := make([]TopicInfo, len(resp.TopicAndSelfInfo))
	for i := range resp.TopicAndSelfInfo {
		topics[i] = resp.TopicAndSelfInfo[i].info(cmd)
		if topics[i].GroupID == "" {
			topics[i].GroupID = req.GroupID
		}
	}
	return topics, nil
}

// nameTopics gives the topics without an ID those of the asked ones that are not answered, in their order: an answer
// does not name a topic that could not be read. Where there are more or fewer of them, none can be told.
func nameTopics(topics []TopicInfo, asked []string) {
	answered := make(map[string]bool, len(topics))
	var nameless []*TopicInfo
	for i := range topics {
		answered[topics[i].TopicID] = true
		if topics[i].TopicID == "" {
			nameless = append(nameless, &topics[i])
		}
	}
	var unanswered []string
	for _, topicID := range asked {
		if !answered[topicID] {
			unanswered = append(unanswered, topicID)
		}
	}
	if len(nameless) != len(unanswered) {
		return
	}
	for i, topicID := range unanswered {
		nameless[i].TopicID = topicID
	}
}
