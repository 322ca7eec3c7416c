package callback

import (
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/moderation"
)

const cmdContentResultNotify = "ContentCallback.ResultNotify"

// ContentResultNotify is sent after the vendor's moderation has checked a message, a profile or a group's data. By
// default it is sent for violations only; the console can ask for all results.
//
// The body has no command and no time, and the vendor names no client: the command is in the URL alone, and ClientIP
// and OptPlatform are empty. The short form of one page lacks the fields from CtxcbSuggestion on, and types TextContent
// as one string, which is read as a list of one. MsgID is text, also where it is a number in a group; digits without
// quotes are read too.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/78240
type ContentResultNotify struct {
	Meta

	Scene ContentScene `json:"Scene"`
	// BodySDKAppID is the app that the body names. It is not what was checked: SDKAppID, from the URL, is.
	BodySDKAppID      uint64            `json:"SdkAppId"`
	FromAccount       string            `json:"From_Account"`         // whose content it was
	ContactItem       ContentContact    `json:"ContactItem,omitzero"` // who the message was for; messages only
	ContentType       ContentType       `json:"ContentType"`          // what was checked
	TextContent       []string          `json:"TextContent,omitzero"` // with ContentTypeText; several for a custom message
	FileURL           string            `json:"FileURL,omitempty"`    // address of the file, with the other types
	MsgID             string            `json:"MsgID,omitempty"`      // MsgKey, or MsgSeq in a group; none if not sent
	CtxcbResult       ContentResult     `json:"CtxcbResult"`
	CtxcbRequestID    string            `json:"CtxcbRequestId"`              // ID of the check
	CtxcbKeywords     []string          `json:"CtxcbKeywords,omitzero"`      // words that were hit
	CtxcbSuggestion   ContentSuggestion `json:"CtxcbSuggestion,omitempty"`   // what the vendor would do
	CtxcbLabel        ContentLabel      `json:"CtxcbLabel,omitempty"`        // kind of violation
	CtxcbSubLabel     string            `json:"CtxcbSubLabel,omitempty"`     // the finer kind
	CtxcbSubLabelDesc string            `json:"CtxcbSubLabelDesc,omitempty"` // the finer kind in words
	CtxcbLibName      string            `json:"CtxcbLibName,omitempty"`      // list that the words are in
	CloudCustomData   string            `json:"CloudCustomData,omitempty"`   // custom data of the message; messages only
}

// ContentContact is who a message that was checked was for.
type ContentContact struct {
	ContactType ContactType `json:"ContactType"`
	ToAccount   string      `json:"To_Account,omitempty"` // the receiver, with ContactTypeC2C
	ToGroupID   string      `json:"ToGroupId,omitempty"`  // the group, with ContactTypeGroup
}

// ContactType is [conversation.Type]: where a message that was checked went.
type ContactType = conversation.Type

// The documented kinds.
const (
	ContactTypeC2C   ContactType = conversation.TypeC2C
	ContactTypeGroup ContactType = conversation.TypeGroup
)

// ContentResult is what moderation did.
type ContentResult int

// The documented results.
const (
	ContentResultPassed  ContentResult = 0
	ContentResultStopped ContentResult = 1
)

// ContentScene is [moderation.AuditName]: where content that was checked comes from. Words newer than the SDK are kept
// as they are.
type ContentScene = moderation.AuditName

// The documented scenes.
const (
	ContentSceneC2C             ContentScene = moderation.C2C         // a one-to-one message
	ContentSceneC2CCustom       ContentScene = moderation.C2CCustom   // a custom element in one
	ContentSceneGroup           ContentScene = moderation.Group       // a group message
	ContentSceneGroupCustom     ContentScene = moderation.GroupCustom // a custom element in one
	ContentSceneGroupInfo       ContentScene = moderation.GroupInfo
	ContentSceneGroupMemberInfo ContentScene = moderation.GroupMemberInfo
	ContentSceneRelationChain   ContentScene = moderation.RelationChain // friends and what they are called
	ContentSceneUserInfo        ContentScene = moderation.UserInfo
)

// ContentType is [moderation.ContentType]: what was checked. Words newer than the SDK are kept as they are.
type ContentType = moderation.ContentType

// The documented types.
const (
	ContentTypeText  ContentType = moderation.Text
	ContentTypeImage ContentType = moderation.Image
	ContentTypeAudio ContentType = moderation.Audio
	ContentTypeVideo ContentType = moderation.Video
)

// ContentSuggestion is what the vendor would do about the content. Words newer than this package are kept as they are.
type ContentSuggestion string

// The documented suggestions.
const (
	ContentSuggestionBlock  ContentSuggestion = "Block"
	ContentSuggestionReview ContentSuggestion = "Review" // let a person look at it
	ContentSuggestionNormal ContentSuggestion = "Normal"
)

// ContentLabel is [moderation.Label]: the kind of a violation. Words newer than the SDK are kept as they are.
type ContentLabel = moderation.Label

// The documented labels.
const (
	ContentLabelNormal    ContentLabel = moderation.LabelNormal // no violation
	ContentLabelIllegal   ContentLabel = moderation.LabelIllegal
	ContentLabelAbuse     ContentLabel = moderation.LabelAbuse
	ContentLabelPolity    ContentLabel = moderation.LabelPolity
	ContentLabelAd        ContentLabel = moderation.LabelAd
	ContentLabelPorn      ContentLabel = moderation.LabelPorn
	ContentLabelSexy      ContentLabel = moderation.LabelSexy
	ContentLabelTerror    ContentLabel = moderation.LabelTerror
	ContentLabelComposite ContentLabel = moderation.LabelComposite
)

// UnmarshalJSON reads the body with TextContent as a list or as one string, and MsgID as text or as a number.
func (e *ContentResultNotify) UnmarshalJSON(data []byte) error {
	type plain ContentResultNotify
	body := struct {
		*plain

		TextContent looseTexts
		MsgID       looseText
	}{plain: (*plain)(e)}
	if err := wire.Unmarshal(data, &body); err != nil {
		return err
	}
	e.TextContent, e.MsgID = body.TextContent, string(body.MsgID)
	return nil
}

// Command returns "ContentCallback.ResultNotify".
func (*ContentResultNotify) Command() string { return cmdContentResultNotify }

func (*ContentResultNotify) after() {}

func (*ContentResultNotify) commandless() {}
