package group

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Topic is a topic of a community that is to be made, by [Topics.Create] or [Import.Topic]. Texts are limited in
// bytes of UTF-8.
type Topic struct {
	GroupID      string // the community, which has topics
	TopicID      string // as [TopicID] makes it; empty: the service makes one up
	TopicName    string // 1 to 30 bytes
	FromAccount  string // the user who makes it; empty: the administrator who calls
	CustomString string // data of the app, at most 3000 bytes
	FaceURL      string // the address of its picture, at most 100 bytes
	Notification string // its notice, at most 300 bytes
	Introduction string // at most 240 bytes
	// CreateTime is when the topic was made, of one that is imported: the zero Time is now. Topics.Create refuses it.
	CreateTime time.Time
}

// topicRequest is what both commands that make a topic have.
type topicRequest struct {
	GroupID      string `json:"GroupId"`
	TopicID      string `json:"TopicId,omitempty"`
	TopicName    string `json:"TopicName"`
	FromAccount  string `json:"From_Account,omitempty"`
	CustomString string `json:"CustomString,omitempty"`
	FaceURL      string `json:"FaceUrl,omitempty"`
	Notification string `json:"Notification,omitempty"`
	Introduction string `json:"Introduction,omitempty"`
}

// request returns the topic as cmd sends it, but for its CreateTime, or refuses it.
func (t *Topic) request(cmd restapi.Command) (topicRequest, error) {
	if err := cmp.Or(checkGroupID(cmd, t.GroupID), t.checkID(cmd)); err != nil {
		return topicRequest{}, err
	}
	switch {
	case t.TopicName == "":
		return topicRequest{}, check.Argument(cmd, "TopicName", "is empty")
	case t.FromAccount != "":
		if err := check.UserID(cmd, "From_Account", t.FromAccount); err != nil {
			return topicRequest{}, err
		}
	}
	texts := texts{"TopicName", t.TopicName, t.Introduction, t.Notification, t.FaceURL}
	return topicRequest{
		t.GroupID, t.TopicID, t.TopicName, t.FromAccount, t.CustomString, t.FaceURL, t.Notification, t.Introduction,
	}, cmp.Or(texts.check(cmd), check.Text(cmd, "CustomString", t.CustomString, maxCustomString))
}

// checkID refuses an ID that is not one of a topic of the community.
func (t *Topic) checkID(cmd restapi.Command) error {
	if t.TopicID == "" {
		return nil
	}
	if err := check.GroupID(cmd, "TopicId", t.TopicID); err != nil {
		return err
	}
	if groupID, isTopic := SplitTopicID(t.TopicID); !isTopic || groupID != t.GroupID ||
		strings.HasSuffix(t.TopicID, topicMark) {
		return check.Argument(cmd, "TopicId", "is not GroupId, %q and a name", topicMark)
	}
	return nil
}

// send sends what makes the topic, a topicRequest or what has one, and returns its ID.
func (t *Topic) send(ctx context.Context, c restapi.Caller, cmd restapi.Command, req any) (string, error) {
	resp, err := restapi.Do[struct {
		TopicID string `json:"TopicId"`
	}](ctx, c, cmd, req)
	if err != nil {
		return "", err
	}
	return madeID(cmd, resp.TopicID, t.TopicID)
}

// madeID returns the ID of what was made: that of the answer, else the one that was asked for. One of them is there, or
// nobody knows what was made.
func madeID(cmd restapi.Command, answered, asked string) (string, error) {
	id := cmp.Or(answered, asked)
	if id == "" {
		return "", check.Missing(cmd)
	}
	return id, nil
}
