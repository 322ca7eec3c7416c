package message

import "github.com/go-tencentchat/tencentchat/internal/wire"

var (
	textShape = wire.Shape{
		Keys: []string{"Text"},
	}
	faceShape = wire.Shape{
		Keys: []string{"Index", "Data"},
	}
	locationShape = wire.Shape{
		Keys: []string{"Desc", "Latitude", "Longitude"},
	}
)

// TextElem is a piece of text.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type TextElem struct {
	Text  string `json:"Text"`
	Extra Extra  `json:"-"` // keys newer than this package
}

// MsgType returns "TIMTextElem".
func (*TextElem) MsgType() string { return typeText }

func (*TextElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *TextElem) MarshalJSON() ([]byte, error) {
	type fields TextElem
	return encode((*fields)(e), e.Extra, &textShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *TextElem) UnmarshalJSON(data []byte) (err error) {
	type fields TextElem
	if e.Extra = nil; textShape.Strings(data, &e.Text) {
		return nil
	}
	e.Extra, err = decode(data, (*fields)(e), &textShape)
	return err
}

// FaceElem is a sticker or an emoji of the application's own set. An offline push shows a fixed text in its place.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type FaceElem struct {
	Index int    `json:"Index"` // number of the sticker
	Data  string `json:"Data"`  // anything the application wants to add
	Extra Extra  `json:"-"`     // keys newer than this package
}

// MsgType returns "TIMFaceElem".
func (*FaceElem) MsgType() string { return typeFace }

func (*FaceElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *FaceElem) MarshalJSON() ([]byte, error) {
	type fields FaceElem
	return encode((*fields)(e), e.Extra, &faceShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *FaceElem) UnmarshalJSON(data []byte) (err error) {
	type fields FaceElem
	e.Extra, err = decode(data, (*fields)(e), &faceShape)
	return err
}

// LocationElem is a place. An offline push shows a fixed text in its place.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type LocationElem struct {
	Desc      string  `json:"Desc"`      // name or description of the place
	Latitude  float64 `json:"Latitude"`  // degrees
	Longitude float64 `json:"Longitude"` // degrees
	Extra     Extra   `json:"-"`         // keys newer than this package
}

// MsgType returns "TIMLocationElem".
func (*LocationElem) MsgType() string { return typeLocation }

func (*LocationElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *LocationElem) MarshalJSON() ([]byte, error) {
	type fields LocationElem
	return encode((*fields)(e), e.Extra, &locationShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *LocationElem) UnmarshalJSON(data []byte) (err error) {
	type fields LocationElem
	e.Extra, err = decode(data, (*fields)(e), &locationShape)
	return err
}
