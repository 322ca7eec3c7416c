package message

import "github.com/go-tencentchat/tencentchat/internal/wire"

var (
	streamShape = wire.Shape{
		Keys: []string{"Chunks"},
		Omit: []string{"CompatibleText", "StreamMsgID"},
	}
	streamChunkShape = wire.Shape{
		Keys: []string{"EventType", "Index", "Markdown", "IsLast"},
	}
)

// StreamElem is a text that grows while it is read, such as the answer of a language model. The vendor's pages of
// message elements do not list it yet; its shape is that of the calls that send one.
type StreamElem struct {
	Chunks         []StreamChunk `json:"Chunks,omitzero"`          // the pieces sent with this call
	CompatibleText string        `json:"CompatibleText,omitempty"` // for clients that do not know streams
	StreamMsgID    string        `json:"StreamMsgID,omitempty"`    // what the first call returned; from the second on
	Extra          Extra         `json:"-"`                        // keys newer than this package
}

// MsgType returns "TIMStreamElem".
func (*StreamElem) MsgType() string { return typeStream }

func (*StreamElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *StreamElem) MarshalJSON() ([]byte, error) {
	type fields StreamElem
	return encode((*fields)(e), e.Extra, &streamShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *StreamElem) UnmarshalJSON(data []byte) (err error) {
	type fields StreamElem
	e.Extra, err = decode(data, (*fields)(e), &streamShape)
	return err
}

// StreamChunk is one piece of a StreamElem.
type StreamChunk struct {
	EventType string `json:"EventType"` // "data" is the only value known
	Index     uint64 `json:"Index"`     // number of the piece, from 1
	Markdown  string `json:"Markdown"`  // the text that this piece adds
	IsLast    bool   `json:"IsLast"`
	Extra     Extra  `json:"-"` // keys newer than this package
}

// MarshalJSON writes the object with its Extra keys.
func (c StreamChunk) MarshalJSON() ([]byte, error) {
	type fields StreamChunk
	return encode((*fields)(&c), c.Extra, &streamChunkShape)
}

// UnmarshalJSON reads the object and keeps the keys it does not know in Extra.
func (c *StreamChunk) UnmarshalJSON(data []byte) (err error) {
	type fields StreamChunk
	c.Extra, err = decode(data, (*fields)(c), &streamChunkShape)
	return err
}
