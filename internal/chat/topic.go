package chat

import (
	"cmp"
	"strconv"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxCustomString is how long the custom string of a topic or of a permission group can be, in bytes.
const maxCustomString = 3000

func groupTopics() area {
	return groupArea([]command{
		asks(group.CommandCreateTopic, restapi.CodeGroupRejectedByWebhook, askCreateTopic, createTopic),
		does(group.CommandModifyTopic, modifyTopic),
		does(group.CommandDestroyTopic, destroyTopic),
		does(group.CommandGetTopic, getTopic),
		does(group.CommandImportTopic, importTopic),
	}, keeps("topic", topicLines, sortTopicLines, loadTopic))
}

// topic returns a topic of the community, or refuses it as one that was deleted.
func (r *room) topic(topicID string) (*topic, error) {
	if one := r.topics.get(topicID); one != nil {
		return one.value, nil
	}
	if groupID, isTopic := group.SplitTopicID(topicID); !isTopic || groupID != r.id {
		return nil, refuse(restapi.CodeInvalidTopicID, "it is not the ID of a topic of the community")
	}
	return nil, refuse(restapi.CodeTopicAlreadyDeleted, "there is no such topic")
}

// withTopics returns a community that was made with topics.
func (a *App) withTopics(groupID string) (*room, error) {
	r, err := a.room(groupID, community)
	if err == nil && !r.hasTopics {
		err = refuse(restapi.CodeGroupCommunityNotEnabled, "the community was made without topics")
	}
	return r, err
}

// checkTopic refuses texts that a topic cannot have.
func checkTopic(texts groupTexts, custom string, s *state) error {
	switch err := texts.check(s); {
	case err != nil:
		return err
	case texts.Name == "":
		return badGroup("TopicName is empty")
	case len(custom) > maxCustomString:
		return badGroup("CustomString is over 3000 bytes")
	case s.forbids(custom):
		return refuse(restapi.CodeSensitiveText, "CustomString contains a forbidden word")
	}
	return nil
}

// A newTopic is a topic that is to be made, by a command or by a device.
type newTopic struct {
	GroupID      string `json:"GroupId"`
	TopicID      string `json:"TopicId"`
	TopicName    string
	FromAccount  string `json:"From_Account"`
	CustomString string
	FaceURL      string `json:"FaceUrl"`
	Notification string
	Introduction string
}

func (n *newTopic) texts() groupTexts {
	return groupTexts{n.TopicName, n.Introduction, n.Notification, n.FaceURL}
}

// check refuses a topic that cannot be made, with taken where there is one with its ID, and returns its community.
func (n *newTopic) check(a *App, taken restapi.Code) (*room, error) {
	r, err := a.withTopics(n.GroupID)
	if err != nil {
		return nil, err
	}
	if err := cmp.Or(a.checkOperator(n.FromAccount), checkTopic(n.texts(), n.CustomString, &a.state)); err != nil {
		return nil, err
	}
	of, isTopic := group.SplitTopicID(n.TopicID)
	switch {
	case n.TopicID == "":
	case !isTopic || of != r.id || n.TopicID == group.TopicID(r.id, ""):
		return nil, badGroup("TopicId is not GroupId, @TOPIC#_ and a name")
	case r.topics.has(n.TopicID):
		return nil, refuse(taken, "there is a topic with that ID")
	}
	if most := a.set.MaxTopics; most > 0 && a.groups.topics() >= most {
		return nil, refuse(restapi.CodeGroupCountLimit, "the app has too many topics")
	}
	return r, nil
}

// topics is how many topics there are in all communities.
func (s *groups) topics() (n int) {
	for _, one := range s.all.all {
		n += one.value.topics.len()
	}
	return n
}

// checkOperator refuses a user, named by a call over REST, whose account is not there. With which code is a guess.
func (a *App) checkOperator(userID string) error {
	if userID == "" {
		return nil
	}
	_, err := a.refuseUnknown(userID, restapi.CodeGroupInvalidParameter)
	return err
}

func askCreateTopic(a *App, c *call, req *newTopic) (*callback.GroupBeforeCreateTopic, error) {
	if _, err := req.check(a, restapi.CodeGroupIDTakenByOwner); err != nil {
		return nil, err
	}
	return &callback.GroupBeforeCreateTopic{
		OperatorAccount: cmp.Or(req.FromAccount, c.by.UserID), Type: community.newer(), Name: req.TopicName,
	}, nil
}

type topicName struct {
	TopicID string `json:"TopicId"`
}

func createTopic(a *App, c *call, req *newTopic, _ callback.GroupBeforeCreateTopicAnswer) (any, error) {
	r, err := req.check(a, restapi.CodeGroupIDTakenByOwner)
	if err != nil {
		return nil, err
	}
	t := r.addTopic(req, c.now.Unix())
	c.after(r.lane, &callback.GroupAfterCreateTopic{
		GroupID: r.id, TopicID: t.id, OperatorAccount: cmp.Or(req.FromAccount, c.by.UserID), OwnerAccount: r.owner,
		Type: community.newer(), Name: t.Name,
	})
	return topicName{t.id}, nil
}

// addTopic makes a topic, with an ID that is made up where it is given none.
func (r *room) addTopic(n *newTopic, created int64) *topic {
	id := n.TopicID
	if id == "" {
		id = newID(&r.topics, func(i uint64) string { return group.TopicID(r.id, "@TOPIC#c"+strconv.FormatUint(i, 10)) })
	}
	t := &topic{id: id, groupTexts: n.texts(), custom: n.CustomString, created: created}
	r.topics.add(id, t)
	return t
}

// A topicChange is what a command or a device changes of a topic.
type topicChange struct {
	GroupID       string `json:"GroupId"`
	TopicID       string `json:"TopicId"`
	FromAccount   string `json:"From_Account"`
	TopicName     restapi.Optional[string]
	CustomString  restapi.Optional[string]
	FaceURL       restapi.Optional[string] `json:"FaceUrl"`
	Notification  restapi.Optional[string]
	Introduction  restapi.Optional[string]
	MuteAllMember group.Switch
}

// modifyTopic refuses a topic that is not there with a code that is a guess: those of topics are not among its own.
func modifyTopic(a *App, c *call, req *topicChange) (any, error) {
	r, err := a.withTopics(req.GroupID)
	if err != nil {
		return nil, err
	}
	t, err := r.topic(req.TopicID)
	if err != nil {
		return nil, err
	}
	return nil, cmp.Or(a.checkOperator(req.FromAccount), a.changeTopic(c, r, t, req))
}

// changeTopic changes a topic. The backend is told of four of its fields, and not of which topic it is.
func (a *App) changeTopic(c *call, r *room, t *topic, q *topicChange) error {
	texts := groupTexts{
		q.TopicName.Or(t.Name), q.Introduction.Or(t.Introduction), q.Notification.Or(t.Notification), q.FaceURL.Or(t.FaceURL),
	}
	custom := q.CustomString.Or(t.custom)
	if err := checkTopic(texts, custom, &a.state); err != nil {
		return err
	}
	switch q.MuteAllMember {
	case "":
	case group.On, group.Off:
		t.muteAll = q.MuteAllMember == group.On
	default:
		return badGroup("MuteAllMember is not On or Off")
	}
	t.groupTexts, t.custom = texts, custom
	if q.TopicName.IsZero() && q.Introduction.IsZero() && q.Notification.IsZero() && q.FaceURL.IsZero() {
		return nil
	}
	c.after(r.lane, &callback.GroupAfterTopicInfoChanged{
		GroupID: r.id, Type: community.newer(), OperatorAccount: cmp.Or(q.FromAccount, c.by.UserID), Name: q.TopicName,
		Introduction: q.Introduction, Notification: q.Notification, FaceURL: q.FaceURL,
	})
	return nil
}

func destroyTopic(a *App, c *call, req *struct {
	GroupID     string   `json:"GroupId"`
	TopicIDList []string `json:"TopicIdList"`
},
) (any, error) {
	r, err := a.withTopics(req.GroupID)
	if err != nil {
		return nil, err
	}
	if err := checkItems("topics", len(req.TopicIDList), len(req.TopicIDList)); err != nil {
		return nil, err
	}
	return struct{ DestroyResultItem []topicItem }{r.deleteTopics(c, req.TopicIDList)}, nil
}

// topicItem is what an answer says of one of several topics.
type topicItem struct {
	itemStatus
	topicName
}

// deleteTopics deletes topics, with the rights in them and what was written there.
func (r *room) deleteTopics(c *call, topicIDs []string) (items []topicItem) {
	var gone []string
	for _, topicID := range topicIDs {
		_, err := r.topic(topicID)
		if err == nil {
			gone = append(gone, topicID)
			c.app.removeTopic(r, topicID)
		}
		items = append(items, topicItem{itemOf(err), topicName{topicID}})
	}
	if len(gone) > 0 {
		c.after(r.lane, &callback.GroupAfterTopicDestroyed{GroupID: r.id, Type: community.newer(), TopicIDList: gone})
	}
	return items
}

func (a *App) removeTopic(r *room, topicID string) {
	a.groups.msgs.drop(&r.topics.get(topicID).value.log)
	r.topics.remove(topicID)
	for _, m := range r.members.all {
		delete(m.value.topics, topicID)
	}
	for _, p := range r.permissions.all {
		p.value.topics.remove(topicID)
	}
}
