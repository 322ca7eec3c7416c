package chat

import (
	"cmp"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type importTopicRequest struct {
	newTopic

	Type       group.Type
	CreateTime int64
}

// importTopic makes a topic as it was made elsewhere. No webhook is sent, and no device is told.
func importTopic(a *App, c *call, req *importTopicRequest) (any, error) {
	switch {
	case req.Type != "" && kindOf(req.Type) != community:
		return nil, badGroup("Type is not Community")
	case req.CreateTime > c.now.Unix():
		return nil, badGroup("CreateTime is still to come") // a guess: no page says what becomes of it
	}
	r, err := req.check(a, restapi.CodeGroupIDTaken)
	if err != nil {
		return nil, err
	}
	return topicName{r.addTopic(&req.newTopic, cmp.Or(req.CreateTime, c.now.Unix())).id}, nil
}
