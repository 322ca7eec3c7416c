package message

import (
	"encoding/json"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var pushShape = wire.Shape{
	Keys: []string{
		"MultiLanguageContent", "BadgeSetNum", "PushTemplateParam", "AndroidInfo", "ApnsInfo", "HarmonyInfo",
	},
	Omit: []string{"PushFlag", "Title", "Desc", "Ext", "BadgeAddNum", "PushTemplateId"},
}

// A PushFlag says whether a message is pushed to those who are off line.
type PushFlag int

// NoPush sends a message without a push. The zero PushFlag pushes it.
const NoPush PushFlag = 1

// OfflinePushInfo is how a message is pushed to those who are off line. What is left empty is as the app's settings
// have it. Vendors of phones cut titles and texts that are too long for them, from 50 characters on.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type OfflinePushInfo struct {
	PushFlag PushFlag `json:"PushFlag,omitempty"`
	Title    string   `json:"Title,omitempty"`
	// Desc is the text; it wins over those of the elements. APNs takes 4 KB in all: Desc and Ext best stay below 3 KB
	// together.
	Desc string `json:"Desc,omitempty"`
	Ext  string `json:"Ext,omitempty"` // passed on to the app, often JSON in a string
	// MultiLanguageContent are titles and texts by the language of the user; SDK 8.5.6870 and later.
	MultiLanguageContent []LanguageContent `json:"MultiLanguageContent,omitzero"`
	// BadgeAddNum is added to the badge: 1 to 99, on iOS, Huawei, Honor and HarmonyOS.
	BadgeAddNum int `json:"BadgeAddNum,omitempty"`
	// BadgeSetNum is what the badge is set to: 0 to 999 on iOS, to 99 on the others. It wins over BadgeAddNum.
	BadgeSetNum       restapi.Optional[int] `json:"BadgeSetNum,omitzero"`
	PushTemplateID    string                `json:"PushTemplateId,omitempty"`   // a template of the console
	PushTemplateParam map[string]string     `json:"PushTemplateParam,omitzero"` // values of the template's variables
	AndroidInfo       *AndroidInfo          `json:"AndroidInfo,omitzero"`
	ApnsInfo          *ApnsInfo             `json:"ApnsInfo,omitzero"`
	HarmonyInfo       *HarmonyInfo          `json:"HarmonyInfo,omitzero"`
	Extra             Extra                 `json:"-"` // keys newer than this package
}

// MarshalJSON writes the object with its Extra keys.
func (i OfflinePushInfo) MarshalJSON() ([]byte, error) {
	type fields OfflinePushInfo
	return encode((*fields)(&i), i.Extra, &pushShape)
}

// UnmarshalJSON reads the object and keeps the keys it does not know in Extra.
func (i *OfflinePushInfo) UnmarshalJSON(data []byte) (err error) {
	type fields OfflinePushInfo
	i.Extra, err = decode(data, (*fields)(i), &pushShape)
	return err
}

// LanguageContent is the title and the text of a push in one language.
type LanguageContent struct {
	Language string `json:"Language,omitempty"` // such as en or zh-hant
	Title    string `json:"Title,omitempty"`
	Desc     string `json:"Desc,omitempty"`
}

var harmonyShape = wire.Shape{Omit: []string{"Title", "Category", "Image", "Sound", "SoundDuration"}}

// HarmonyInfo is what a push has on HarmonyOS.
type HarmonyInfo struct {
	Title         string        `json:"Title,omitempty"`    // wins over the Title of OfflinePushInfo
	Category      string        `json:"Category,omitempty"` // of the message; wins over the console
	Image         string        `json:"Image,omitempty"`    // https address of the large icon
	Sound         string        `json:"Sound,omitempty"`    // file of the ring tone
	SoundDuration time.Duration `json:"-"`                  // 1 to 60 whole seconds; only with Sound
	Extra         Extra         `json:"-"`                  // keys newer than this package
}

// harmonyWire is a HarmonyInfo as it stands on the wire.
type harmonyWire struct {
	*harmonyFields

	SoundDuration int64 `json:"SoundDuration,omitempty"`
}

type harmonyFields HarmonyInfo

// MarshalJSON writes the object with its Extra keys. SoundDuration is cut to seconds.
func (i HarmonyInfo) MarshalJSON() ([]byte, error) {
	fields := harmonyWire{(*harmonyFields)(&i), int64(i.SoundDuration / time.Second)}
	return encode(fields, i.Extra, &harmonyShape)
}

// UnmarshalJSON reads the object and keeps the keys it does not know in Extra.
func (i *HarmonyInfo) UnmarshalJSON(data []byte) (err error) {
	fields := harmonyWire{harmonyFields: (*harmonyFields)(i)}
	i.Extra, err = decode(data, &fields, &harmonyShape)
	i.SoundDuration = time.Duration(fields.SoundDuration) * time.Second
	return err
}

// LiveActivity changes or ends a Live Activity of an iPhone.
type LiveActivity struct {
	LaID         string          `json:"LaId"`         // the activity, at most 64 bytes
	Event        string          `json:"Event"`        // update or end
	ContentState json.RawMessage `json:"ContentState"` // an object, as the app declares it
	// DismissalDate is when an activity that ends leaves the lock screen, cut to seconds; the zero Time is not sent.
	DismissalDate time.Time `json:"-"`
}

// liveActivityWire is a LiveActivity as it stands on the wire.
type liveActivityWire struct {
	*liveActivityFields

	DismissalDate int64 `json:"DismissalDate,omitempty"`
}

type liveActivityFields LiveActivity

// MarshalJSON writes the object.
func (a LiveActivity) MarshalJSON() ([]byte, error) {
	return wire.Marshal(liveActivityWire{(*liveActivityFields)(&a), wire.Seconds(a.DismissalDate)})
}

// UnmarshalJSON reads the object.
func (a *LiveActivity) UnmarshalJSON(data []byte) error {
	fields := liveActivityWire{liveActivityFields: (*liveActivityFields)(a)}
	err := wire.Unmarshal(data, &fields)
	a.DismissalDate = wire.Moment(fields.DismissalDate)
	return err
}
