package chat

import (
	"cmp"
	"errors"
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
)

// topicLine is a topic in a snapshot.
type topicLine struct {
	GroupID       string `json:"GroupId"`
	TopicID       string `json:"TopicId"`
	TopicName     string
	CustomString  string       `json:",omitempty"`
	FaceURL       string       `json:"FaceUrl,omitempty"`
	Notification  string       `json:",omitempty"`
	Introduction  string       `json:",omitempty"`
	CreateTime    int64        `json:",omitempty"`
	MuteAllMember group.Switch `json:",omitempty"`
}

func topicLines(s *state) (lines []topicLine) {
	for _, r := range s.groups.all.all {
		for _, one := range r.value.topics.all {
			t := one.value
			line := topicLine{
				r.userID, t.id, t.Name, t.custom, t.FaceURL, t.Notification, t.Introduction, t.created, "",
			}
			if t.muteAll {
				line.MuteAllMember = group.On
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// sortTopicLines leaves those of one community in the order in which they were made.
func sortTopicLines(lines []topicLine) {
	slices.SortStableFunc(lines, func(a, b topicLine) int { return cmp.Compare(a.GroupID, b.GroupID) })
}

func loadTopic(s *state, line *topicLine) error {
	r := s.groups.find(line.GroupID)
	groupID, isTopic := group.SplitTopicID(line.TopicID)
	switch {
	case r == nil || !r.hasTopics:
		return errors.New("GroupId is not a community with topics of a line above")
	case !isTopic || groupID != line.GroupID || r.topics.has(line.TopicID):
		return errors.New("TopicId is not that of a topic of the community, or is there twice")
	}
	n := &newTopic{
		TopicID: line.TopicID, TopicName: line.TopicName, CustomString: line.CustomString, FaceURL: line.FaceURL,
		Notification: line.Notification, Introduction: line.Introduction,
	}
	if err := checkTopic(n.texts(), n.CustomString, new(state)); err != nil {
		return err
	}
	t := r.addTopic(n, line.CreateTime)
	t.muteAll = line.MuteAllMember == group.On
	return nil
}
