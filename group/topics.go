package group

import (
	"cmp"
	"context"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Topics makes, reads and changes the topics of communities that were made with topics. A topic has messages of its own
// and the members of its community. A method about a topic takes its ID alone, which begins with that of the community.
type Topics struct{ caller restapi.Caller }

// A TopicResult is what became of one topic. A fake makes a failed one with [restapi.Failed].
type TopicResult struct {
	TopicID         string
	restapi.Outcome `json:"-"`
}

// topicRow is what an answer says of one topic.
type topicRow struct {
	batch.Status

	TopicID string `json:"TopicId"`
}

// topicResults are what became of the topics asked, in their order. missing is the error of those that rows leave out.
func topicResults(cmd restapi.Command, asked []string, rows []topicRow, missing error) []TopicResult {
	answered := batch.Rows(rows, func(r *topicRow) (string, TopicResult) {
		return r.TopicID, TopicResult{r.TopicID, r.Outcome(cmd)}
	})
	return batch.Collate(asked, answered, func(topicID string) TopicResult {
		return TopicResult{topicID, restapi.Failed(missing)}
	})
}

// communityOf returns the community that topics are of, and refuses an empty list, one of more than limit topics, an ID
// that is not a topic's, and topics of several communities.
func communityOf(cmd restapi.Command, field string, topicIDs []string, limit int) (groupID string, err error) {
	if err := check.Count(cmd, field, len(topicIDs), limit); err != nil {
		return "", err
	}
	for i, topicID := range topicIDs {
		at := field + "[" + strconv.Itoa(i) + "]"
		of, err := topicOf(cmd, at, topicID)
		switch {
		case err != nil:
			return "", err
		case i > 0 && of != groupID:
			return "", check.Argument(cmd, at, "is of another community than the first topic")
		}
		groupID = of
	}
	return groupID, nil
}

// topicOf returns the community of a topic, and refuses an ID that is not a topic's.
func topicOf(cmd restapi.Command, field, topicID string) (groupID string, err error) {
	if err := check.GroupID(cmd, field, topicID); err != nil {
		return "", err
	}
	groupID, isTopic := SplitTopicID(topicID)
	if !isTopic {
		return "", check.Argument(cmd, field, "is not the ID of a topic")
	}
	return groupID, nil
}

// Create makes a topic in a community that was made with topics, and returns its ID. The webhooks are asked and told.
//
// [restapi.CodeGroupCommunityNotEnabled]: the community, or the plan, has no topics. [restapi.CodeGroupNotFound]: there
// is no such community. [restapi.CodeGroupIDTakenByOwner]: there is a topic with that ID.
// [restapi.CodeGroupRejectedByWebhook]: the app's own webhook refused it. [restapi.CodeGroupCountLimit]: the app has
// too many topics. [restapi.CodeSensitiveText]: the content filter stopped a text. 200 calls a second and app. Not
// repeated after a failure that leaves its outcome open: without a TopicID that can be a second topic.
//
// Vendor page: https://cloud.tencent.com/document/product/269/78203
func (t Topics) Create(ctx context.Context, topic Topic) (string, error) {
	cmd := CommandCreateTopic
	req, err := topic.request(cmd)
	if err != nil {
		return "", err
	}
	if !topic.CreateTime.IsZero() {
		return "", check.Argument(cmd, "CreateTime", "cannot be sent with this command, see Import.Topic")
	}
	return topic.send(ctx, t.caller, cmd, req)
}

// A TopicChange is what [Topics.Modify] changes: what is absent stays as it is, an empty text is taken away. Texts are
// limited in bytes of UTF-8.
type TopicChange struct {
	TopicName     restapi.Optional[string] // 1 to 30 bytes
	CustomString  restapi.Optional[string] // data of the app, at most 3000 bytes
	FaceURL       restapi.Optional[string] // at most 100 bytes
	Notification  restapi.Optional[string] // at most 300 bytes
	Introduction  restapi.Optional[string] // at most 240 bytes
	MuteAllMember Switch                   // On: nobody may send
	FromAccount   string                   // the user who changes it; empty: the administrator who calls
}

type modifyTopicRequest struct {
	GroupID       string                   `json:"GroupId"`
	TopicID       string                   `json:"TopicId"`
	FromAccount   string                   `json:"From_Account,omitempty"`
	TopicName     restapi.Optional[string] `json:"TopicName,omitzero"`
	CustomString  restapi.Optional[string] `json:"CustomString,omitzero"`
	FaceURL       restapi.Optional[string] `json:"FaceUrl,omitzero"`
	Notification  restapi.Optional[string] `json:"Notification,omitzero"`
	Introduction  restapi.Optional[string] `json:"Introduction,omitzero"`
	MuteAllMember Switch                   `json:"MuteAllMember,omitempty"`
}

// check refuses what no topic can be given, and a change of nothing.
func (c *TopicChange) check(cmd restapi.Command) error {
	if (*c == TopicChange{FromAccount: c.FromAccount}) {
		return check.Argument(cmd, "TopicChange", "changes nothing")
	}
	if name, given := c.TopicName.Get(); given && name == "" {
		return check.Argument(cmd, "TopicName", "is empty")
	}
	if c.FromAccount != "" {
		if err := check.UserID(cmd, "From_Account", c.FromAccount); err != nil {
			return err
		}
	}
	texts := texts{"TopicName", c.TopicName.Or(""), c.Introduction.Or(""), c.Notification.Or(""), c.FaceURL.Or("")}
	return cmp.Or(texts.check(cmd), check.Text(cmd, "CustomString", c.CustomString.Or(""), maxCustomString))
}

// Modify changes a topic. The webhook is told of its name, introduction, notice and picture alone, and its documented
// fields do not say which topic it is.
//
// [restapi.CodeGroupNotFound]: there is no such community. [restapi.CodeTopicAlreadyDeleted]: there is no such topic; a
// guess, as the page does not say. [restapi.CodeGroupCommunityNotEnabled]: the community, or the plan, has no topics.
// [restapi.CodeSensitiveText]: the content filter stopped a text. 200 calls a second and app. Repeated after a failure
// that leaves its outcome open.
//
// Vendor page: https://cloud.tencent.com/document/product/269/78205
func (t Topics) Modify(ctx context.Context, topicID string, change TopicChange) error {
	cmd := CommandModifyTopic
	groupID, err := topicOf(cmd, "TopicId", topicID)
	if err != nil {
		return err
	}
	if err := change.check(cmd); err != nil {
		return err
	}
	return t.caller.Call(ctx, cmd, modifyTopicRequest{
		groupID, topicID, change.FromAccount, change.TopicName, change.CustomString, change.FaceURL,
		change.Notification, change.Introduction, change.MuteAllMember,
	}, nil)
}

// Destroy deletes topics of one community, with their messages and for good. The result has one TopicResult for each,
// in the order given: look at the Err of each, a topic that could not be deleted does not fail the call. How many one
// call can name is not documented.
//
// Of a TopicResult: [restapi.CodeTopicAlreadyDeleted], it is gone already; [restapi.CodeTopicDeleteFailed], try again.
// Of the call: [restapi.CodeGroupCommunityNotEnabled], the community, or the plan, has no topics. 200 calls a second
// and app. Repeated after a failure that leaves its outcome open, so that CodeTopicAlreadyDeleted can also mean that
// the attempt before deleted it.
//
// Vendor page: https://cloud.tencent.com/document/product/269/78202
func (t Topics) Destroy(ctx context.Context, topicIDs []string) ([]TopicResult, error) {
	cmd := CommandDestroyTopic
	groupID, err := communityOf(cmd, "TopicIdList", topicIDs, len(topicIDs))
	if err != nil {
		return nil, err
	}
	req := struct {
		GroupID     string   `json:"GroupId"`
		TopicIDList []string `json:"TopicIdList"`
	}{groupID, check.Unique(topicIDs)}
	resp, err := restapi.Do[struct{ DestroyResultItem []topicRow }](ctx, t.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	return topicResults(cmd, topicIDs, resp.DestroyResultItem, check.Missing(cmd)), nil
}
