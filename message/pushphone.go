package message

import (
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var androidShape = wire.Shape{
	Keys: []string{
		"OPPOPrivateTitleParameters", "OPPOPrivateContentParameters", "VIVOClassification", "MeiZuNoticeMsgType",
	},
	Omit: []string{
		"Sound", "PushStyle", "HuaWeiChannelID", "HuaWeiImportance", "HuaWeiCategory", "HuaWeiImage",
		"ExtAsHuaweiIntentParam", "HonorImage", "HonorImportance", "XiaoMiChannelID", "OPPOChannelID", "OPPOCategory",
		"OPPONotifyLevel", "OPPOPrivateMsgTemplateId", "VIVOCategory", "VIVONotifyType", "GoogleChannelID", "GoogleImage",
		"GooglePriority",
	},
}

// AndroidInfo is what a push has on the phones of each vendor. Channels and categories win over those of the console.
type AndroidInfo struct {
	// Sound is the file of the ring tone, best without suffix.
	Sound string `json:"Sound,omitempty"`
	// PushStyle is 1 for a long text, on Huawei, Honor and OPPO.
	PushStyle        int    `json:"PushStyle,omitempty"`
	HuaWeiChannelID  string `json:"HuaWeiChannelID,omitempty"`
	HuaWeiImportance string `json:"HuaWeiImportance,omitempty"` // LOW or NORMAL
	HuaWeiCategory   string `json:"HuaWeiCategory,omitempty"`
	// HuaWeiImage is the https address of the icon, under 512 KB.
	HuaWeiImage string `json:"HuaWeiImage,omitempty"`
	// ExtAsHuaweiIntentParam passes Ext on as a parameter of the Intent. Older pages only.
	ExtAsHuaweiIntentParam Flag `json:"ExtAsHuaweiIntentParam,omitempty"`
	// HonorImage is the https address of the icon, under 512 KB.
	HonorImage      string `json:"HonorImage,omitempty"`
	HonorImportance string `json:"HonorImportance,omitempty"` // LOW or NORMAL
	XiaoMiChannelID string `json:"XiaoMiChannelID,omitempty"`
	OPPOChannelID   string `json:"OPPOChannelID,omitempty"`
	OPPOCategory    string `json:"OPPOCategory,omitempty"` // such as IM or MARKETING
	// OPPONotifyLevel is 1 for the bar, 2 for the lock screen too, 16 for banner and tone too. It needs OPPOCategory.
	OPPONotifyLevel              int               `json:"OPPONotifyLevel,omitempty"`
	OPPOPrivateMsgTemplateID     string            `json:"OPPOPrivateMsgTemplateId,omitempty"`
	OPPOPrivateTitleParameters   map[string]string `json:"OPPOPrivateTitleParameters,omitzero"`
	OPPOPrivateContentParameters map[string]string `json:"OPPOPrivateContentParameters,omitzero"`
	// VIVOClassification is 0 for an operation message, 1 for a system message, which is the default.
	VIVOClassification restapi.Optional[int] `json:"VIVOClassification,omitzero"`
	VIVOCategory       string                `json:"VIVOCategory,omitempty"`
	// VIVONotifyType is 1 for nothing, 2 to ring, 3 to vibrate, 4 for both, which is the default.
	VIVONotifyType  string `json:"VIVONotifyType,omitempty"`
	GoogleChannelID string `json:"GoogleChannelID,omitempty"`
	// GoogleImage is the address of the icon, at most 1 MB.
	GoogleImage    string `json:"GoogleImage,omitempty"`
	GooglePriority string `json:"GooglePriority,omitempty"` // normal or high
	// MeiZuNoticeMsgType is 0 for a public message, 1 for a private one.
	MeiZuNoticeMsgType restapi.Optional[int] `json:"MeiZuNoticeMsgType,omitzero"`
	Extra              Extra                 `json:"-"` // keys newer than this package
}

// MarshalJSON writes the object with its Extra keys.
func (i AndroidInfo) MarshalJSON() ([]byte, error) {
	type fields AndroidInfo
	return encode((*fields)(&i), i.Extra, &androidShape)
}

// UnmarshalJSON reads the object and keeps the keys it does not know in Extra.
func (i *AndroidInfo) UnmarshalJSON(data []byte) (err error) {
	type fields AndroidInfo
	i.Extra, err = decode(data, (*fields)(i), &androidShape)
	return err
}

var apnsShape = wire.Shape{
	Keys: []string{"BadgeMode", "LiveActivity"},
	Omit: []string{
		"Sound", "Title", "SubTitle", "Image", "MutableContent", "InterruptionLevel", "ContentAvailable", "IsVoipPush",
	},
}

// ApnsInfo is what a push has on iPhones.
type ApnsInfo struct {
	// Sound is the file of the ring tone with its suffix, at most 30 s long.
	Sound string `json:"Sound,omitempty"`
	// BadgeMode is 0 for a badge that counts the message, 1 for one that does not. Absent it is 0 for messages and 1 for
	// pushes without one.
	BadgeMode restapi.Optional[int] `json:"BadgeMode,omitzero"`
	Title     string                `json:"Title,omitempty"` // wins over the Title of OfflinePushInfo
	SubTitle  string                `json:"SubTitle,omitempty"`
	// Image is the address of a picture for the pop-up.
	Image string `json:"Image,omitempty"`
	// MutableContent lets the extension of the app change the push.
	MutableContent Flag `json:"MutableContent,omitempty"`
	// InterruptionLevel is active, critical, passive or time-sensitive.
	InterruptionLevel string `json:"InterruptionLevel,omitempty"`
	ContentAvailable  Flag   `json:"ContentAvailable,omitempty"` // a silent push
	// IsVoipPush makes it a VoIP push, or a normal one where that is not possible.
	IsVoipPush   Flag          `json:"IsVoipPush,omitempty"`
	LiveActivity *LiveActivity `json:"LiveActivity,omitzero"`
	Extra        Extra         `json:"-"` // keys newer than this package
}

// MarshalJSON writes the object with its Extra keys.
func (i ApnsInfo) MarshalJSON() ([]byte, error) {
	type fields ApnsInfo
	return encode((*fields)(&i), i.Extra, &apnsShape)
}

// UnmarshalJSON reads the object and keeps the keys it does not know in Extra.
func (i *ApnsInfo) UnmarshalJSON(data []byte) (err error) {
	type fields ApnsInfo
	i.Extra, err = decode(data, (*fields)(i), &apnsShape)
	return err
}
