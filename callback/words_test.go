package callback_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A value goes from an event to a call without a conversion.
func TestSharedWordsAreOneType(t *testing.T) {
	t.Parallel()
	for want, got := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[restapi.Optional[int]]():      reflect.TypeFor[callback.Optional[int]](),
		reflect.TypeFor[message.Extension]():          reflect.TypeFor[callback.MsgExtension](),
		reflect.TypeFor[message.ExtensionOperation](): reflect.TypeFor[callback.MsgExtensionOperation](),
		reflect.TypeFor[friend.Request]():             reflect.TypeFor[callback.SnsFriendItem](),
		reflect.TypeFor[conversation.Type]():          reflect.TypeFor[callback.ContactType](),
		reflect.TypeFor[moderation.AuditName]():       reflect.TypeFor[callback.ContentScene](),
		reflect.TypeFor[moderation.ContentType]():     reflect.TypeFor[callback.ContentType](),
		reflect.TypeFor[moderation.Label]():           reflect.TypeFor[callback.ContentLabel](),
		reflect.TypeFor[group.Type]():                 reflect.TypeFor[callback.GroupType](),
		reflect.TypeFor[group.Role]():                 reflect.TypeFor[callback.GroupRole](),
		reflect.TypeFor[group.AtInfo]():               reflect.TypeFor[callback.GroupAtInfo](),
	} {
		assert.Equal(t, want, got, "%s and %s", want, got)
	}
	assert.Equal(t, restapi.Some(7), callback.Some(7))
	assert.True(t, callback.GroupTypeWork.Is(group.Private))
	assert.True(t, callback.GroupTypeMeeting.Is(group.ChatRoom))
}

// The old names stand for what they always did.
func TestSharedWordsKeepTheirValues(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]callback.GroupType{
		"Public": callback.GroupTypePublic, "Work": callback.GroupTypeWork, "Meeting": callback.GroupTypeMeeting,
		"AVChatRoom": callback.GroupTypeAVChatRoom, "Community": callback.GroupTypeCommunity, "Live": callback.GroupTypeLive,
	} {
		assert.Equal(t, want, string(got))
	}
	for want, got := range map[string]callback.GroupRole{
		"Owner": callback.GroupRoleOwner, "Admin": callback.GroupRoleAdmin, "Member": callback.GroupRoleMember,
	} {
		assert.Equal(t, want, string(got))
	}
	for want, got := range map[string]callback.ContentScene{
		"C2C": callback.ContentSceneC2C, "C2CCustom": callback.ContentSceneC2CCustom,
		"Group": callback.ContentSceneGroup, "GroupCustom": callback.ContentSceneGroupCustom,
		"GroupInfo": callback.ContentSceneGroupInfo, "GroupMemberInfo": callback.ContentSceneGroupMemberInfo,
		"RelationChain": callback.ContentSceneRelationChain, "UserInfo": callback.ContentSceneUserInfo,
	} {
		assert.Equal(t, want, string(got))
	}
	for want, got := range map[string]callback.ContentType{
		"Text": callback.ContentTypeText, "Image": callback.ContentTypeImage,
		"Audio": callback.ContentTypeAudio, "Video": callback.ContentTypeVideo,
	} {
		assert.Equal(t, want, string(got))
	}
	for want, got := range map[string]callback.ContentLabel{
		"Normal": callback.ContentLabelNormal, "Illegal": callback.ContentLabelIllegal, "Abuse": callback.ContentLabelAbuse,
		"Polity": callback.ContentLabelPolity, "Ad": callback.ContentLabelAd, "Porn": callback.ContentLabelPorn,
		"Sexy": callback.ContentLabelSexy, "Terror": callback.ContentLabelTerror, "Composite": callback.ContentLabelComposite,
	} {
		assert.Equal(t, want, string(got))
	}
	for want, got := range map[int]callback.MsgExtensionOperation{
		1: callback.MsgExtensionSet, 2: callback.MsgExtensionDelete, 3: callback.MsgExtensionClear,
	} {
		assert.Equal(t, want, int(got))
	}
	for want, got := range map[int]callback.ContactType{1: callback.ContactTypeC2C, 2: callback.ContactTypeGroup} {
		assert.Equal(t, want, int(got))
	}
}
