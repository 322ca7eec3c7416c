package message

import (
	"encoding/json"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

var (
	relayShape = wire.Shape{
		Keys: []string{"Title", "MsgNum", "CompatibleText", "AbstractList", "MsgList"},
		Omit: []string{"JsonMsgKey"},
	}
	relayMsgShape = wire.Shape{
		Keys: []string{"MsgBody"},
		Omit: []string{"From_Account", "To_Account", "GroupId", "MsgSeq", "MsgRandom", "MsgTimeStamp", "CloudCustomData"},
	}
)

// RelayElem is a bundle of forwarded messages. Only clients can send one. A bundle of at most 12 KB has its messages in
// MsgList; a larger one has JSONMsgKey in place of them.
//
// Bundles can lie in one another. Decoding goes eight deep; a bundle below that is an UnknownElem with its bytes.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type RelayElem struct {
	Title          string         `json:"Title"`                 // heading of the bundle
	MsgNum         uint64         `json:"MsgNum"`                // how many messages are in it
	CompatibleText string         `json:"CompatibleText"`        // what old clients are shown in place of it
	AbstractList   []string       `json:"AbstractList,omitzero"` // a line of summary for each message shown
	MsgList        []RelayMessage `json:"MsgList,omitzero"`
	JSONMsgKey     string         `json:"JsonMsgKey,omitempty"` // key of a bundle that is kept on the server
	Extra          Extra          `json:"-"`                    // keys newer than this package
}

// RelayMessage is one message of a RelayElem.
type RelayMessage struct {
	FromAccount     string `json:"From_Account,omitempty"`
	ToAccount       string `json:"To_Account,omitempty"` // one-to-one messages only
	GroupID         string `json:"GroupId,omitempty"`    // group messages only
	MsgSeq          uint64 `json:"MsgSeq,omitempty"`
	MsgRandom       uint64 `json:"MsgRandom,omitempty"`
	MsgTimeStamp    uint64 `json:"MsgTimeStamp,omitempty"` // seconds since the epoch
	MsgBody         Body   `json:"MsgBody,omitzero"`
	CloudCustomData string `json:"CloudCustomData,omitempty"`
	Extra           Extra  `json:"-"` // keys newer than this package
}

// MsgType returns "TIMRelayElem".
func (*RelayElem) MsgType() string { return typeRelay }

func (*RelayElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *RelayElem) MarshalJSON() ([]byte, error) {
	type fields RelayElem
	return encode((*fields)(e), e.Extra, &relayShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *RelayElem) UnmarshalJSON(data []byte) error {
	return e.decode(data, 0)
}

func (e *RelayElem) decode(data []byte, depth int) (err error) {
	type fields RelayElem
	shadow := struct {
		*fields
		MsgList []json.RawMessage `json:"MsgList"` // hides the field of the same name
	}{fields: (*fields)(e)}
	if depth >= maxDepth {
		return errTooDeep
	}
	if e.Extra, err = decode(data, &shadow, &relayShape); err != nil || shadow.MsgList == nil {
		return err
	}
	e.MsgList = make([]RelayMessage, len(shadow.MsgList))
	for i, raw := range shadow.MsgList {
		if err := e.MsgList[i].decode(raw, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// MarshalJSON writes the object with its Extra keys.
func (m RelayMessage) MarshalJSON() ([]byte, error) {
	type fields RelayMessage
	return encode((*fields)(&m), m.Extra, &relayMsgShape)
}

// UnmarshalJSON reads the object and keeps the keys it does not know in Extra.
func (m *RelayMessage) UnmarshalJSON(data []byte) error {
	return m.decode(data, 1)
}

func (m *RelayMessage) decode(data []byte, depth int) (err error) {
	type fields RelayMessage
	shadow := struct {
		*fields
		MsgBody json.RawMessage `json:"MsgBody"` // hides the field of the same name
	}{fields: (*fields)(m)}
	if m.Extra, err = decode(data, &shadow, &relayMsgShape); err != nil || shadow.MsgBody == nil {
		return err
	}
	m.MsgBody, err = decodeBody(shadow.MsgBody, depth)
	return err
}
