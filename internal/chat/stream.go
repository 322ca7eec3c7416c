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
	msg    *msg
	last   time.Time   // piece
	pieces []time.Time // of the last second, but for the first one
}

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
	elem, err := req.elem()
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
		if err := one.goOn(c.now, elem, req.MsgBody.size); err != nil {
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

// elem returns the one element of the body, or refuses it.
func (r *streamRequest) elem() (*message.StreamElem, error) {
	if len(r.MsgBody.body) != 1 {
		return nil, badStream("MsgBody does not have one element")
	}
	elem, ok := r.MsgBody.body[0].(*message.StreamElem)
	switch {
	case !ok:
		return nil, badStream("the element is not a TIMStreamElem")
	case len(elem.Chunks) == 0:
		return nil, badStream("Chunks is empty")
	case r.MsgBody.size > maxStream:
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
	maps.DeleteFunc(a.talks.streams, func(_ string, s *stream) bool { return c.now.Sub(s.last) > streamPause })
	a.talks.lastID++
	id = "s-" + strconv.Itoa(a.talks.lastID)
	whole := *elem
	whole.StreamMsgID = id
	s := &sending{
		from: from, content: content{body: message.Body{&whole}, size: req.MsgBody.size}, cloud: req.CloudCustomData,
		key:  msgKey{a.talks.draw(req.MsgSeq), req.MsgRandom, c.now.Unix()},
		keep: req.SyncOtherMachine != syncNowhere, sync: req.SyncOtherMachine == syncOther,
		push: pushInfo{Desc: elem.CompatibleText},
	}
	one = &stream{msg: a.place(c, s, req.ToAccount), last: c.now}
	put(&a.talks.streams, id, one)
	return one, id
}

// goOn adds pieces to the message.
func (s *stream) goOn(now time.Time, elem *message.StreamElem, size int) error {
	old, ok := s.msg.body[0].(*message.StreamElem)
	if !ok || s.msg.recalled {
		return badStream("the message was changed, or recalled")
	}
	s.pieces = slices.DeleteFunc(s.pieces, func(at time.Time) bool { return now.Sub(at) >= time.Second })
	switch {
	case now.Sub(s.last) > streamPause:
		return badStream("the piece before is over 15 seconds old")
	case len(s.pieces) >= piecesPerSecond:
		return badStream("there are over 5 pieces in a second")
	case elem.Chunks[0].Index <= old.Chunks[len(old.Chunks)-1].Index:
		return badStream("Index is not above that of the piece before")
	case s.msg.size+size > maxStream:
		return badStream("the message is over 128 KB")
	}
	s.msg.grow(old, elem, size)
	s.last, s.pieces = now, append(s.pieces, now)
	return nil
}

// grow adds pieces to a message that is streamed.
func (m *msg) grow(old, elem *message.StreamElem, size int) {
	whole := *old
	whole.Chunks = slices.Concat(old.Chunks, elem.Chunks)
	if elem.CompatibleText != "" {
		whole.CompatibleText = elem.CompatibleText
	}
	m.content = content{body: message.Body{&whole}, size: m.size + size}
}

// streamText is the text that the pieces add up to.
func streamText(elem *message.StreamElem) string {
	var text strings.Builder
	for _, piece := range elem.Chunks {
		text.WriteString(piece.Markdown)
	}
	return text.String()
}
