package group

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// importTopicRequest is a topic of another system.
type importTopicRequest struct {
	topicRequest

	Type       Type  `json:"Type"`
	CreateTime int64 `json:"CreateTime,omitempty"`
}

// Topic imports a topic into a community that was made with topics, without a webhook, and returns its ID. It is as if
// it had been made at its CreateTime, which is not one to come.
//
// [restapi.CodeGroupCommunityNotEnabled]: the community, or the plan, has no topics. [restapi.CodeGroupIDTakenByOwner]
// and [restapi.CodeGroupIDTaken]: there is a topic with that ID. [restapi.CodeGroupCountLimit]: the app has too many
// topics. [restapi.CodeSensitiveText]: the content filter stopped a text. 200 calls a second and app. Not repeated
// after a failure that leaves its outcome open: without a TopicID that can be a second topic.
//
// Vendor page, of which a copy alone is known: https://github.com/tencentyun/qcloud-documents
// (product/移动与通信/即时通信/9服务端 API/服务端API/群组管理/话题管理/导入话题基础资料.md).
func (i Import) Topic(ctx context.Context, t Topic) (string, error) {
	req, err := t.request(CommandImportTopic)
	if err != nil {
		return "", err
	}
	if err := checkPast(CommandImportTopic, "CreateTime", t.CreateTime); err != nil {
		return "", err
	}
	return t.send(ctx, i.caller, CommandImportTopic, importTopicRequest{req, Community, wire.Seconds(t.CreateTime)})
}
