package chat

import (
	"maps"
	"math"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
)

// until is the second in which something ends that lasts so many of them from now on: 0 where it is over at once.
func until(now time.Time, seconds uint32) int64 {
	if seconds == 0 {
		return 0
	}
	return min(now.Unix()+int64(seconds), math.MaxUint32) // more does not fit into the answers
}

// mutesOf are the mutes of a group, or of a topic.
func mutesOf(p place) *mutes {
	if p.topic != nil {
		return &p.topic.mutes
	}
	return &p.mutes
}

// present are the users who may not send now, by their IDs. Those for whom that is over are forgotten.
func (m mutes) present(now time.Time) []string {
	maps.DeleteFunc(m, func(_ string, until int64) bool { return until <= now.Unix() })
	return slices.Sorted(maps.Keys(m))
}

// refuseStrangers refuses users whose accounts are not there. Which code that has is a guess.
func (a *App) refuseStrangers(userIDs []string) error {
	for _, userID := range userIDs {
		if a.users.byID[userID] == nil {
			return badGroup("one of the users is not imported")
		}
	}
	return nil
}

// forbidSendMsg mutes users, who need not be members: a mute outlives that they leave.
func forbidSendMsg(a *App, c *call, req *struct {
	GroupID        string   `json:"GroupId"`
	TopicID        string   `json:"TopicId"`
	MembersAccount []string `json:"Members_Account"`
	MuteTime       uint32
},
) (any, error) {
	p, err := a.placeOf(req.GroupID, req.TopicID, anyKind&^work)
	if err != nil {
		return nil, err
	}
	if _, err := a.aboutMembers(req.GroupID, anyKind, req.MembersAccount, group.MaxMute); err != nil {
		return nil, err
	}
	if err := a.refuseStrangers(req.MembersAccount); err != nil {
		return nil, err
	}
	for _, userID := range req.MembersAccount {
		mutesOf(p).set(userID, until(c.now, req.MuteTime))
	}
	c.tip(p.room, c.by.UserID, TipMuted, req.MembersAccount...)
	return nil, nil
}

type mutedAccount struct {
	MemberAccount string `json:"Member_Account"`
	MutedUntil    int64
}

func getGroupMutedAccount(a *App, c *call, req *struct {
	GroupID string `json:"GroupId"`
	TopicID string `json:"TopicId"`
},
) (any, error) {
	p, err := a.placeOf(req.GroupID, req.TopicID, anyKind)
	if err != nil {
		return nil, err
	}
	muted := []mutedAccount{}
	for _, userID := range mutesOf(p).present(c.now) {
		muted = append(muted, mutedAccount{userID, (*mutesOf(p))[userID]})
	}
	return struct {
		GroupID          string `json:"GroupId"`
		MutedAccountList []mutedAccount
	}{p.id, muted}, nil
}

type shuttedUin struct {
	MemberAccount string `json:"Member_Account"`
	ShuttedUntil  int64
}

// getGroupShuttedUin is getGroupMutedAccount by its older names.
func getGroupShuttedUin(a *App, c *call, req *groupName) (any, error) {
	r, err := a.room(req.GroupID, anyKind)
	if err != nil {
		return nil, err
	}
	muted := []shuttedUin{}
	for _, userID := range r.mutes.present(c.now) {
		muted = append(muted, shuttedUin{userID, r.mutes[userID]})
	}
	return struct {
		GroupID        string `json:"GroupId"`
		ShuttedUinList []shuttedUin
	}{r.id, muted}, nil
}
