package group_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	harbor = "harbor_watch"
	server = "@TGS#2KQ7MZ3EN" // an ID that the service made
)

// answering returns a client of a service that answers every call with the documented answer of that number.
func answering(tb testing.TB, cmd restapi.Command, example int) *group.Client {
	tb.Helper()
	return group.NewClient(&conform.Recorder{Answer: string(conform.Documented(tb, cmd).ResponseExamples[example])})
}

func TestGroupsAreMadeAndChangedAsDocumented(t *testing.T) {
	t.Parallel()
	type calls = []func(ctx context.Context, c *group.Client) error
	sendsTheSamples(t, []sampled{
		{group.CommandCreateGroup, calls{
			func(ctx context.Context, c *group.Client) error {
				return second(c.Create(ctx, group.Group{Type: group.Public, Name: "Harbor watch"}))
			},
			nil, // custom fields are sent in their own order
			func(ctx context.Context, c *group.Client) error {
				return second(c.Create(ctx, group.Group{
					Type: group.Community, Name: "Weavers", SupportTopic: true, EnablePermission: true,
					DefaultPermission: group.SendInTopics | group.AtAllInTopics | group.ReadHistoryInTopics,
				}))
			},
		}},
		{group.CommandGetGroupInfo, calls{
			func(ctx context.Context, c *group.Client) error {
				return second(c.Get(ctx, []string{server, harbor, server}, group.Filter{}))
			},
			func(ctx context.Context, c *group.Client) error {
				return second(c.Get(ctx, []string{server}, group.Filter{
					GroupBaseInfoFilter:       []string{"Type", "Name", "Introduction", "Notification"},
					MemberInfoFilter:          []string{"Role", "Member_Account"},
					AppDefinedDataFilterGroup: []string{"Region"}, AppDefinedDataFilterGroupMember: []string{"Shift", "Badge"},
				}))
			},
		}},
		{group.CommandModifyGroupBaseInfo, calls{
			func(ctx context.Context, c *group.Client) error {
				return c.Modify(ctx, server, group.Change{Name: restapi.Some("Harbor night watch")})
			},
			nil, // custom fields are sent in their own order
			func(ctx context.Context, c *group.Client) error {
				return c.Modify(ctx, weaversID, group.Change{
					EnablePermission: restapi.Some(true), DefaultPermission: restapi.Some(group.Permission(448)),
				})
			},
		}},
		{group.CommandDestroyGroup, calls{
			func(ctx context.Context, c *group.Client) error { return c.Destroy(ctx, server) },
		}},
		{group.CommandChangeGroupOwner, calls{
			func(ctx context.Context, c *group.Client) error { return c.ChangeOwner(ctx, server, "ozan") },
			func(ctx context.Context, c *group.Client) error {
				return c.ChangeOwner(ctx, server, "ozan", group.WithFromAccount("mira"))
			},
		}},
		{group.CommandGroupSearch, calls{
			func(ctx context.Context, c *group.Client) error {
				return second(c.SearchPage(ctx, group.SearchQuery{Keywords: []string{"harbor"}}, "", 20))
			},
		}},
	})
}

