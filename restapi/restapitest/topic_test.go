package restapitest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// weavers is a community of ann, with bob and cat in it.
func weavers(t *testing.T, srv *restapitest.Server) (*group.Client, string) {
	t.Helper()
	srv.AddAccount("ann", "bob", "cat", "dan")
	groups := group.NewClient(srv.Client())
	id, err := groups.Create(t.Context(), group.Group{
		GroupID: "@TGS#_weavers", Type: group.Community, Name: "Weavers", OwnerAccount: "ann",
		SupportTopic: true, EnablePermission: true,
		MemberList: []group.NewMember{{MemberAccount: "bob"}, {MemberAccount: "cat"}},
	})
	require.NoError(t, err)
	return groups, id
}

func TestTopics(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		groups, id := weavers(t, srv)
		ctx := t.Context()
		dyes, err := groups.Topics.Create(ctx, group.Topic{
			GroupID: id, TopicID: group.TopicID(id, "dyes"), TopicName: "Dyes", CustomString: "1", Introduction: "roots",
		})
		require.NoError(t, err)
		assert.Equal(t, "@TGS#_weavers@TOPIC#_dyes", dyes)
		looms, err := groups.Topics.Create(ctx, group.Topic{GroupID: id, TopicName: "Looms"})
		require.NoError(t, err)
		of, ok := group.SplitTopicID(looms)
		assert.True(t, ok)
		assert.Equal(t, id, of)
		_, err = groups.Topics.Create(ctx, group.Topic{GroupID: id, TopicID: dyes, TopicName: "Dyes"})
		require.ErrorIs(t, err, restapi.CodeGroupIDTakenByOwner)

		require.NoError(t, groups.Topics.Modify(ctx, dyes, group.TopicChange{
			TopicName: restapi.Some("Dyes and mordants"), CustomString: restapi.Some(""), MuteAllMember: group.On,
		}))
		all, err := groups.Topics.All(ctx, id, "bob")
		require.NoError(t, err)
		require.Len(t, all, 2)
		assert.Equal(t, group.TopicInfo{
			GroupID: id, TopicID: dyes, TopicName: "Dyes and mordants", Introduction: "roots", NextMsgSeq: 1,
			CreateTime: time.Now().Local(), MuteAllMember: group.On, SelfInfo: group.TopicSelf{MsgFlag: group.AcceptAndNotify},
		}, all[0])
		assert.Equal(t, looms, all[1].TopicID)

		old := time.Unix(900_000_000, 0)
		wool, err := groups.Import.Topic(ctx, group.Topic{GroupID: id, TopicName: "Wool", CreateTime: old})
		require.NoError(t, err)
		got, err := groups.Topics.Get(ctx, "bob", []string{wool})
		require.NoError(t, restapi.Join(got, err))
		assert.Equal(t, old, got[0].CreateTime)
		gone, err := groups.Topics.Destroy(ctx, []string{looms, group.TopicID(id, "never")})
		require.NoError(t, err)
		require.NoError(t, gone[0].Err())
		require.ErrorIs(t, gone[1].Err(), restapi.CodeTopicAlreadyDeleted)
		some, err := groups.Topics.Get(ctx, "bob", []string{looms, dyes}, "TopicName")
		require.NoError(t, err)
		require.ErrorIs(t, some[0].Err(), restapi.CodeTopicAlreadyDeleted)
		assert.Equal(t, group.TopicInfo{
			GroupID: id, TopicID: dyes, TopicName: "Dyes and mordants", SelfInfo: group.TopicSelf{MsgFlag: group.AcceptAndNotify},
		}, some[1])
	})
}

// Admins of a community with permission groups have no rights of their own.
func TestDevicesKeepTopics(t *testing.T) {
	t.Parallel()
	srv := newServer(t, fine())
	groups, id := weavers(t, srv)
	ctx := t.Context()
	ann, bob := srv.User("ann"), srv.User("bob")
	dyes, err := ann.CreateTopic(id, "Dyes")
	require.NoError(t, err)
	_, err = bob.CreateTopic(id, "Looms")
	require.ErrorIs(t, err, restapi.CodeGroupPermissionDenied)
	night, err := groups.Permissions.Create(ctx, id, group.PermissionGroup{
		PermissionGroupName: "Night shift", Permission: group.ManageTopics,
	})
	require.NoError(t, err)
	require.NoError(t, restapi.Join(groups.Permissions.AddMembers(ctx, id, night, []string{"bob"})))
	looms, err := bob.CreateTopic(id, "Looms")
	require.NoError(t, err)
	require.NoError(t, bob.SetTopic(dyes, restapitest.GroupChange{Notification: restapi.Some("wear gloves")}))
	got, err := groups.Topics.Get(ctx, "cat", []string{dyes})
	require.NoError(t, err)
	assert.Equal(t, "wear gloves", got[0].Notification)
	require.ErrorIs(t, srv.User("cat").DeleteTopics(looms), restapi.CodeGroupPermissionDenied)
	require.NoError(t, bob.DeleteTopics(looms))
	require.ErrorIs(t, bob.DeleteTopics(looms), restapi.CodeTopicAlreadyDeleted)
	require.ErrorIs(t, bob.DeleteTopics(id), restapi.CodeInvalidTopicID)
}
