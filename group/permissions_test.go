package group_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestPermissionsRefuse(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	create := func(pg group.PermissionGroup) func(*group.Client) error {
		return func(c *group.Client) error {
			return second(c.Permissions.Create(ctx, people, pg))
		}
	}
	modify := func(change group.PermissionChange) func(*group.Client) error {
		return func(c *group.Client) error {
			return c.Permissions.Modify(ctx, people, night, change)
		}
	}
	add := func(topics ...group.TopicPermission) func(*group.Client) error {
		return func(c *group.Client) error {
			return second(c.Permissions.AddTopics(ctx, people, night, topics))
		}
	}
	long := strings.Repeat("x", 151)
	testRefusals(t, map[string]refusal{
		"create no name":   {"PermissionGroupName", "is empty", create(group.PermissionGroup{})},
		"create long name": {"PermissionGroupName", "151 bytes, at most 150", create(group.PermissionGroup{PermissionGroupName: long})},
		"create an odd ID": {"PermissionGroupId", "control", create(group.PermissionGroup{
			PermissionGroupID: "a\n", PermissionGroupName: "a",
		})},
		"create with members": {"MemberCount", "cannot be sent", create(group.PermissionGroup{
			PermissionGroupName: "a", MemberCount: 1,
		})},
		"create in a topic": {"GroupId", "is a topic's", func(c *group.Client) error {
			return second(c.Permissions.Create(ctx, dyes, group.PermissionGroup{PermissionGroupName: "a"}))
		}},
		"modify nothing":   {"PermissionChange", "changes nothing", modify(group.PermissionChange{})},
		"modify no name":   {"PermissionGroupName", "is empty", modify(group.PermissionChange{PermissionGroupName: restapi.Some("")})},
		"modify long data": {"CustomString", "3020 bytes", modify(group.PermissionChange{CustomString: restapi.Some(strings.Repeat(long, 20))})},
		"modify no group": {"PermissionGroupId", "is empty", func(c *group.Client) error {
			return c.Permissions.Modify(ctx, people, "", group.PermissionChange{Permission: restapi.Some[group.Permission](0)})
		}},
		"destroy none": {"PermissionGroupIdList", "is empty", func(c *group.Client) error {
			return second(c.Permissions.Destroy(ctx, people, nil))
		}},
		"get too many": {"PermissionGroupIdList", "21 items, at most 20", func(c *group.Client) error {
			return second(c.Permissions.Get(ctx, people, slices.Repeat([]string{night}, 21)))
		}},
		"get an empty one": {"PermissionGroupIdList[1]", "is empty", func(c *group.Client) error {
			return second(c.Permissions.Get(ctx, people, []string{night, ""}))
		}},
		"long page": {"Limit", "is 21, not 0 to 20", func(c *group.Client) error {
			return second(c.Permissions.Page(ctx, people, "", 21))
		}},
		"page of a topic": {"GroupId", "is a topic's", func(c *group.Client) error {
			return second(conform.Drain(c.Permissions.All(ctx, dyes)))
		}},
		"add nobody": {"MemberList", "is empty", func(c *group.Client) error {
			return second(c.Permissions.AddMembers(ctx, people, night, nil))
		}},
		"delete too many": {"MemberList", "101 items, at most 100", func(c *group.Client) error {
			return c.Permissions.DeleteMembers(ctx, people, night, slices.Repeat([]string{"ana"}, 101))
		}},
		"long page of members": {"Limit", "is 51, not 0 to 50", func(c *group.Client) error {
			return second(c.Permissions.MemberPage(ctx, people, night, "", 51))
		}},
		"members of no group": {"PermissionGroupId", "is empty", func(c *group.Client) error {
			return second(conform.Drain(c.Permissions.Members(ctx, people, "")))
		}},
		"add no topics": {"TopicPermissionList", "is empty", add()},
		"add a topic twice": {"TopicPermissionList[1].TopicId", "is named twice", add(
			group.TopicPermission{TopicID: dyes}, group.TopicPermission{TopicID: dyes, Permission: 1})},
		"add a topic elsewhere": {"TopicPermissionList", "of another community than GroupId", add(
			group.TopicPermission{TopicID: "@TGS#_smiths@TOPIC#_iron"})},
		"set a group": {"TopicPermissionList[0]", "is not the ID of a topic", func(c *group.Client) error {
			return second(c.Permissions.SetTopics(ctx, people, night, []group.TopicPermission{{TopicID: people}}))
		}},
		"delete too many topics": {"TopicIdList", "51 items, at most 50", func(c *group.Client) error {
			return second(c.Permissions.DeleteTopics(ctx, people, night, slices.Repeat([]string{dyes}, 51)))
		}},
		"read a topic elsewhere": {"TopicIdList", "of another community than GroupId", func(c *group.Client) error {
			return second(c.Permissions.Topics(ctx, people, night, "@TGS#_smiths@TOPIC#_iron"))
		}},
	})
}

