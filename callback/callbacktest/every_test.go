package callbacktest_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
)

// after sends the samples of an after-event, as they are and as the package writes them, and counts what its handler gets.
func after[P interface {
	*E
	callback.AfterEvent
}, E any](t *testing.T) string {
	t.Helper()
	h := anyHandler(t)
	got := 0
	callback.On(h, func(_ context.Context, e P) error {
		assert.Equal(t, callback.PlatformIOS, e.Metadata().OptPlatform)
		got++
		return nil
	})
	command := P(new(E)).Command()
	samples := callbacktest.Samples()[command]
	for _, body := range samples {
		callbacktest.Send(t, h, callback.NewUnknown(command, body))
		e, err := callback.Decode(command, body)
		require.NoError(t, err)
		callbacktest.Send(t, h, e)
	}
	callbacktest.Send(t, h, P(new(E)))
	assert.Equal(t, 2*len(samples)+1, got, command)
	return command
}

// before does the same for a before-event, and compares what its zero answer becomes.
func before[P interface {
	*E
	callback.BeforeEvent[A]
}, E, A any](t *testing.T) string {
	t.Helper()
	h := anyHandler(t)
	got := 0
	callback.Answer(h, func(context.Context, P) (a A, err error) {
		got++
		return a, nil
	})
	command := P(new(E)).Command()
	samples := callbacktest.Samples()[command]
	for _, body := range samples {
		callbacktest.Send(t, h, callback.NewUnknown(command, body)) // the zero answer is ErrorCode 0
		e, err := callback.Decode(command, body)
		require.NoError(t, err)
		typed, ok := e.(P)
		require.True(t, ok)
		callbacktest.Ask(t, h, callback.BeforeEvent[A](typed))
	}
	assert.Equal(t, 2*len(samples), got, command)
	return command
}

func anyHandler(t *testing.T) *callback.Handler {
	t.Helper()
	h, err := callback.NewHandler(20000000017, callback.WithToken("any"))
	require.NoError(t, err)
	return h
}

func TestEveryEventReachesItsHandler(t *testing.T) {
	t.Parallel()
	sent := []string{
		after[*callback.AlertRequestOverLimit](t),
		after[*callback.BotOnC2CMessage](t),
		after[*callback.BotOnGroupMessage](t),
		after[*callback.C2CAfterC2CMsgExtension](t),
		after[*callback.C2CAfterModifyMsg](t),
		after[*callback.C2CAfterMsgReadAll](t),
		after[*callback.C2CAfterMsgReadReceipt](t),
		after[*callback.C2CAfterMsgReport](t),
		after[*callback.C2CAfterMsgWithDraw](t),
		after[*callback.C2CAfterSendMsg](t),
		after[*callback.CallAfterEndCall](t),
		after[*callback.CallAfterMemberChanged](t),
		after[*callback.CallAfterStartCall](t),
		after[*callback.ChatbotOnC2CSignalMessage](t),
		after[*callback.ContentResultNotify](t),
		after[*callback.FollowAfterFollowAdd](t),
		after[*callback.FollowAfterFollowDelete](t),
		after[*callback.GroupAfterChangeGroupOwner](t),
		after[*callback.GroupAfterCreateGroup](t),
		after[*callback.GroupAfterCreateTopic](t),
		after[*callback.GroupAfterGroupAttrChanged](t),
		after[*callback.GroupAfterGroupDestroyed](t),
		after[*callback.GroupAfterGroupFull](t),
		after[*callback.GroupAfterGroupInfoChanged](t),
		after[*callback.GroupAfterGroupMsgExtension](t),
		after[*callback.GroupAfterMemberExit](t),
		after[*callback.GroupAfterMemberFieldChanged](t),
		after[*callback.GroupAfterModifyMsg](t),
		after[*callback.GroupAfterNewMemberJoin](t),
		after[*callback.GroupAfterReadReceipt](t),
		after[*callback.GroupAfterRecallMsg](t),
		after[*callback.GroupAfterSendMsg](t),
		after[*callback.GroupAfterTopicDestroyed](t),
		after[*callback.GroupAfterTopicInfoChanged](t),
		after[*callback.GroupOnDailyGroupQuotaAlarm](t),
		after[*callback.GroupOnMemberStateChange](t),
		after[*callback.GroupSendMsgException](t),
		after[*callback.OfficialAccountAfterAddSubscriber](t),
		after[*callback.OfficialAccountAfterCreateOfficialAccount](t),
		after[*callback.OfficialAccountAfterDeleteSubscriber](t),
		after[*callback.OfficialAccountAfterMsgWithDraw](t),
		after[*callback.OfficialAccountAfterOfficialAccountDestroyed](t),
		after[*callback.OfficialAccountAfterOfficialAccountFull](t),
		after[*callback.OfficialAccountAfterOfficialAccountInfoChanged](t),
		after[*callback.OfficialAccountAfterSendMsg](t),
		after[*callback.ProfilePortraitSet](t),
		after[*callback.PushAllMemberPush](t),
		after[*callback.PushOfflinePush](t),
		after[*callback.SnsBlackListAdd](t),
		after[*callback.SnsBlackListDelete](t),
		after[*callback.SnsFriendAdd](t),
		after[*callback.SnsFriendDelete](t),
		after[*callback.StateChange](t),
		before[*callback.C2CBeforeSendMsg](t),
		before[*callback.GroupBeforeApplyJoinGroup](t),
		before[*callback.GroupBeforeCreateGroup](t),
		before[*callback.GroupBeforeCreateTopic](t),
		before[*callback.GroupBeforeInviteJoinGroup](t),
		before[*callback.GroupBeforeSendMsg](t),
		before[*callback.OfficialAccountBeforeAddSubscriber](t),
		before[*callback.OfficialAccountBeforeCreateOfficialAccount](t),
		before[*callback.OfficialAccountBeforeSendMsg](t),
		before[*callback.SnsPrevFriendAdd](t),
		before[*callback.SnsPrevFriendResponse](t),
	}
	samples := callbacktest.Samples()
	for command := range samples {
		assert.True(t, slices.Contains(sent, command), "%s is not in the list above", command)
	}
	assert.Equal(t, len(samples), len(sent), "each once") //nolint:testifylint // Len prints all of them
}
