package group

import (
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	serverPrefix    = "@TGS#"    // of the IDs that the service makes, and of those of communities
	communityPrefix = "@TGS#_"   // of the IDs of communities, whoever makes them
	topicMark       = "@TOPIC#_" // between the ID of a community and the name of a topic
)

// TopicID returns the ID of the topic of that name in the community groupID. Names that the service makes up are in
// the IDs that it returns.
func TopicID(groupID, name string) string { return groupID + topicMark + name }

// SplitTopicID returns the community of a topic, and false where id is not the ID of a topic. A topic's ID begins with
// that of its community, so that a call which takes a group or a topic takes the ID alone.
func SplitTopicID(id string) (groupID string, ok bool) {
	if !strings.HasPrefix(id, communityPrefix) {
		return "", false
	}
	groupID, _, ok = strings.Cut(id, topicMark)
	return groupID, ok
}

// A chat is how a command names a group, or a topic besides its group.
type chat struct {
	GroupID string `json:"GroupId"`
	TopicID string `json:"TopicId,omitempty"`
}

// chatOf reads the ID of a group or of a topic, and refuses what can be neither.
func chatOf(cmd restapi.Command, chatID string) (chat, error) {
	if err := check.GroupID(cmd, "GroupId", chatID); err != nil {
		return chat{}, err
	}
	if groupID, isTopic := SplitTopicID(chatID); isTopic {
		return chat{groupID, chatID}, nil
	}
	return chat{GroupID: chatID}, nil
}

// checkGroupID refuses what cannot be the ID of a group, that of a topic too.
func checkGroupID(cmd restapi.Command, groupID string) error {
	return checkGroupIDOf(cmd, "GroupId", groupID)
}

// checkGroupIDOf is checkGroupID of another field.
func checkGroupIDOf(cmd restapi.Command, field, groupID string) error {
	if err := check.GroupID(cmd, field, groupID); err != nil {
		return err
	}
	if _, isTopic := SplitTopicID(groupID); isTopic {
		return check.Argument(cmd, field, "is a topic's, a group's is wanted")
	}
	return nil
}
