package chat

import (
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type topicRights struct {
	TopicID    string           `json:"TopicId"`
	Permission group.Permission `json:"Permission"`
}

type topicResultList struct{ TopicPermissionResultList []topicItem }

func (l *topicResultList) add(topicID string, err error) {
	l.TopicPermissionResultList = append(l.TopicPermissionResultList, topicItem{itemOf(err), topicName{topicID}})
}

type topicRightsRequest struct {
	permissionRequest

	TopicPermissionList []topicRights
}

// change does something with the rights in each topic for which may refuses nothing.
func (q *topicRightsRequest) change(
	a *App, may func(r *room, p *permissionGroup, topicID string) error,
) (any, error) {
	r, p, err := q.of(a)
	if err != nil {
		return nil, err
	}
	if err := checkItems("topics", len(q.TopicPermissionList), group.MaxPermissionTopics); err != nil {
		return nil, err
	}
	var answer topicResultList
	for _, one := range q.TopicPermissionList {
		err := may(r, p, one.TopicID)
		if err == nil {
			p.topics.add(one.TopicID, one.Permission)
		}
		answer.add(one.TopicID, err)
	}
	return answer, nil
}

func addTopicPermissionGroup(a *App, _ *call, req *topicRightsRequest) (any, error) {
	return req.change(a, func(r *room, p *permissionGroup, topicID string) error {
		if p.topics.has(topicID) {
			return refuse(restapi.CodePermissionTopicExists, "it has rights in the topic")
		}
		_, err := r.topic(topicID)
		return err
	})
}

// setTopicPermissionGroup answers as addTopicPermissionGroup does, which is a guess: the documented answer is cut off.
func setTopicPermissionGroup(a *App, _ *call, req *topicRightsRequest) (any, error) {
	return req.change(a, func(_ *room, p *permissionGroup, topicID string) error { return p.checkTopic(topicID) })
}

// checkTopic refuses a topic in which the permission group has no rights.
func (p *permissionGroup) checkTopic(topicID string) error {
	if !p.topics.has(topicID) {
		return refuse(restapi.CodePermissionTopicNotFound, "it has no rights in the topic")
	}
	return nil
}

type topicListRequest struct {
	permissionRequest

	TopicIDList []string `json:"TopicIdList"`
}

func deleteTopicPermissionGroup(a *App, _ *call, req *topicListRequest) (any, error) {
	_, p, err := req.of(a)
	if err != nil {
		return nil, err
	}
	if err := checkItems("topics", len(req.TopicIDList), group.MaxPermissionTopics); err != nil {
		return nil, err
	}
	var answer topicResultList
	for _, topicID := range req.TopicIDList {
		answer.add(topicID, p.checkTopic(topicID))
		p.topics.remove(topicID)
	}
	return answer, nil
}

func getTopicPermissionGroup(a *App, _ *call, req *topicListRequest) (any, error) {
	_, p, err := req.of(a)
	if err != nil {
		return nil, err
	}
	type rights struct {
		itemStatus
		topicRights
	}
	answer := struct{ TopicPermissionResultList []rights }{[]rights{}}
	if len(req.TopicIDList) == 0 {
		for _, one := range p.topics.all {
			answer.TopicPermissionResultList = append(answer.TopicPermissionResultList,
				rights{topicRights: topicRights{one.userID, one.value}})
		}
		return answer, nil
	}
	if err := checkItems("topics", len(req.TopicIDList), group.MaxPermissionTopics); err != nil {
		return nil, err
	}
	for _, topicID := range req.TopicIDList {
		one := rights{itemOf(p.checkTopic(topicID)), topicRights{TopicID: topicID}}
		if at := p.topics.get(topicID); at != nil {
			one.Permission = at.value
		}
		answer.TopicPermissionResultList = append(answer.TopicPermissionResultList, one)
	}
	return answer, nil
}
