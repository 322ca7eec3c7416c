package group_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func numbered(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = "u" + strconv.Itoa(i)
	}
	return ids
}

func TestMemberCallsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	type c = *group.Client
	type call = func(context.Context, *group.Client) error
	filter := group.Filter{
		MemberInfoFilter: []string{
			"Role", "JoinTime", "MsgSeq", "MsgFlag", "LastSendMsgTime", "MuteUntil", "NameCard", "OnlineStatus",
		},
		MemberRoleFilter: []group.Role{group.RoleOwner, group.RoleMember},
	}
	seven, shift := filter, filter
	seven.MemberInfoFilter = filter.MemberInfoFilter[:7]
	seven.AppDefinedDataFilterGroupMember = []string{"Shift", "Badge"}
	shift.AppDefinedDataFilterGroupMember = []string{"Shift"}
	const live = "@TGS#aH5LIVE01"
	spammers := []string{"spammer7", "spammer8", "spammer7"}
	sendsTheSamples(t, []sampled{
		{group.CommandAddGroupMember, []call{
			func(ctx context.Context, c c) error { return second(c.Members.Add(ctx, team, []string{"priya"})) },
			func(ctx context.Context, c c) error {
				return second(c.Members.Add(ctx, team, []string{"priya", "tomas", "priya"}, group.Silently()))
			},
		}},
		{group.CommandDeleteGroupMember, []call{
			func(ctx context.Context, c c) error { return c.Members.Delete(ctx, team, []string{"priya"}) },
			func(ctx context.Context, c c) error {
				return c.Members.Delete(ctx, team, []string{"priya", "tomas"}, group.WithReason("shift over"), group.Silently())
			},
		}},
		{group.CommandGetGroupMemberInfo, []call{
			nil, // without a Limit all come at once
			func(ctx context.Context, c c) error { return second(c.Members.Page(ctx, team, seven, "", 100)) },
			func(ctx context.Context, c c) error {
				return second(c.Members.Page(ctx, people, group.Filter{}, "", 100))
			},
		}},
		{group.CommandGetSpecifiedGroupMemberInfo, []call{
			func(ctx context.Context, c c) error {
				return second(c.Members.Get(ctx, team, []string{"mira", "ozan", "mira"}, group.Filter{}))
			},
			func(ctx context.Context, c c) error {
				return second(c.Members.Get(ctx, team, []string{"mira", "ozan", "priya"}, shift))
			},
		}},
		{group.CommandGetRoleInGroup, []call{
			func(ctx context.Context, c c) error {
				return second(c.Members.Roles(ctx, team, []string{"mira", "ozan", "stranger", "ozan"}))
			},
		}},
		{group.CommandModifyGroupMemberInfo, []call{
			func(ctx context.Context, c c) error {
				return c.Members.Modify(ctx, team, "ozan", group.MemberChange{Role: group.RoleAdmin})
			},
			func(ctx context.Context, c c) error {
				return c.Members.Modify(ctx, team, "ozan", group.MemberChange{
					Role: group.RoleMember, MsgFlag: group.AcceptNotNotifyExceptAt, NameCard: restapi.Some("Ozan 2"),
					AppMemberDefinedData: group.CustomFields{"Badge": "18", "Shift": "day"},
					MuteTime:             restapi.Some(time.Hour),
				})
			},
			func(ctx context.Context, c c) error {
				return c.Members.Modify(ctx, team, "ozan", group.MemberChange{MuteTime: restapi.Some(time.Duration(0))})
			},
		}},
		{group.CommandForbidSendMsg, []call{
			func(ctx context.Context, c c) error {
				return c.Members.Mute(ctx, team, []string{"ozan", "priya", "ozan"}, time.Minute)
			},
			func(ctx context.Context, c c) error { return c.Members.Unmute(ctx, dyes, []string{"ozan"}) },
			func(ctx context.Context, c c) error {
				return c.Members.Mute(ctx, team, []string{"ozan"}, group.Forever)
			},
		}},
		{group.CommandGetGroupMutedAccount, []call{
			func(ctx context.Context, c c) error { return second(c.Members.Muted(ctx, team)) },
			func(ctx context.Context, c c) error { return second(c.Members.Muted(ctx, dyes)) },
		}},
		{group.CommandGetGroupShuttedUin, []call{
			func(ctx context.Context, c c) error {
				return second(c.Members.ShuttedUin(ctx, team))
			},
		}},
		{group.CommandBanGroupMember, []call{
			func(ctx context.Context, c c) error { return c.Members.Ban(ctx, live, spammers[:1], time.Hour, "") },
			func(ctx context.Context, c c) error {
				return c.Members.Ban(ctx, live, spammers, group.Forever, "flooding the chat")
			},
		}},
		{group.CommandUnbanGroupMember, []call{
			func(ctx context.Context, c c) error { return c.Members.Unban(ctx, live, spammers) },
		}},
		{group.CommandGetGroupBanMember, []call{
			func(ctx context.Context, c c) error { return second(c.Members.BannedPage(ctx, live, "", 20)) },
		}},
		{group.CommandGroupMemberSearch, []call{
			func(ctx context.Context, c c) error {
				return second(c.Members.SearchPage(ctx, group.MemberSearchQuery{
					Keywords: []string{"mi"}, GroupIDList: []string{"@TGS#2KLMNO", "@TGS#2KLMNO"},
				}, "", 20))
			},
		}},
	})
}

