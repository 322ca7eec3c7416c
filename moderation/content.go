package moderation

// An AuditName is where content comes from. Calls take it as the name of the configuration that content is checked
// by, which can be the ID of one of the app's own too. Words newer than this package are kept as they are.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77827
type AuditName string

// The documented names.
const (
	C2C             AuditName = "C2C"             // a one-to-one message
	C2CCustom       AuditName = "C2CCustom"       // a custom element in one; webhooks only
	Group           AuditName = "Group"           // a group message
	GroupCustom     AuditName = "GroupCustom"     // a custom element in one; webhooks only
	GroupInfo       AuditName = "GroupInfo"       // a group's name and the like
	GroupMemberInfo AuditName = "GroupMemberInfo" // a member's name card and the like
	RelationChain   AuditName = "RelationChain"   // friends and what they are called
	UserInfo        AuditName = "UserInfo"        // a user's profile
)

// A ContentType is what is checked. Words newer than this package are kept as they are.
type ContentType string

// The documented types.
const (
	Text  ContentType = "Text"
	Image ContentType = "Image"
	Audio ContentType = "Audio"
	Video ContentType = "Video"
)

// A Label is the kind of a violation. Words newer than this package are kept as they are.
type Label string

// The documented labels.
const (
	LabelNormal    Label = "Normal" // no violation
	LabelIllegal   Label = "Illegal"
	LabelAbuse     Label = "Abuse"
	LabelPolity    Label = "Polity"
	LabelAd        Label = "Ad"
	LabelPorn      Label = "Porn"
	LabelSexy      Label = "Sexy"
	LabelTerror    Label = "Terror"
	LabelComposite Label = "Composite"
)
