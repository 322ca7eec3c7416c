package message

import "github.com/go-tencentchat/tencentchat/internal/wire"

var customShape = wire.Shape{
	Keys: []string{"Data"},
	Omit: []string{"Desc", "Ext", "Sound"},
}

// CustomElem is the application's own payload. A message has at most one.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type CustomElem struct {
	Data string `json:"Data"` // the payload, often JSON in a string; not sent to APNs
	// Desc is the text of an offline push; OfflinePushInfo.Desc wins over it. A message of one custom element is pushed
	// only if one of the two is set.
	Desc  string `json:"Desc,omitempty"`
	Ext   string `json:"Ext,omitempty"`   // passed on as the Ext key of the APNs payload
	Sound string `json:"Sound,omitempty"` // file name of the APNs ring tone
	Extra Extra  `json:"-"`               // keys newer than this package
}

// MsgType returns "TIMCustomElem".
func (*CustomElem) MsgType() string { return typeCustom }

func (*CustomElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *CustomElem) MarshalJSON() ([]byte, error) {
	type fields CustomElem
	return encode((*fields)(e), e.Extra, &customShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *CustomElem) UnmarshalJSON(data []byte) (err error) {
	type fields CustomElem
	if e.Extra = nil; customShape.Strings(data, &e.Data, &e.Desc, &e.Ext, &e.Sound) {
		return nil
	}
	e.Extra, err = decode(data, (*fields)(e), &customShape)
	return err
}