func TestMemberCallsThatAreRefused(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	long := strings.Repeat("x", 1001)
	modify := func(field, reason string, change group.MemberChange) refusal {
		return refusal{field, reason, func(c *group.Client) error { return c.Members.Modify(ctx, team, "ozan", change) }}
	}
	mute := func(reason string, d time.Duration) refusal {
		return refusal{"MuteTime", reason, func(c *group.Client) error { return c.Members.Mute(ctx, team, two, d) }}
	}
	page := func(f group.Filter, cursor restapi.Cursor, limit int) func(c *group.Client) error {
		return func(c *group.Client) error { return second(c.Members.Page(ctx, team, f, cursor, limit)) }
	}
	refusals := map[string]refusal{
		"add nobody": {"MemberList", "is empty", func(c *group.Client) error {
			return second(c.Members.Add(ctx, team, nil))
		}},
		"add too many": {"MemberList", "301 items, at most 300", func(c *group.Client) error {
			return second(c.Members.Add(ctx, team, numbered(301)))
		}},
		"add no user": {"MemberList[1]", "is empty", func(c *group.Client) error {
			return second(c.Members.Add(ctx, team, []string{"a", ""}))
		}},
		"add with a reason": {"Reason", "cannot be sent with this command", func(c *group.Client) error {
			return second(c.Members.Add(ctx, team, two, group.WithReason("")))
		}},
		"delete nobody": {"MemberToDel_Account", "is empty", func(c *group.Client) error {
			return c.Members.Delete(ctx, team, nil)
		}},
		"delete too many": {"MemberToDel_Account", "101 items, at most 100", func(c *group.Client) error {
			return c.Members.Delete(ctx, team, numbered(101))
		}},
		"delete for no text": {"Reason", "UTF-8", func(c *group.Client) error {
			return c.Members.Delete(ctx, team, two, group.WithReason("\xff"))
		}},
		"page of 201":       {"Limit", "is 201, not 0 to 200", page(group.Filter{}, "", 201)},
		"page of -1":        {"Limit", "is -1", page(group.Filter{}, "", -1)},
		"page elsewhere":    {"Offset", "is not a cursor", page(group.Filter{}, "x", 0)},
		"filter of groups":  {"GroupBaseInfoFilter", "cannot be sent", page(group.Filter{GroupBaseInfoFilter: two}, "", 0)},
		"filter of oneself": {"SelfInfoFilter", "cannot be sent", page(group.Filter{SelfInfoFilter: two}, "", 0)},
		"fields of groups":  {"AppDefinedDataFilter_Group", "cannot", page(group.Filter{AppDefinedDataFilterGroup: two}, "", 0)},
		"get with its filter": {"SelfInfoFilter", "cannot be sent", func(c *group.Client) error {
			return second(c.Members.Get(ctx, team, two, group.Filter{SelfInfoFilter: two}))
		}},
		"get nobody": {"Member_List_Account", "is empty", func(c *group.Client) error {
			return second(c.Members.Get(ctx, team, nil, group.Filter{}))
		}},
		"get too many": {"Member_List_Account", "51 items, at most 50", func(c *group.Client) error {
			return second(c.Members.Get(ctx, team, numbered(51), group.Filter{}))
		}},
		"roles of nobody": {"User_Account", "is empty", func(c *group.Client) error {
			return second(c.Members.Roles(ctx, team, nil))
		}},
		"roles of too many": {"User_Account", "501 items, at most 500", func(c *group.Client) error {
			return second(c.Members.Roles(ctx, team, numbered(501)))
		}},
		"modify nothing":    modify("Role", "nothing else is to change", group.MemberChange{}),
		"modify no field":   modify("Role", "nothing", group.MemberChange{AppMemberDefinedData: group.CustomFields{}}),
		"modify to owner":   modify("Role", "Owner", group.MemberChange{Role: group.RoleOwner}),
		"modify to nothing": modify("Role", "NotMember", group.MemberChange{Role: group.RoleNotMember}),
		"modify long card": modify("NameCard", "51 bytes, at most 50", group.MemberChange{
			NameCard: restapi.Some(long[:51]),
		}),
		"modify field": modify(`AppMemberDefinedData["a b"]`, "letters", group.MemberChange{
			AppMemberDefinedData: group.CustomFields{"a b": ""},
		}),
		"modify long field": modify(`AppMemberDefinedData["a"]`, "65 bytes, at most 64", group.MemberChange{
			AppMemberDefinedData: group.CustomFields{"a": long[:65]},
		}),
		"modify mute": modify("MuteTime", "whole seconds", group.MemberChange{MuteTime: restapi.Some(time.Millisecond)}),
		"modify nobody": {"Member_Account", "is empty", func(c *group.Client) error {
			return c.Members.Modify(ctx, team, "", group.MemberChange{Role: group.RoleAdmin})
		}},
		"mute for 0":            mute("is 0s, not whole seconds from 1s to Forever", 0),
		"mute for less than 0":  mute("whole seconds", -time.Second),
		"mute for a part":       mute("whole seconds", time.Second+1),
		"mute for over Forever": mute("whole seconds", group.Forever+time.Second),
		"mute nobody": {"Members_Account", "is empty", func(c *group.Client) error {
			return c.Members.Mute(ctx, team, nil, time.Hour)
		}},
		"unmute nobody": {"Members_Account", "is empty", func(c *group.Client) error {
			return c.Members.Unmute(ctx, team, []string{})
		}},
		"mute too many": {"Members_Account", "501 items, at most 500", func(c *group.Client) error {
			return c.Members.Mute(ctx, team, numbered(501), time.Hour)
		}},
		"muted of nothing": {"GroupId", "is empty", func(c *group.Client) error {
			return second(c.Members.Muted(ctx, ""))
		}},
		"ban for 0": {"Duration", "is 0s, not whole seconds", func(c *group.Client) error {
			return c.Members.Ban(ctx, team, two, 0, "")
		}},
		"ban too many": {"Members_Account", "21 items, at most 20", func(c *group.Client) error {
			return c.Members.Ban(ctx, team, numbered(21), time.Hour, "")
		}},
		"ban at length": {"Description", "1001 bytes, at most 1000", func(c *group.Client) error {
			return c.Members.Ban(ctx, team, two, time.Hour, long)
		}},
		"unban nobody": {"Members_Account", "is empty", func(c *group.Client) error {
			return c.Members.Unban(ctx, team, nil)
		}},
		"banned page of 101": {"Limit", "is 101, not 0 to 100", func(c *group.Client) error {
			return second(c.Members.BannedPage(ctx, team, "", 101))
		}},
		"banned page elsewhere": {"Offset", "is not a cursor", func(c *group.Client) error {
			return second(c.Members.BannedPage(ctx, team, "1,2", 0))
		}},
		"search for nothing": {"Keywords", "is empty", func(c *group.Client) error {
			return second(conform.Drain(c.Members.Search(ctx, group.MemberSearchQuery{})))
		}},
		"search for an empty word": {"Keywords[1]", "is empty", func(c *group.Client) error {
			return second(c.Members.SearchPage(ctx, group.MemberSearchQuery{Keywords: []string{"a", ""}}, "", 0))
		}},
		"search for no text": {"Keywords[0]", "UTF-8", func(c *group.Client) error {
			return second(c.Members.SearchPage(ctx, group.MemberSearchQuery{Keywords: []string{"\xff"}}, "", 0))
		}},
		"search in no group": {"GroupIdList[0]", "is empty", func(c *group.Client) error {
			q := group.MemberSearchQuery{Keywords: two, GroupIDList: []string{""}}
			return second(c.Members.SearchPage(ctx, q, "", 0))
		}},
		"search page of 101": {"Count", "is 101, not 0 to 100", func(c *group.Client) error {
			return second(c.Members.SearchPage(ctx, group.MemberSearchQuery{Keywords: two}, "", 101))
		}},
	}
	for name, call := range map[string]func(c *group.Client, groupID string) error{
		"add":    func(c *group.Client, id string) error { return second(c.Members.Add(ctx, id, two)) },
		"delete": func(c *group.Client, id string) error { return c.Members.Delete(ctx, id, two) },
		"all": func(c *group.Client, id string) error {
			return second(conform.Drain(c.Members.All(ctx, id, group.Filter{})))
		},
		"get":   func(c *group.Client, id string) error { return second(c.Members.Get(ctx, id, two, group.Filter{})) },
		"roles": func(c *group.Client, id string) error { return second(c.Members.Roles(ctx, id, two)) },
		"modify": func(c *group.Client, id string) error {
			return c.Members.Modify(ctx, id, "ozan", group.MemberChange{Role: group.RoleAdmin})
		},
		"shutted": func(c *group.Client, id string) error {
			return second(c.Members.ShuttedUin(ctx, id))
		},
		"ban":    func(c *group.Client, id string) error { return c.Members.Ban(ctx, id, two, time.Hour, "") },
		"unban":  func(c *group.Client, id string) error { return c.Members.Unban(ctx, id, two) },
		"banned": func(c *group.Client, id string) error { return second(conform.Drain(c.Members.Banned(ctx, id))) },
	} {
		refusals[name+" in nothing"] = refusal{"GroupId", "is empty", func(c *group.Client) error { return call(c, "") }}
		refusals[name+" in a topic"] = refusal{
			"GroupId", "is a topic's, a group's is wanted", func(c *group.Client) error { return call(c, dyes) },
		}
	}
	testRefusals(t, refusals)
}

