package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// index is what the lines name, and what others say of it. It keeps IDs alone, so that it does not grow with messages.
type index struct {
	users map[string]struct{}
	chats map[string]*chat // groups and topics
	total map[string]int   // lines by kind that are still to be done
	done  map[string]int   // lines by kind that are done
	other map[string]int   // lines of kinds that cannot be imported
	own   map[string]int   // messages of members that they have not read themselves, by the IDs of their lines
	bad   int              // lines that cannot be read
}

// A chat is a group or a topic.
type chat struct {
	kind    group.Type
	created int64
	runs    []span // the numbers of its messages
}

// A span is a row of numbers without a gap.
type span struct{ first, last uint32 }

// note takes note of the number of a message.
func (c *chat) note(seq uint32) {
	switch n := len(c.runs); {
	case seq == 0: // it has none
	case n > 0 && c.runs[n-1].last+1 == seq:
		c.runs[n-1].last = seq
	default:
		c.runs = append(c.runs, span{seq, seq})
	}
}

// above counts the messages whose numbers are above one.
func (c *chat) above(seq uint32) (n int) {
	for _, r := range slices.Backward(c.runs) {
		if r.last <= seq {
			break
		}
		n += int(r.last - max(r.first-1, seq))
	}
	return n
}

// newIndex goes through all files once. What cannot be read is told to report.
func newIndex(ctx context.Context, files []*file, report func(*line, error)) (*index, error) {
	x := &index{
		users: make(map[string]struct{}), chats: make(map[string]*chat),
		total: make(map[string]int), done: make(map[string]int), other: make(map[string]int),
	}
	for _, f := range files {
		var done uint64
		for l, err := range f.lines(func(string) bool { return true }) {
			switch {
			case ctx.Err() != nil:
				return nil, errors.New("stopped by the user before anything was done")
			case l == nil:
				return nil, err
			case err != nil:
				x.bad++
				report(l, err)
				continue
			}
			if f.done.has(l.number) {
				done += l.digest
			}
			f.kinds[l.kind] = true
			if err := x.add(l); err != nil {
				x.bad++
				report(l, err)
			}
		}
		if done != f.doneSum {
			return nil, fmt.Errorf("%s has changed in lines that are done: change those alone that failed, each in its place",
				f.name)
		}
	}
	return x, nil
}

// add takes note of a line.
func (x *index) add(l *line) error {
	switch one := l.item.(type) {
	case nil:
		if !slices.Contains(otherKinds, l.kind) {
			return fmt.Errorf("there is no kind %q", l.kind)
		}
		x.other[l.kind]++
		return nil
	case *user:
		x.users[one.UserID] = struct{}{}
	case *room:
		x.chats[one.GroupID] = &chat{kind: one.Type, created: one.CreateTime}
	case *topic:
		x.chats[one.TopicID] = &chat{kind: group.Community, created: one.CreateTime}
	case *groupMessage:
		if one.left() != "" {
			break
		}
		if x.chats[one.chat()] == nil {
			x.chats[one.chat()] = new(chat) // its line may be in a file behind
		}
		x.chats[one.chat()].note(one.MsgSeq)
	}
	if l.file.done.has(l.number) {
		x.done[l.kind]++
	} else {
		x.total[l.kind]++
	}
	return nil
}

// A checker goes through the lines of one kind, in the order of the input.
type checker struct {
	*index
	seen  map[uint64]struct{} // the IDs of lines, by their hash
	last  map[string]moment   // when the newest message of a chat was sent
	leave func(what string)   // counts what is left behind
	shift func(seconds int64) // counts group messages that are moved
	sdk   *service            // that goes nowhere
}

// newChecker returns a checker that counts nothing.
func (m *migration) newChecker() *checker {
	return &checker{
		m.index, make(map[uint64]struct{}), make(map[string]moment), func(string) {}, func(int64) {},
		newService(nowhere{}, m.cfg),
	}
}

// errLeft is wrapped by why a line as a whole is left behind.
var errLeft = errors.New("cannot be imported")

// check says why a line cannot be imported, nil if it can.
func (c *checker) check(s *step, l *line) error {
	if field, ok := s.unknown(l); ok {
		return fmt.Errorf("a %s has no %q", s.kind, field)
	}
	if err := l.item.check(c, l); err != nil {
		return err
	}
	for _, field := range s.leaves {
		if _, ok := l.fields[field]; ok {
			c.leave(s.kind + " " + field)
		}
	}
	if id := l.item.id(); id != "" {
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(id))
		if _, again := c.seen[hash.Sum64()]; again {
			return errors.New("is there twice")
		}
		c.seen[hash.Sum64()] = struct{}{}
	}
	return refusal(s.send(context.Background(), c.sdk, []*line{l})[0])
}

// refusal returns what the SDK says of an argument that it refuses, nil of any other error.
func refusal(err error) error {
	if argument, ok := errors.AsType[*restapi.ArgumentError](err); ok {
		return fmt.Errorf("%s %s", argument.Field, argument.Reason)
	}
	return nil
}

// user refuses an account that the input does not have.
func (c *checker) user(l *line, field, userID string) error {
	if _, ok := c.users[userID]; !ok && !l.file.partial {
		return fmt.Errorf("%s %q is not the user of any line", field, userID)
	}
	return nil
}

// in returns a group or a topic, or refuses one that the input does not have. An AVChatRoom is left behind with all
// that it has.
func (c *checker) in(l *line, field, id string) (*chat, error) {
	switch in := c.chats[id]; {
	case in != nil && in.kind.Is(group.AVChatRoom):
		return nil, fmt.Errorf("%s of an AVChatRoom: %w", l.kind, errLeft)
	case in != nil && in.kind != "":
		return in, nil
	case l.file.partial:
		return new(chat), nil
	default:
		return nil, fmt.Errorf("%s %q is not a line", field, id)
	}
}
