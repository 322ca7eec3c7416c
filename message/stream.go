package message

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

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

const eventData = "data"

// Next makes the element the piece after its last one: markdown is what that adds, and last ends the stream. An element
// without pieces begins with number 1.
func (e *StreamElem) Next(markdown string, last bool) {
	var index uint64
	if n := len(e.Chunks); n > 0 {
		index = e.Chunks[n-1].Index
	}
	e.Chunks = []StreamChunk{{EventType: eventData, Index: index + 1, Markdown: markdown, IsLast: last}}
}

type streamRequest struct {
	identity
	content

	ToAccount        string `json:"To_Account"`
	SyncOtherMachine int    `json:"SyncOtherMachine,omitempty"`
}

type streamAnswer struct {
	StreamMsgID string
	MsgKey      string
}

// SendStream sends the first piece of a text that grows, or one that follows: the body of m is one [StreamElem]. The
// first one has no StreamMsgID; Sent has it, and those that follow say it:
//
//	elem := &message.StreamElem{CompatibleText: "..."}
//	elem.Next("good ", false)
//	sent, err := messages.SendStream(ctx, "ben", message.Message{MsgBody: message.Body{elem}})
//	elem.StreamMsgID = sent.StreamMsgID
//	elem.Next("evening", true)
//	sent, err = messages.SendStream(ctx, "ben", message.Message{MsgBody: message.Body{elem}})
//
// Pieces are at most 15 seconds and best 200 ms apart: up to five a second of one stream. All of them are less than 128
// KB. One after the last is refused. Friends, blocklists and mutes are not asked. Of the options it takes
// [WithSyncOtherMachine] and [WithSeq]. Trial and development plans send 1000 messages a day. Which errors the service
// answers is not documented.
//
// No limit of its rate is documented: 200 calls a second and app. Not repeated after a failure that leaves its outcome
// open, as a piece that comes twice can be text twice.
//
// Vendor page: https://cloud.tencent.com/document/product/269/128596
func (c *Client) SendStream(ctx context.Context, toUserID string, m Message, opts ...SendOption) (Sent, error) {
	cmd := CommandSendC2CStreamMsg
	if err := account(cmd, "To_Account", toUserID); err != nil {
		return Sent{}, err
	}
	if err := m.CheckFor(cmd); err != nil {
		return Sent{}, err
	}
	o := optionsOf(opts)
	if err := o.refuse(cmd, true, false); err != nil {
		return Sent{}, err
	}
	identity := draw(o.seq, m.MsgRandom)
	sent := identity.sent()
	req := streamRequest{identity, m.content(), toUserID, o.devices()}
	resp, err := restapi.Do[streamAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return sent, err
	}
	sent.StreamMsgID, sent.MsgKey = resp.StreamMsgID, resp.MsgKey
	return sent, nil
}
