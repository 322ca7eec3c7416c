package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// room is a group.
type room struct {
	GroupID         string `json:"GroupId"`
	Type            group.Type
	Name            string
	OwnerAccount    string `json:"Owner_Account"`
	Introduction    string
	Notification    string
	FaceURL         string `json:"FaceUrl"`
	MaxMemberNum    int
	ApplyJoinOption group.JoinOption
	AppDefinedData  group.CustomFields
	SupportTopic    int
	CreateTime      int64
}

func (r *room) key() string { return r.GroupID }
func (r *room) id() string  { return r.GroupID }

func (r *room) check(c *checker, l *line) error {
	switch {
	case r.Type.Is(group.AVChatRoom):
		return fmt.Errorf("group of type AVChatRoom: %w", errLeft)
	case r.GroupID == "":
		return errors.New("GroupId is empty")
	case r.CreateTime <= 0:
		return errors.New("CreateTime is missing: messages and members have to be of a time after it")
	case r.OwnerAccount == "":
		return nil
	}
	return c.user(l, "Owner_Account", r.OwnerAccount)
}

// importRoom imports one group. One that is there with its ID may be itself, from a call whose answer was lost.
func importRoom(ctx context.Context, s *service, lines []*line) []error {
	r := itemsOf[*room](lines)[0]
	_, err := s.groups.Import.Group(ctx, group.Group{
		GroupID: r.GroupID, Type: r.Type, Name: r.Name, OwnerAccount: r.OwnerAccount, Introduction: r.Introduction,
		Notification: r.Notification, FaceURL: r.FaceURL, MaxMemberCount: r.MaxMemberNum,
		ApplyJoinOption: r.ApplyJoinOption, AppDefinedData: r.AppDefinedData, SupportTopic: r.SupportTopic == 1,
		CreateTime: time.Unix(r.CreateTime, 0),
	})
	if mayBeThere(err) && compareRoom(ctx, s, lines)[0] == nil {
		err = nil
	}
	return []error{err}
}

// mayBeThere says whether what the call should have made may be there all the same.
func mayBeThere(err error) bool {
	return errors.Is(err, restapi.CodeGroupIDTaken) || errors.Is(err, restapi.CodeGroupIDTakenByOwner) ||
		errors.Is(err, restapi.ErrTemporary) || errors.Is(err, restapi.ErrBadResponse)
}

// compareRoom says in what the group that is there is another one.
func compareRoom(ctx context.Context, s *service, lines []*line) []error {
	r := itemsOf[*room](lines)[0]
	infos, err := s.groups.Get(ctx, []string{r.GroupID}, group.Filter{
		GroupBaseInfoFilter: words("Type Name Owner_Account CreateTime"),
	})
	if err = cmp.Or(err, outcomes(1, infos, err)[0]); err != nil {
		return []error{err}
	}
	switch there := infos[0]; {
	case !there.Type.Is(r.Type):
		err = fmt.Errorf("is a group of type %s", there.Type)
	case there.Name != r.Name:
		err = fmt.Errorf("is a group with the name %q", there.Name)
	case there.OwnerAccount != r.OwnerAccount:
		err = fmt.Errorf("is a group of %q", there.OwnerAccount)
	case there.CreateTime.Unix() != r.CreateTime:
		err = fmt.Errorf("is a group of %s", there.CreateTime.UTC().Format(time.DateTime))
	}
	return []error{err}
}

// topic is a topic of a community.
type topic struct {
	GroupID      string `json:"GroupId"`
	TopicID      string `json:"TopicId"`
	TopicName    string
	CustomString string
	FaceURL      string `json:"FaceUrl"`
	Notification string
	Introduction string
	CreateTime   int64
}

func (t *topic) key() string { return t.TopicID }
func (t *topic) id() string  { return t.TopicID }

func (t *topic) check(c *checker, l *line) error {
	switch {
	case t.TopicID == "":
		return errors.New("TopicId is empty")
	case t.CreateTime <= 0:
		return errors.New("CreateTime is missing: messages have to be of a time after it")
	}
	_, err := c.in(l, "GroupId", t.GroupID)
	return err
}

func importTopic(ctx context.Context, s *service, lines []*line) []error {
	t := itemsOf[*topic](lines)[0]
	_, err := s.groups.Import.Topic(ctx, group.Topic{
		GroupID: t.GroupID, TopicID: t.TopicID, TopicName: t.TopicName, CustomString: t.CustomString, FaceURL: t.FaceURL,
		Notification: t.Notification, Introduction: t.Introduction, CreateTime: time.Unix(t.CreateTime, 0),
	})
	if mayBeThere(err) && compareTopic(ctx, s, lines)[0] == nil {
		err = nil
	}
	return []error{err}
}

func compareTopic(ctx context.Context, s *service, lines []*line) []error {
	t := itemsOf[*topic](lines)[0]
	infos, err := s.groups.Topics.Get(ctx, s.admin, []string{t.TopicID})
	if err = cmp.Or(err, outcomes(1, infos, err)[0]); err != nil {
		return []error{err}
	}
	if there := infos[0]; there.TopicName != t.TopicName || there.CreateTime.Unix() != t.CreateTime {
		err = fmt.Errorf("is a topic with the name %q", there.TopicName)
	}
	return []error{err}
}
