package restapitest

import "github.com/go-tencentchat/tencentchat/internal/chat"

// CreateTopic makes a topic in a community that was made with topics, and returns its ID. The owner of the community
// may, and its admins; where the community has permission groups, not the admins but the members with the right
// group.ManageTopics. Group.CallbackBeforeCreateTopic is asked, and Group.CallbackAfterCreateTopic is sent.
func (d *Device) CreateTopic(groupID, name string) (topicID string, err error) {
	topicID, err = d.model.CreateTopic(groupID, name)
	return topicID, failed("CreateTopic", err)
}

// SetTopic changes what a topic says of itself, by the rules of CreateTopic. Group.CallbackAfterTopicInfoChanged is
// sent.
func (d *Device) SetTopic(topicID string, change GroupChange) error {
	return failed("SetTopic", d.model.SetTopic(topicID, chat.GroupChange(change)))
}

// DeleteTopics deletes topics of one community, by the rules of CreateTopic. The error is that of the first that could
// not be deleted; the others are gone all the same. Group.CallbackAfterTopicDestroyed is sent.
func (d *Device) DeleteTopics(topicIDs ...string) error {
	return failed("DeleteTopics", d.model.DeleteTopics(topicIDs))
}