func TestWhatBecameOfThoseWhoWereAdded(t *testing.T) {
	t.Parallel()
	c := group.NewClient(&conform.Recorder{Answer: `{"MemberList":[
		{"Member_Account":"b","Result":2},{"Member_Account":"c","Result":"3"},{"Member_Account":"a","Result":1},
		{"Member_Account":"d","Result":0},{"Member_Account":"e","Result":9}]}`})
	got, err := c.Members.Add(t.Context(), team, []string{"a", "b", "c", "d", "e", "f", "a"})
	require.NoError(t, err)
	var said []string
	for _, r := range got {
		said = append(said, fmt.Sprint(r.UserID, " ", r.Result, " ", r.Err() == nil))
	}
	assert.Equal(t, []string{"a 1 true", "b 2 true", "c 3 true", "d 0 false", "e 0 false", "f 0 false", "a 1 true"}, said)
	require.ErrorContains(t, got[3].Err(), "listed in MemberList without a code")
	require.NotErrorIs(t, got[4].Err(), restapi.ErrBadResponse)
	require.ErrorIs(t, got[5].Err(), restapi.ErrBadResponse, "missing")
}

func TestMembersAreThoseFoundInTheOrderAsked(t *testing.T) {
	t.Parallel()
	c := group.NewClient(&conform.Recorder{Answer: `{"MemberList":[
		{"Member_Account":"b","Role":"Member "},{"Member_Account":"x"},{"Member_Account":"a","ShutUpUntil":1719999999}]}`})
	got, err := c.Members.Get(t.Context(), team, []string{"a", "gone", "b", "a"}, group.Filter{})
	require.NoError(t, err)
	a := group.Member{UserID: "a", MuteUntil: time.Unix(1719999999, 0)}
	assert.Equal(t, []group.Member{a, {UserID: "b", Role: group.RoleMember}, a}, got)
}

