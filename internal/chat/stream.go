package chat

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Documented for a message that is streamed.
const (
	streamPause     = 15 * time.Second // between two pieces at most
	piecesPerSecond = 5                // after the first
)

func streams() area {
	return area{
		admin:    restapi.CodeMessageAdminRequired,
		syntax:   restapi.CodeMessageInvalidJSON,
		invalid:  restapi.CodeMessageInvalidFormat,
		commands: []command{does(message.CommandSendC2CStreamMsg, sendC2CStreamMsg)},
	}
}

// A stream is a message that is not at its end yet.
type stream struct {
	msg *msg
	flow
}

// A flow is how the pieces of a stream come.
type flow struct {
	last   time.Time   // piece
	pieces []time.Time // of the last second, but for the first one
}

// isOver says whether the message can no longer grow.
func (f *flow) isOver(now time.Time) bool { return now.Sub(f.last) > streamPause }

type streamRequest struct {
	SyncOtherMachine int
	FromAccount      restapi.Optional[string] `json:"From_Account"`
	ToAccount        string                   `json:"To_Account"`
	MsgSeq           restapi.Optional[uint64]
	MsgRandom        uint64
	MsgBody          content
	CloudCustomData  string
}

type streamSent struct {
	StreamMsgID string
	MsgKey      string
}

// sendC2CStreamMsg begins a message, or adds pieces to one. Nothing is documented of its refusals and its webhooks.
func sendC2CStreamMsg(a *App, c *call, req *streamRequest) (any, error) {
	from := req.FromAccount.Or(c.by.UserID)
	if err := a.checkSend(&sending{from: from}, req.ToAccount); err != nil {
		return nil, err
	}
	elem, err := req.MsgBody.stream()
	if err != nil {
		return nil, err
	}
	a.talks.expire(c.now.Unix())
	one := a.talks.streams[elem.StreamMsgID]
	switch {
	case elem.StreamMsgID == "":
		one, elem.StreamMsgID = a.beginStream(c, req, from, elem)
	case one == nil || one.msg.sender() != from || one.msg.receiver() != req.ToAccount:
		return nil, badStream("there is no such stream, or it is at its end")
	default:
		if one.msg.recalled {
			return nil, badStream("the message was recalled")
		}
		if err := one.goOn(c.now, &one.msg.content, elem, req.MsgBody.size); err != nil {
			return nil, err
		}
		c.notifyBoth(one.msg.talk, Notice{
			Kind: NoticeEdited, From: from, Text: streamText(elem), Message: one.msg.shown(),
		})
	}
	if elem.Chunks[len(elem.Chunks)-1].IsLast {
		delete(a.talks.streams, elem.StreamMsgID)
	}
	return streamSent{elem.StreamMsgID, one.msg.key.String()}, nil
}

func badStream(info string) error { return refuse(restapi.CodeMessageInvalidFormat, info) }

// stream returns the one element of a body that is streamed, or refuses it.
func (c *content) stream() (*message.StreamElem, error) {
	if len(c.body) != 1 {
		return nil, badStream("MsgBody does not have one element")
	}
	elem, ok := c.body[0].(*message.StreamElem)
	switch {
	case !ok:
		return nil, badStream("the element is not a TIMStreamElem")
	case len(elem.Chunks) == 0:
		return nil, badStream("Chunks is empty")
	case c.size > maxStream:
		return nil, badStream("the message is over 128 KB")
	}
	last := uint64(0)
	for i, piece := range elem.Chunks {
		if piece.Index <= last || piece.IsLast && i < len(elem.Chunks)-1 {
			return nil, badStream("Index does not grow from 1, or there is a piece behind the last")
		}
		last = piece.Index
	}
	return elem, nil
}

// beginStream sends a message that may grow.
func (a *App) beginStream(
	c *call, req *streamRequest, from string, elem *message.StreamElem,
) (one *stream, id string) {
	maps.DeleteFunc(a.talks.streams, func(_ string, s *stream) bool { return s.isOver(c.now) })
	id = a.talks.streamID()
	s := &sending{
		from: from, content: begun(elem, id, req.MsgBody.size), cloud: req.CloudCustomData,
		key:  msgKey{a.talks.draw(req.MsgSeq), req.MsgRandom, c.now.Unix()},
		keep: req.SyncOtherMachine != syncNowhere, sync: req.SyncOtherMachine == syncOther,
		push: pushInfo{Desc: elem.CompatibleText},
	}
	one = &stream{msg: a.place(c, s, req.ToAccount), flow: flow{last: c.now}}
	put(&a.talks.streams, id, one)
	return one, id
}

// streamID is the ID of a stream that begins.
func (s *talks) streamID() string {
	s.lastID++
	return "s-" + strconv.Itoa(s.lastID)
}

// begun is the content of a message whose first pieces have come.
func begun(elem *message.StreamElem, id string, size int) content {
	whole := *elem
	whole.StreamMsgID = id
	return content{body: message.Body{&whole}, size: size}
}

// goOn adds pieces to the content of a message.
func (f *flow) goOn(now time.Time, to *content, elem *message.StreamElem, size int) error {
	old, ok := to.body[0].(*message.StreamElem)
	if !ok {
		return badStream("the message was changed")
	}
	f.pieces = slices.DeleteFunc(f.pieces, func(at time.Time) bool { return now.Sub(at) >= time.Second })
	switch {
	case f.isOver(now):
		return badStream("the piece before is over 15 seconds old")
	case len(f.pieces) >= piecesPerSecond:
		return badStream("there are over 5 pieces in a second")
	case elem.Chunks[0].Index <= old.Chunks[len(old.Chunks)-1].Index:
		return badStream("Index is not above that of the piece before")
	case to.size+size > maxStream:
		return badStream("the message is over 128 KB")
	}
	to.grow(old, elem, size)
	f.last, f.pieces = now, append(f.pieces, now)
	return nil
}

// grow adds pieces to the content of a message that is streamed.
func (c *content) grow(old, elem *message.StreamElem, size int) {
	whole := *old
	whole.Chunks = slices.Concat(old.Chunks, elem.Chunks)
	if elem.CompatibleText != "" {
		whole.CompatibleText = elem.CompatibleText
	}
	*c = content{body: message.Body{&whole}, size: c.size + size}
}

// streamText is the text that the pieces add up to.
func streamText(elem *message.StreamElem) string {
	var text strings.Builder
	for _, piece := range elem.Chunks {
		text.WriteString(piece.Markdown)
	}
	return text.String()
}
