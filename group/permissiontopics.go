package group

import (
	"context"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A TopicPermission is what the members of a permission group may do in one topic. Which bits topics have is not
// documented; they are not those of [Permission] that have a name. Its Err is set where a call reads them, and is why
// this one could not be read.
type TopicPermission struct {
	TopicID    string
	Permission Permission

	restapi.Outcome `json:"-"`
}

type topicPermissionRequest struct {
	inCommunity

	TopicPermissionList []topicPermission `json:"TopicPermissionList"`
}

type topicPermission struct {
	TopicID    string     `json:"TopicId"`
	Permission Permission `json:"Permission"` // 0 too
}

type topicPermissionAnswer struct {
	TopicPermissionResultList []topicRow
}

// AddTopics gives a permission group rights in 1 to 50 topics of its community in which it has none. The result has one
// TopicResult for each, in the order given: look at the Err of each, a topic that failed does not fail the call.
//
// Of a TopicResult: [restapi.CodePermissionTopicExists], it has rights there already, see [Permissions.SetTopics];
// [restapi.CodeInvalidTopicID] and [restapi.CodeTopicAlreadyDeleted], there is no such topic. Of the call:
// [restapi.CodePermissionGroupNotFound], there is no such permission group. 200 calls a second and app. Repeated after
// a failure that leaves its outcome open, so that CodePermissionTopicExists can also mean that the attempt before did
// it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/61236
func (p Permissions) AddTopics(
	ctx context.Context, groupID, permissionGroupID string, topics []TopicPermission,
) ([]TopicResult, error) {
	cmd := CommandAddTopicPermissionGroup
	asked, rows, err := p.sendTopics(ctx, cmd, groupID, permissionGroupID, topics)
	if err != nil {
		return nil, err
	}
	return topicResults(cmd, asked, rows, check.Missing(cmd)), nil
}

// SetTopics changes the rights of a permission group in 1 to 50 topics of its community in which it has some. The
// result has one TopicResult for each, in the order given: look at the Err of each, a topic that failed does not fail
// the call. What the service says of the single topics is not documented: one that it does not name is taken for done.
//
// Of a TopicResult: [restapi.CodePermissionTopicNotFound], it has no rights there, see [Permissions.AddTopics]. Of the
// call: [restapi.CodePermissionGroupNotFound], there is no such permission group. 200 calls a second and app. Repeated
// after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/zh/document/product/1047/61237
func (p Permissions) SetTopics(
	ctx context.Context, groupID, permissionGroupID string, topics []TopicPermission,
) ([]TopicResult, error) {
	cmd := CommandSetTopicPermissionGroup
	asked, rows, err := p.sendTopics(ctx, cmd, groupID, permissionGroupID, topics)
	if err != nil {
		return nil, err
	}
	return topicResults(cmd, asked, rows, nil), nil
}

// sendTopics sends the rights in topics of the community, each topic once.
func (p Permissions) sendTopics(
	ctx context.Context, cmd restapi.Command, groupID, permissionGroupID string, topics []TopicPermission,
) (asked []string, rows []topicRow, err error) {
	const list = "TopicPermissionList"
	at, err := permissionGroupOf(cmd, groupID, permissionGroupID)
	if err != nil {
		return nil, nil, err
	}
	req := topicPermissionRequest{inCommunity: at}
	named := make(map[string]bool, len(topics))
	for i, topic := range topics {
		if named[topic.TopicID] {
			return nil, nil, check.Argument(cmd, list+"["+strconv.Itoa(i)+"].TopicId", "is named twice")
		}
		named[topic.TopicID] = true
		asked = append(asked, topic.TopicID)
		req.TopicPermissionList = append(req.TopicPermissionList, topicPermission{topic.TopicID, topic.Permission})
	}
	if err := topicsWithin(cmd, list, groupID, asked); err != nil {
		return nil, nil, err
	}
	resp, err := restapi.Do[topicPermissionAnswer](ctx, p.caller, cmd, req)
	if err != nil {
		return nil, nil, err
	}
	return asked, resp.TopicPermissionResultList, nil
}

// topicsWithin refuses topics that are not of the community, none, and more than one call can name.
func topicsWithin(cmd restapi.Command, field, groupID string, topicIDs []string) error {
	of, err := communityOf(cmd, field, topicIDs, MaxPermissionTopics)
	if err == nil && of != groupID {
		return check.Argument(cmd, field, "has topics of another community than GroupId")
	}
	return err
}

type topicListRequest struct {
	inCommunity

	TopicIDList []string `json:"TopicIdList,omitempty"`
}

// DeleteTopics takes the rights of a permission group in 1 to 50 topics of its community away. The result has one
// TopicResult for each, in the order given: look at the Err of each, a topic that failed does not fail the call.
//
// Of a TopicResult: [restapi.CodePermissionTopicNotFound], it has no rights there. Of the call:
// [restapi.CodePermissionGroupNotFound], there is no such permission group. 200 calls a second and app. Repeated after
// a failure that leaves its outcome open, so that CodePermissionTopicNotFound can also mean that the attempt before did
// it.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103972
func (p Permissions) DeleteTopics(
	ctx context.Context, groupID, permissionGroupID string, topicIDs []string,
) ([]TopicResult, error) {
	cmd := CommandDeleteTopicPermissionGroup
	at, err := permissionGroupOf(cmd, groupID, permissionGroupID)
	if err != nil {
		return nil, err
	}
	if err := topicsWithin(cmd, "TopicIdList", groupID, topicIDs); err != nil {
		return nil, err
	}
	req := topicListRequest{at, check.Unique(topicIDs)}
	resp, err := restapi.Do[topicPermissionAnswer](ctx, p.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	return topicResults(cmd, topicIDs, resp.TopicPermissionResultList, check.Missing(cmd)), nil
}

// Topics reads the rights of a permission group in at most 50 topics of its community, or, where none is named, in all
// in which it has some. For those that are named the result has one TopicPermission each, in the order given: look at
// the Err of each, one that could not be read does not fail the call.
//
// Of a TopicPermission: [restapi.CodePermissionTopicNotFound], it has no rights there. Of the call:
// [restapi.CodePermissionGroupNotFound], there is no such permission group. 200 calls a second and app. Repeated after
// a failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/103973
func (p Permissions) Topics(
	ctx context.Context, groupID, permissionGroupID string, topicIDs ...string,
) ([]TopicPermission, error) {
	cmd := CommandGetTopicPermissionGroup
	at, err := permissionGroupOf(cmd, groupID, permissionGroupID)
	if err != nil {
		return nil, err
	}
	if len(topicIDs) > 0 {
		if err := topicsWithin(cmd, "TopicIdList", groupID, topicIDs); err != nil {
			return nil, err
		}
	}
	resp, err := restapi.Do[struct {
		TopicPermissionResultList []struct {
			batch.Status
			topicPermission
		}
	}](ctx, p.caller, cmd, topicListRequest{at, check.Unique(topicIDs)})
	if err != nil {
		return nil, err
	}
	topics := make([]TopicPermission, len(resp.TopicPermissionResultList))
	for i, r := range resp.TopicPermissionResultList {
		topics[i] = TopicPermission{r.TopicID, r.Permission, r.Outcome(cmd)}
	}
	if len(topicIDs) == 0 {
		return topics, nil
	}
	answered := batch.Rows(topics, func(t *TopicPermission) (string, TopicPermission) { return t.TopicID, *t })
	return batch.Collate(topicIDs, answered, func(topicID string) TopicPermission {
		return TopicPermission{TopicID: topicID, Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