func TestGroupsThatAreRefused(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	long := strings.Repeat("x", 513)
	create := func(change func(*group.Group)) func(*group.Client) error {
		return func(c *group.Client) error {
			g := group.Group{Type: group.Public, Name: "Harbor watch"}
			change(&g)
			return second(c.Create(ctx, g))
		}
	}
	modify := func(change group.Change) func(*group.Client) error {
		return func(c *group.Client) error { return c.Modify(ctx, harbor, change) }
	}
	members := func(list ...group.NewMember) func(*group.Client) error {
		return create(func(g *group.Group) { g.MemberList = list })
	}
	testRefusals(t, map[string]refusal{
		"no type":           {"Type", "is empty", create(func(g *group.Group) { g.Type = "" })},
		"no name":           {"Name", "is empty", create(func(g *group.Group) { g.Name = "" })},
		"long name":         {"Name", "31 bytes, at most 30", create(func(g *group.Group) { g.Name = long[:31] })},
		"long introduction": {"Introduction", "at most 240", create(func(g *group.Group) { g.Introduction = long[:241] })},
		"long notice":       {"Notification", "at most 300", create(func(g *group.Group) { g.Notification = long[:301] })},
		"long picture":      {"FaceUrl", "at most 100", create(func(g *group.Group) { g.FaceURL = long[:101] })},
		"long ID":           {"GroupId", "49 bytes, at most 48", create(func(g *group.Group) { g.GroupID = long[:49] })},
		"ID of letters":     {"GroupId", "not printable ASCII", create(func(g *group.Group) { g.GroupID = "häfen" })},
		"ID of the service": {"GroupId", `begins with "@TGS#"`, create(func(g *group.Group) { g.GroupID = server })},
		"ID of no community": {"GroupId", `does not begin with "@TGS#_"`, create(func(g *group.Group) {
			g.Type, g.GroupID = group.Community, "weavers"
		})},
		"ID of a topic": {"GroupId", `holds "@TOPIC#_"`, create(func(g *group.Group) {
			g.Type, g.GroupID = group.Community, group.TopicID("@TGS#_weavers", "dyes")
		})},
		"owner of a long ID": {"Owner_Account", "33 bytes", create(func(g *group.Group) { g.OwnerAccount = long[:33] })},
		"fewer than none":    {"MaxMemberCount", "is -1", create(func(g *group.Group) { g.MaxMemberCount = -1 })},
		"key of a field": {`AppDefinedData["a b"]`, "does not have a key", create(func(g *group.Group) {
			g.AppDefinedData = group.CustomFields{"a b": ""}
		})},
		"value of a field": {`AppDefinedData["a"]`, "at most 512", create(func(g *group.Group) {
			g.AppDefinedData = group.CustomFields{"a": long}
		})},
		"topics elsewhere":      {"SupportTopic", "for a Community", create(func(g *group.Group) { g.SupportTopic = true })},
		"permissions elsewhere": {"EnablePermission", "for a Community", create(func(g *group.Group) { g.EnablePermission = true })},
		"permission elsewhere":  {"DefaultPermission", "for a Community", create(func(g *group.Group) { g.DefaultPermission = 1 })},
		"invited to a live room": {"InviteJoinOption", "not for an AVChatRoom", create(func(g *group.Group) {
			g.Type, g.InviteJoinOption = group.AVChatRoom, group.FreeAccess
		})},
		"members of a live room": {"MemberList", "not for an AVChatRoom", create(func(g *group.Group) {
			g.Type, g.MemberList = group.AVChatRoom, make([]group.NewMember, 1)
		})},
		"made before":         {"CreateTime", "cannot be sent", create(func(g *group.Group) { g.CreateTime = made })},
		"too many members":    {"MemberList", "101 items, at most 100", members(make([]group.NewMember, 101)...)},
		"member without a ID": {"MemberList[0].Member_Account", "is empty", members(group.NewMember{})},
		"member twice": {
			"MemberList[1].Member_Account", "named twice",
			members(group.NewMember{MemberAccount: "ozan"}, group.NewMember{MemberAccount: "ozan"}),
		},
		"a second owner": {
			"MemberList[0].Role", `is "Owner"`, members(group.NewMember{MemberAccount: "ozan", Role: group.RoleOwner}),
		},
		"value of a member": {
			`MemberList[0].AppMemberDefinedData["a"]`, "at most 64",
			members(group.NewMember{MemberAccount: "ozan", AppMemberDefinedData: group.CustomFields{"a": long[:65]}}),
		},
		"get none": {"GroupIdList", "is empty", func(c *group.Client) error {
			return second(c.Get(ctx, nil, group.Filter{}))
		}},
		"get too many": {"GroupIdList", "51 items, at most 50", func(c *group.Client) error {
			return second(c.Get(ctx, make([]string, 51), group.Filter{}))
		}},
		"get a topic": {"GroupIdList[1]", "is a topic's", func(c *group.Client) error {
			return second(c.Get(ctx, []string{harbor, group.TopicID(weaversID, "dyes")}, group.Filter{}))
		}},
		"get of a role": {"MemberRoleFilter", "cannot be sent", func(c *group.Client) error {
			return second(c.Get(ctx, []string{harbor}, group.Filter{MemberRoleFilter: []group.Role{group.RoleAdmin}}))
		}},
		"change nothing":       {"Change", "changes nothing", modify(group.Change{FromAccount: "mira"})},
		"change of no name":    {"Name", "is empty", modify(group.Change{Name: restapi.Some("")})},
		"change of a long one": {"Name", "at most 30", modify(group.Change{Name: restapi.Some(long[:31])})},
		"change of a field": {`AppDefinedData[""]`, "does not have a key", modify(group.Change{
			AppDefinedData: group.CustomFields{"": ""},
		})},
		"change to fewer": {"MaxMemberNum", "is -1", modify(group.Change{MaxMemberNum: -1})},
		"change by a long ID": {"From_Account", "33 bytes", modify(group.Change{
			MuteAllMember: group.On, FromAccount: long[:33],
		})},
		"change of a topic": {"GroupId", "is a topic's", func(c *group.Client) error {
			return c.Modify(ctx, group.TopicID(weaversID, "dyes"), group.Change{MuteAllMember: group.On})
		}},
		"destroy nothing": {"GroupId", "is empty", func(c *group.Client) error { return c.Destroy(ctx, "") }},
		"no new owner":    {"NewOwner_Account", "is empty", func(c *group.Client) error { return c.ChangeOwner(ctx, harbor, "") }},
		"owner by nobody": {"From_Account", "is empty", func(c *group.Client) error {
			return c.ChangeOwner(ctx, harbor, "ozan", group.WithFromAccount(""))
		}},
	})
}