func TestRolesOfAll(t *testing.T) {
	t.Parallel()
	c := group.NewClient(&conform.Recorder{Answer: `{"UserIdList":[
		{"Member_Account":"b","Role":"NotMember"},{"Member_Account":"a","Role":"Owner "}]}`})
	got, err := c.Members.Roles(t.Context(), team, []string{"a", "b", "c"})
	require.NoError(t, err)
	assert.Equal(t, []group.RoleResult{{UserID: "a", Role: group.RoleOwner}, {UserID: "b", Role: group.RoleNotMember}}, got[:2])
	require.ErrorIs(t, got[2].Err(), restapi.ErrBadResponse)
	assert.Equal(t, "c", got[2].UserID)
}

func TestMemberCallsFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c := group.NewClient(&conform.Recorder{Err: down})
	for name, call := range map[string]func(ctx context.Context) (any, error){
		"add":    func(ctx context.Context) (any, error) { return c.Members.Add(ctx, team, two) },
		"delete": func(ctx context.Context) (any, error) { return nil, c.Members.Delete(ctx, team, two) },
		"all": func(ctx context.Context) (any, error) {
			return conform.Drain(c.Members.All(ctx, team, group.Filter{}))
		},
		"get":    func(ctx context.Context) (any, error) { return c.Members.Get(ctx, team, two, group.Filter{}) },
		"roles":  func(ctx context.Context) (any, error) { return c.Members.Roles(ctx, team, two) },
		"muted":  func(ctx context.Context) (any, error) { return c.Members.Muted(ctx, team) },
		"banned": func(ctx context.Context) (any, error) { return conform.Drain(c.Members.Banned(ctx, team)) },
		"search": func(ctx context.Context) (any, error) { return conform.Drain(c.Members.Search(ctx, memberSearch)) },
		"shutted": func(ctx context.Context) (any, error) {
			return c.Members.ShuttedUin(ctx, team)
		},
		"attributes": func(ctx context.Context) (any, error) { return c.Attributes.Get(ctx, team) },
		"counters":   func(ctx context.Context) (any, error) { return c.Counters.Get(ctx, team) },
		"update": func(ctx context.Context) (any, error) {
			return c.Counters.Update(ctx, team, group.CounterSet, map[string]int64{"like": 1})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := call(t.Context())
			require.ErrorIs(t, err, down)
			assert.Empty(t, got)
		})
	}
}