// What means no rights at all is sent where it is meant, and only there.
func TestPermissionsOfZero(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"PermissionGroupId":"@PMG#_1"}`}
	p, ctx := group.NewClient(r).Permissions, t.Context()
	id, err := p.Create(ctx, people, group.PermissionGroup{PermissionGroupName: "Night"})
	require.NoError(t, err)
	assert.Equal(t, "@PMG#_1", id)
	assert.JSONEq(t, `{"GroupId":"`+people+`","PermissionGroupName":"Night","Permission":0}`, r.Body)
	require.NoError(t, p.Modify(ctx, people, night, group.PermissionChange{Permission: restapi.Some[group.Permission](0)}))
	assert.JSONEq(t, `{"GroupId":"`+people+`","PermissionGroupId":"`+night+`","Permission":0}`, r.Body)
	require.NoError(t, p.Modify(ctx, people, night, group.PermissionChange{CustomString: restapi.Some("")}))
	assert.JSONEq(t, `{"GroupId":"`+people+`","PermissionGroupId":"`+night+`","CustomString":""}`, r.Body)
	_, err = p.SetTopics(ctx, people, night, []group.TopicPermission{{TopicID: dyes}})
	require.NoError(t, err)
	assert.JSONEq(t, `{"GroupId":"`+people+`","PermissionGroupId":"`+night+`",
		"TopicPermissionList":[{"TopicId":"`+dyes+`","Permission":0}]}`, r.Body)
}

// All 64 bits are read.
func TestPermissionsAreWhole(t *testing.T) {
	t.Parallel()
	c := group.NewClient(&conform.Recorder{Answer: `{"PermissionGroupInfoList":[
		{"PermissionGroupId":"` + night + `","Permission":18446744073709551615}]}`})
	got, err := c.Permissions.Get(t.Context(), people, []string{night, "@PMG#_day"})
	require.NoError(t, err)
	assert.Equal(t, group.Permission(math.MaxUint64), got[0].Permission)
	assert.Equal(t, "@PMG#_day", got[1].PermissionGroupID)
	require.ErrorIs(t, got[1].Err(), restapi.ErrBadResponse)
}

// The mark of the next page is a text in the samples and a number in the table of fields.
func TestPermissionPagesEnd(t *testing.T) {
	t.Parallel()
	for answer, next := range map[string]restapi.Cursor{
		`{}`: "", `{"Next":""}`: "", `{"Next":0}`: "", `{"Next":"0"}`: "", `{"Next":20}`: "20", `{"Next":"TGSM"}`: "TGSM",
	} {
		r := &conform.Recorder{Answer: answer}
		page, err := group.NewClient(r).Permissions.Page(t.Context(), people, "", 0)
		require.NoError(t, err)
		assert.Equal(t, next, page.Next, answer)
		assert.JSONEq(t, `{"GroupId":"`+people+`","Limit":20,"Next":""}`, r.Body)
	}
}

// The results of a permission group are 0 where it went well, unlike those of a group.
func TestPermissionMembers(t *testing.T) {
	t.Parallel()
	c := group.NewClient(&conform.Recorder{Answer: `{"MemberList":[{"Member_Account":"cai","Result":110012},
		{"Member_Account":"ben","Result":10013},{"Member_Account":"ana","Result":0}]}`})
	got, err := c.Permissions.AddMembers(t.Context(), people, night, []string{"ana", "ben", "cai", "dee"})
	require.NoError(t, err)
	assert.Equal(t, group.AddResult{UserID: "ana", Result: group.Added}, got[0])
	assert.Equal(t, group.AddResult{UserID: "ben", Result: group.AlreadyMember}, got[1])
	require.ErrorIs(t, got[2].Err(), restapi.CodePermissionMemberLimit)
	assert.Zero(t, got[2].Result)
	require.ErrorIs(t, got[3].Err(), restapi.ErrBadResponse)
}

// What the answers of these two say of the items is not documented: it is read where it is there.
func TestPermissionAnswersThatMayHaveItems(t *testing.T) {
	t.Parallel()
	ctx, users := t.Context(), []string{"ana", "ben"}
	rights := []group.TopicPermission{{TopicID: dyes}, {TopicID: looms}}
	bare := group.NewClient(&conform.Recorder{Answer: `{}`}).Permissions
	require.NoError(t, bare.DeleteMembers(ctx, people, night, users))
	require.NoError(t, restapi.Join(bare.SetTopics(ctx, people, night, rights)))

	p := group.NewClient(&conform.Recorder{Answer: `{"MemberList":[{"Member_Account":"ben","Result":10004}],
		"TopicPermissionResultList":[{"TopicId":"` + looms + `","ErrorCode":110011,"ErrorInfo":"none there"}]}`}).Permissions
	err := p.DeleteMembers(ctx, people, night, users)
	require.ErrorIs(t, err, restapi.CodeGroupInvalidParameter)
	require.ErrorContains(t, err, "item 1: ")
	got, err := p.SetTopics(ctx, people, night, rights)
	require.NoError(t, err)
	require.NoError(t, got[0].Err())
	require.ErrorIs(t, got[1].Err(), restapi.CodePermissionTopicNotFound)
}

// Without topics the rights in all of them are read.
func TestPermissionTopics(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"TopicPermissionResultList":[
		{"TopicId":"` + looms + `","ErrorCode":0,"Permission":5},{"TopicId":"` + dyes + `","ErrorCode":110011}]}`}
	p, ctx := group.NewClient(r).Permissions, t.Context()
	all, err := p.Topics(ctx, people, night)
	require.NoError(t, err)
	assert.JSONEq(t, `{"GroupId":"`+people+`","PermissionGroupId":"`+night+`"}`, r.Body)
	assert.Equal(t, group.TopicPermission{TopicID: looms, Permission: 5}, all[0])
	require.ErrorIs(t, all[1].Err(), restapi.CodePermissionTopicNotFound)
	some, err := p.Topics(ctx, people, night, dyes, looms, people+"@TOPIC#_wool")
	require.NoError(t, err)
	assert.Equal(t, []group.TopicPermission{all[1], all[0]}, some[:2])
	require.ErrorIs(t, some[2].Err(), restapi.ErrBadResponse)
}
