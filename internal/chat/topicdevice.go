package chat

import (
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var errNoTopic = refuse(restapi.CodeInvalidTopicID, "it is not the ID of a topic")

// mayTopics refuses what a member may not do with the topics of a community. Its owner may, and its admins where it has
// no permission groups; where it has, those with the right.
func (a *App) mayTopics(r *room, userID string) error {
	if r.rank(userID, group.ManageTopics) < rankAdmin {
		return denied("the user may not change the topics of the community")
	}
	return nil
}

// topicOf returns a topic that a member may change, and its community.
func (a *App) topicOf(topicID, userID string) (*room, *topic, error) {
	groupID, isTopic := group.SplitTopicID(topicID)
	if !isTopic {
		return nil, nil, errNoTopic
	}
	r, err := a.withTopics(groupID)
	if err != nil {
		return nil, nil, err
	}
	if err := a.mayTopics(r, userID); err != nil {
		return nil, nil, err
	}
	t, err := r.topic(topicID)
	return r, t, err
}

// CreateTopic makes a topic in a community.
func (d *Device) CreateTopic(groupID, name string) (topicID string, err error) {
	req := newTopic{GroupID: groupID, FromAccount: d.by.UserID, TopicName: name}
	may := func(a *App) error {
		r, err := req.check(a, restapi.CodeGroupIDTakenByOwner)
		if err != nil {
			return err
		}
		return a.mayTopics(r, d.by.UserID)
	}
	result, err := actAsked(d, "CreateTopic", restapi.CodeGroupRejectedByWebhook,
		func(a *App, c *call) (*callback.GroupBeforeCreateTopic, error) {
			if err := may(a); err != nil {
				return nil, err
			}
			return askCreateTopic(a, c, &req)
		},
		func(a *App, c *call, answer callback.GroupBeforeCreateTopicAnswer) (any, error) {
			if err := may(a); err != nil {
				return nil, err
			}
			return createTopic(a, c, &req, answer)
		})
	made, _ := result.(topicName)
	return made.TopicID, err
}

// SetTopic changes what a topic says of itself.
func (d *Device) SetTopic(topicID string, change GroupChange) error {
	_, err := d.act("SetTopic", func(a *App, c *call) (any, error) {
		r, t, err := a.topicOf(topicID, d.by.UserID)
		if err != nil {
			return nil, err
		}
		return nil, a.changeTopic(c, r, t, &topicChange{
			FromAccount: d.by.UserID, TopicName: change.Name, Introduction: change.Introduction,
			Notification: change.Notification, FaceURL: change.FaceURL,
		})
	})
	return err
}

// DeleteTopics deletes topics of one community. The error is that of the first that could not be deleted; the others
// are gone all the same.
func (d *Device) DeleteTopics(topicIDs []string) error {
	c := d.begin()
	result, err := run(d.app, c, d.connected(func(a *App, c *call) (any, error) {
		if err := checkItems("topics", len(topicIDs), len(topicIDs)); err != nil {
			return nil, err
		}
		groupID, isTopic := group.SplitTopicID(topicIDs[0])
		if !isTopic {
			return nil, errNoTopic
		}
		r, err := a.withTopics(groupID)
		if err != nil {
			return nil, err
		}
		if err := a.mayTopics(r, d.by.UserID); err != nil {
			return nil, err
		}
		return r.deleteTopics(c, topicIDs), nil
	}))
	if items, ok := result.([]topicItem); ok {
		for _, one := range items {
			if err == nil && one.ErrorCode != 0 {
				err = refuse(one.ErrorCode, one.TopicID+": "+one.ErrorInfo)
			}
		}
	}
	return d.finish(c, "DeleteTopics", err)
}
