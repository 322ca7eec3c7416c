package chat

import (
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// refusePlan refuses a group for which there is no room in the plan.
func (n *newRoom) refusePlan(a *App, kind kinds) error {
	most := a.set.Plan.limits()
	switch {
	case kind == community && slices.Contains(a.set.Off, FeatureCommunity):
		return refuse(restapi.CodeGroupInvalidRequest, "communities are switched off") // which code is a guess
	case most == planLimits{}:
		return nil
	case a.groups.all.len() >= most.groups:
		return refuse(restapi.CodeGroupTrialLimit, "there are 100 groups")
	case kind == live && a.groups.count(live) >= most.liveRooms:
		return refuse(restapi.CodeGroupAVChatRoomLimit, "there are as many AVChatRooms as the plan has")
	case a.set.Plan.tooMany(kind, max(n.MaxMemberCount, len(n.MemberList)+1)):
		return refuse(restapi.CodeGroupMemberLimit, "the group would have more members than the plan allows")
	case kind != live && a.inAll(n.OwnerAccount),
		slices.ContainsFunc(n.MemberList, func(m newRoomMember) bool { return a.inAll(m.MemberAccount) }):
		return errManyGroups
	}
	return nil
}

var errManyGroups = refuse(restapi.CodeGroupCountLimit, "a user is in as many groups as the plan allows")

// inAll says whether a user is in as many groups as one can be.
func (a *App) inAll(userID string) bool {
	most := a.set.Plan.limits().joined
	return most > 0 && len(a.groups.of(userID)) >= most
}

// count returns how many groups of some kinds there are.
func (s *groups) count(of kinds) (n int) {
	for _, one := range s.all.all {
		n += bit(one.value.kind&of != 0)
	}
	return n
}

// tellQuota tells the backend where over 70 % of the groups of a day are made, by the day of UTC. Those that are gone
// again do not count.
func (a *App) tellQuota(c *call, r *room) {
	if a.set.DailyGroups == 0 {
		return
	}
	today, used := c.now.UTC().Truncate(24*time.Hour).Unix(), 0
	for _, one := range a.groups.all.all {
		used += bit(one.value.created >= today)
	}
	if used*10 > a.set.DailyGroups*7 {
		c.after(r.lane, &callback.GroupOnDailyGroupQuotaAlarm{
			QuotaUsed: used, Quota: a.set.DailyGroups, EventTime: callback.EventTimeOf(c.now),
		})
	}
}
