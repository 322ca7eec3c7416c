package message

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// A Body is the content of one message: its elements, in the order in which they are shown. At most one of them may be
// a CustomElem. A body can be empty, as the one of a deleted message in the history is. The vendor limits a whole
// message to 8 KB (12 KB on newer pages).
//
// Decoding a body never fails because of one element: an element of a kind that this package does not know, or whose
// content is not of the documented shape, or that has no kind or is not even an object, comes back as an UnknownElem
// with the bytes it had.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type Body []Elem

// An Elem is one element of a Body: a pointer to one of the structs of this package whose names end in Elem. The set is
// closed; UnknownElem carries what is newer than the package.
type Elem interface {
	// MsgType returns the kind of the element as the wire names it, such as "TIMTextElem".
	MsgType() string
	elem()
}

// Text returns the texts of the TextElems, joined with nothing between them, as the vendor joins them for an offline
// push. Whoever moderates by it must look at the other elements too: a CustomElem, a RelayElem or an UnknownElem can
// hold text.
func (b Body) Text() string {
	var text strings.Builder
	for _, e := range b {
		if t, ok := e.(*TextElem); ok {
			text.WriteString(t.Text)
		}
	}
	return text.String()
}

// MarshalJSON writes the array of {"MsgType", "MsgContent"} objects. A nil body is an empty array.
func (b Body) MarshalJSON() ([]byte, error) {
	return b.appendTo(make([]byte, 0, 256)) // most fit, and need not grow
}

func (b Body) appendTo(out []byte) ([]byte, error) {
	out = append(out, '[')
	for i, e := range b {
		if i > 0 {
			out = append(out, ',')
		}
		var err error
		if out, err = appendElem(out, e); err != nil {
			return nil, fmt.Errorf("message: element %d: %w", i, err)
		}
	}
	return append(out, ']'), nil
}

// UnmarshalJSON reads an array of elements, or null, which makes the body nil.
func (b *Body) UnmarshalJSON(data []byte) error {
	if !wire.Valid(data) {
		return errNotJSON
	}
	body, err := decodeBody(data, 0)
	if err != nil {
		return err
	}
	*b = body
	return nil
}

func appendElem(out []byte, e Elem) ([]byte, error) {
	if isNil(e) {
		return nil, fmt.Errorf("nil %T", e)
	}
	if unknown, ok := e.(*UnknownElem); ok && len(unknown.Raw) > 0 {
		if !json.Valid(unknown.Raw) {
			return nil, errors.New("raw element is not valid JSON")
		}
		return append(out, unknown.Raw...), nil
	}
	out, err := appendText(append(out, `{"MsgType":`...), e.MsgType())
	if err != nil {
		return nil, err
	}
	if text, ok := e.(*TextElem); ok && len(text.Extra) == 0 { // nearly all are
		out, err = appendText(append(out, `,"MsgContent":{"Text":`...), text.Text)
		return append(out, "}}"...), err
	}
	content, err := contentOf(e)
	if err != nil {
		return nil, err
	}
	if len(content) > 0 {
		out = append(append(out, `,"MsgContent":`...), content...)
	}
	return append(out, '}'), nil
}

// appendText appends a JSON string. Plain ASCII, as most texts are, needs no encoder.
func appendText(out []byte, text string) ([]byte, error) {
	if isPlain(text) {
		return append(append(append(out, '"'), text...), '"'), nil
	}
	quoted, err := wire.Marshal(text)
	return append(out, quoted...), err
}

func isPlain(text string) bool {
	for _, c := range []byte(text) {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

func contentOf(e Elem) ([]byte, error) {
	switch e := e.(type) {
	case *UnknownElem:
		if len(e.Content) > 0 && !json.Valid(e.Content) {
			return nil, fmt.Errorf("content of %q is not valid JSON", e.Type)
		}
		return e.Content, nil
	case json.Marshaler:
		// Called by name: encoding/json would write the bytes of what this package keeps raw with other escapes.
		return e.MarshalJSON()
	}
	return nil, fmt.Errorf("element of type %T", e)
}

// maxDepth is how many bundles of forwarded messages may lie in one another before the rest is kept as raw bytes. Each
// level is scanned again by the decoder, so that depth costs time; people forward a bundle of bundles, not a hundred.
const maxDepth = 8

var (
	errNotJSON = errors.New("message: body is not valid JSON")
	errNoArray = errors.New("message: body is not an array of elements")
)

// decodeBody reads a body that is valid JSON. It walks the bytes: for encoding/json to take elements apart and then
// each content would be three more passes over the same text, for every level of a bundle.
func decodeBody(data []byte, depth int) (Body, error) {
	data = bytes.TrimSpace(data)
	if string(data) == "null" {
		return nil, nil
	}
	if data[0] != '[' {
		return nil, errNoArray
	}
	body := make(Body, 0, 1)
	for element := range wire.Elements(data) {
		var msgType string
		var hasType bool
		var content []byte
		for key, value := range wire.Members(element) {
			switch {
			case wire.IsKey(key, "MsgType"):
				msgType, hasType = wire.Unquote(value)
			case wire.IsKey(key, "MsgContent"):
				content = value
			}
		}
		if hasType {
			body = append(body, decodeElem(msgType, content, depth))
		} else {
			body = append(body, &UnknownElem{Raw: bytes.Clone(element)})
		}
	}
	return body, nil
}

func decodeElem(msgType string, content []byte, depth int) Elem {
	if known := newElem(msgType); known != nil && len(content) > 0 && content[0] == '{' {
		var err error
		if relay, ok := known.(*RelayElem); ok {
			err = relay.decode(content, depth)
		} else {
			err = known.(json.Unmarshaler).UnmarshalJSON(content)
		}
		if err == nil {
			return known
		}
	}
	return &UnknownElem{Type: msgType, Content: bytes.Clone(content)}
}

// newElem returns an empty element of that kind, or nil.
func newElem(msgType string) Elem {
	switch msgType {
	case typeText:
		return new(TextElem)
	case typeLocation:
		return new(LocationElem)
	case typeFace:
		return new(FaceElem)
	case typeCustom:
		return new(CustomElem)
	case typeSound:
		return new(SoundElem)
	case typeImage:
		return new(ImageElem)
	case typeFile:
		return new(FileElem)
	case typeVideoFile:
		return new(VideoFileElem)
	case typeRelay:
		return new(RelayElem)
	case typeStream:
		return new(StreamElem)
	}
	return nil
}
