package message

import (
	"encoding/json"
	"errors"
	"reflect"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// The kinds of element, as the wire names them.
const (
	typeText      = "TIMTextElem"
	typeLocation  = "TIMLocationElem"
	typeFace      = "TIMFaceElem"
	typeCustom    = "TIMCustomElem"
	typeSound     = "TIMSoundElem"
	typeImage     = "TIMImageElem"
	typeFile      = "TIMFileElem"
	typeVideoFile = "TIMVideoFileElem"
	typeRelay     = "TIMRelayElem"
	typeStream    = "TIMStreamElem"
)

// Extra holds what a struct would lose of its JSON object, as raw values: keys that this package does not know, and
// optional ones that were there but empty. So an element goes through a backend unchanged. It is nil where there is
// nothing. A field of the struct wins over a key of the same name.
type Extra map[string]json.RawMessage

// UnknownElem is an element of a kind that this package does not know, or one that does not have the documented shape.
// It marshals back to the bytes it was read from.
type UnknownElem struct {
	Type    string          // MsgType on the wire
	Content json.RawMessage // MsgContent on the wire; empty if it was absent
	// Raw is the whole element where that is not an object with a MsgType, such as null. Type and Content are empty then;
	// while Raw is not, it is written in their place.
	Raw json.RawMessage
}

// MsgType returns the kind of the element, as it was received.
func (e *UnknownElem) MsgType() string { return e.Type }

func (*UnknownElem) elem() {}

var errTooDeep = errors.New("bundles of messages too deep")

// decode reads the object data into the struct that fields points to, and returns the keys that it does not have.
func decode(data []byte, fields any, shape *wire.Shape) (Extra, error) {
	if err := wire.Unmarshal(data, fields); err != nil {
		return nil, err
	}
	return shape.Extra(data), nil
}

// encode writes the struct fields as an object, followed by the keys of extra.
func encode(fields any, extra Extra, shape *wire.Shape) ([]byte, error) {
	out, err := wire.Marshal(fields)
	if err != nil {
		return nil, err
	}
	return shape.AppendExtra(out, extra)
}

func isNil(e Elem) bool {
	return e == nil || reflect.ValueOf(e).IsNil()
}