func TestGetIsAnsweredInTheOrderAsked(t *testing.T) {
	t.Parallel()
	c := answering(t, group.CommandGetGroupInfo, 1)
	infos, err := c.Get(t.Context(), []string{"gone_group", harbor, weaversID}, group.Filter{})
	require.NoError(t, err)
	require.Len(t, infos, 3)
	require.ErrorIs(t, infos[0].Err(), restapi.CodeGroupNotFound)
	require.ErrorIs(t, infos[1].Err(), restapi.ErrBadResponse, "not in the answer")
	assert.Equal(t, harbor, infos[1].GroupID)
	require.NoError(t, infos[2].Err())
	assert.Equal(t, "Weavers", infos[2].Name)
	assert.True(t, infos[2].EnablePermission)
}

// Older answers have other names for what mutes.
func TestGetReadsOlderAnswers(t *testing.T) {
	t.Parallel()
	infos, err := answering(t, group.CommandGetGroupInfo, 2).Get(t.Context(), []string{"@TGS#1RV4WX9EB"}, group.Filter{})
	require.NoError(t, err)
	assert.Equal(t, group.On, infos[0].MuteAllMember)
	assert.Equal(t, []group.Member{{
		UserID: "tomas", Role: group.RoleOwner, MuteUntil: time.Unix(4294967295, 0),
	}}, infos[0].MemberList)
}

// An answer that does not say which group was made is not taken for one that does.
func TestMadeWithoutAnID(t *testing.T) {
	t.Parallel()
	c := group.NewClient(&conform.Recorder{Answer: `{}`})
	g := group.Group{Type: group.Public, Name: "Harbor watch"}
	id, err := c.Create(t.Context(), g)
	require.ErrorIs(t, err, restapi.ErrBadResponse)
	assert.Empty(t, id)
	g.GroupID = harbor
	id, err = c.Create(t.Context(), g)
	require.NoError(t, err, "it is known")
	assert.Equal(t, harbor, id)
}

func TestLifeFailsWhole(t *testing.T) {
	t.Parallel()
	ctx, down := t.Context(), errors.New("down")
	c := group.NewClient(&conform.Recorder{Err: down})
	for name, call := range map[string]func() (any, error){
		"create":  func() (any, error) { return c.Create(ctx, group.Group{Type: group.Public, Name: "x"}) },
		"get":     func() (any, error) { return c.Get(ctx, []string{harbor}, group.Filter{}) },
		"modify":  func() (any, error) { return nil, c.Modify(ctx, harbor, group.Change{MuteAllMember: group.On}) },
		"destroy": func() (any, error) { return nil, c.Destroy(ctx, harbor) },
		"owner":   func() (any, error) { return nil, c.ChangeOwner(ctx, harbor, "ozan") },
		"ids":     func() (any, error) { return conform.Drain(c.IDs(ctx, "")) },
		"joined":  func() (any, error) { return conform.Drain(c.JoinedGroups(ctx, "mira", group.JoinedQuery{})) },
		"search": func() (any, error) {
			return conform.Drain(c.Search(ctx, group.SearchQuery{Keywords: []string{"x"}}))
		},
		"import group": func() (any, error) { return c.Import.Group(ctx, group.Group{Type: group.Public, Name: "x"}) },
		"import topic": func() (any, error) {
			return c.Import.Topic(ctx, group.Topic{GroupID: weaversID, TopicName: "x"})
		},
		"import members": func() (any, error) {
			return c.Import.Members(ctx, harbor, []group.ImportMember{{MemberAccount: "ozan"}})
		},
		"import messages": func() (any, error) { return c.Import.Messages(ctx, harbor, imported(1)) },
		"unread":          func() (any, error) { return nil, c.Import.UnreadMsgNum(ctx, harbor, "ozan", 0) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := call()
			require.ErrorIs(t, err, down)
			assert.Empty(t, got)
		})
	}
}
