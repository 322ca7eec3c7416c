package chat

import (
	"errors"
	"hash/crc32"
	"strconv"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxContent is how long a message may be, in bytes; a stream may be longer.
const (
	maxContent = 12 << 10
	maxStream  = 128 << 10
)

// A content is the body of a message.
type content struct {
	body message.Body // is never changed: another takes its place
	size int          // in bytes, as it came
	sum  uint32       // its CRC-32
}

// UnmarshalJSON reads MsgBody.
func (c *content) UnmarshalJSON(data []byte) error {
	c.size, c.sum = len(data), crc32.ChecksumIEEE(data)
	return c.body.UnmarshalJSON(data)
}

// contentOf returns a copy of a body, which whoever has it may change.
func contentOf(body message.Body) (c content, err error) {
	data, err := body.MarshalJSON()
	if err == nil {
		err = c.UnmarshalJSON(data)
	}
	if err != nil {
		err = refuse(restapi.CodeMessageInvalidBody, err.Error())
	}
	return c, err
}

// copied returns a copy of a body, to be handed out. It must be called outside of the lock.
func copied(body message.Body) message.Body {
	c, _ := contentOf(body) // it was read from JSON
	return c.body
}

// check refuses what cannot be the body of a message. From a device comes what only devices can send, too.
func (c *content) check(by *call) error {
	if len(c.body) == 0 {
		return refuse(restapi.CodeMessageInvalidBody, "MsgBody is empty")
	}
	if c.size > maxContent {
		return refuse(restapi.CodeMessageTooLong, "MsgBody is over 12 KB")
	}
	for _, elem := range c.body {
		switch e := elem.(type) {
		case *message.StreamElem:
			return refuse(restapi.CodeMessageInvalidFormat, "a TIMStreamElem is sent by send_c2c_stream_msg")
		case *message.UnknownElem:
			if knownElems[e.Type] || !by.Tolerate("MsgType "+strconv.Quote(e.Type)) {
				return refuse(restapi.CodeMessageInvalidBody, "the content of an element is not as documented")
			}
		}
	}
	if !by.by.IsREST() {
		return nil
	}
	err := message.Message{MsgBody: c.body}.CheckFor(message.CommandSendMsg)
	if wrong, ok := errors.AsType[*restapi.ArgumentError](err); ok {
		return refuse(restapi.CodeMessageInvalidFormat, wrong.Field+" "+wrong.Reason)
	}
	return nil
}

// knownElems are the documented kinds: an UnknownElem of one of them has another content.
var knownElems = func() map[string]bool {
	known := make(map[string]bool)
	for _, e := range []message.Elem{
		&message.TextElem{}, &message.LocationElem{}, &message.FaceElem{}, &message.CustomElem{}, &message.SoundElem{},
		&message.ImageElem{}, &message.FileElem{}, &message.VideoFileElem{}, &message.RelayElem{}, &message.StreamElem{},
	} {
		known[e.MsgType()] = true
	}
	return known
}()

// pushText is what a push shows of a body, and false where it has nothing to show.
func pushText(body message.Body) (text string, ok bool) {
	for _, elem := range body {
		switch e := elem.(type) {
		case *message.TextElem:
			text += e.Text
		case *message.CustomElem:
			text += e.Desc
		default:
			ok = true
		}
	}
	return text, ok || text != ""
}
