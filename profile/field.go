package profile

import (
	"reflect"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// Value is the set of Go types a profile field can hold: text, one of the closed words of an enum field, or an unsigned
// number. On the wire the first two are strings and the last is a number.
type Value interface {
	~string | ~uint32 | ~uint64
}

// A Field names one profile field, its tag on the wire, and fixes the type of its value. The same name sets a field
// ([Field.To]), asks for it (as a [Tagger] in [Client.GetProfiles]) and reads it back ([Field.Of]). [Custom] names a
// field of the app's own.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33520
type Field[T Value] string

// The standard fields. Each value of a string field is at most 500 bytes of UTF-8, save for Location.
const (
	// Nick is the nickname.
	Nick Field[string] = "Tag_Profile_IM_Nick"
	// Gender is one of GenderUnknown, Female and Male.
	Gender Field[GenderValue] = "Tag_Profile_IM_Gender"
	// Birthday is a number the application gives a meaning; the vendor suggests the decimal form YYYYMMDD.
	Birthday Field[uint32] = "Tag_Profile_IM_BirthDay"
	// Location is a place of at most 16 bytes; the vendor suggests four 32-bit numbers that the application maps to
	// names.
	Location Field[string] = "Tag_Profile_IM_Location"
	// Signature is the personal status line. It has nothing to do with UserSig.
	Signature Field[string] = "Tag_Profile_IM_SelfSignature"
	// AllowType is who may become a friend: NeedConfirm, AllowAny or DenyAny.
	AllowType Field[AllowTypeValue] = "Tag_Profile_IM_AllowType"
	// Language is a number whose meaning is the application's.
	Language Field[uint32] = "Tag_Profile_IM_Language"
	// AvatarURL is the address of the avatar.
	AvatarURL Field[string] = "Tag_Profile_IM_Image"
	// MessageSettings is a set of bits. Bit 0 set means that the user receives no messages; no other bit is documented.
	MessageSettings Field[uint32] = "Tag_Profile_IM_MsgSettings"
	// AdminForbid is the administrator's ban on sending friend requests: ForbidNone or ForbidSendOut.
	AdminForbid Field[AdminForbidValue] = "Tag_Profile_IM_AdminForbidType"
	// Level is the level; several levels of a byte each can be packed into the number.
	Level Field[uint32] = "Tag_Profile_IM_Level"
	// Role is the role; several roles of a byte each can be packed into the number.
	Role Field[uint32] = "Tag_Profile_IM_Role"
)

// GenderValue is a value of Gender. Words newer than this SDK are read as they are.
type GenderValue string

// The values of Gender.
const (
	GenderUnknown GenderValue = "Gender_Type_Unknown"
	Female        GenderValue = "Gender_Type_Female"
	Male          GenderValue = "Gender_Type_Male"
)

// AllowTypeValue is a value of AllowType. Words newer than this SDK are read as they are.
type AllowTypeValue string

// The values of AllowType.
const (
	NeedConfirm AllowTypeValue = "AllowType_Type_NeedConfirm" // a friend only after this user agrees
	AllowAny    AllowTypeValue = "AllowType_Type_AllowAny"    // anyone becomes a friend
	DenyAny     AllowTypeValue = "AllowType_Type_DenyAny"     // nobody becomes a friend
)

// AdminForbidValue is a value of AdminForbid. Words newer than this SDK are read as they are.
type AdminForbidValue string

// The values of AdminForbid.
const (
	ForbidNone    AdminForbidValue = "AdminForbid_Type_None"    // may send friend requests
	ForbidSendOut AdminForbidValue = "AdminForbid_Type_SendOut" // may not
)

// Custom names a custom field by its keyword: Custom("Vip") is Tag_Profile_Custom_Vip. A keyword is 1 to 8 letters from
// a to z and A to Z; one that is not is refused when the field is used. Custom fields are set up in the console, at
// most 20 for an app, none can be deleted or renamed. Their type on the wire is text, also of those that the console
// calls bytes: what is not UTF-8 goes into one as base64 by convention, of which 500 bytes hold 375:
//
//	item := profile.Custom("Key").To(base64.StdEncoding.EncodeToString(key))
func Custom(name string) Field[string] {
	return Field[string](profilefields.CustomPrefix + name)
}

// A Tagger names a profile field. [Field] is the only one most programs need; Tag serves for a field newer than this
// SDK.
type Tagger interface {
	Tag() string
}

// Tag returns the name of the field on the wire.
func (f Field[T]) Tag() string { return string(f) }

// To returns the item that sets the field to v.
func (f Field[T]) To(v T) Item {
	value := reflect.ValueOf(v)
	if value.Kind() == reflect.String {
		return Item{Tag: string(f), Value: quote(value.String())}
	}
	return Item{Tag: string(f), Value: strconv.AppendUint(nil, value.Uint(), 10)}
}

// Of returns the field's value among items, and false where it is absent or is not a T: a number of more bits, a text
// in place of a number. A number in a text field is returned as its digits. A whole number is read in every spelling:
// 7, "7", 7.0 and 7e0. Enum words newer than this SDK come back as they are. Where a tag occurs twice the last one
// counts.
func (f Field[T]) Of(items Items) (T, bool) {
	var v T
	raw, ok := items.lookup(string(f))
	if !ok {
		return v, false
	}
	text, quoted := profilefields.Unquote(raw)
	if !quoted {
		text = string(raw)
	}
	target := reflect.ValueOf(&v).Elem()
	if target.Kind() == reflect.String {
		if !quoted && !isNumber(text) {
			return v, false
		}
		target.SetString(text)
		return v, true
	}
	if text == "" || text[0] < '0' || text[0] > '9' { // null and "" are not a 0 here
		return v, false
	}
	n, err := wire.Uint([]byte(text))
	if err != nil || target.OverflowUint(n) {
		return v, false
	}
	target.SetUint(n)
	return v, true
}
