package callback

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
)

// Decode returns the typed event of a webhook's body, or an *Unknown for a command that this package has no type for.
// command is what the URL said. It is for bodies that come from elsewhere than a Handler, such as a queue of one's own.
//
// A body that is not a JSON object or does not fit the documented types is refused with ErrMalformed, and so is one
// that names another command, where command has a type. Integers fit in quotes, with a fraction of zeros or with an
// exponent too: "7", 7.0 and 7e0 are 7. Fields that are newer than this package are ignored and stay in Raw, which
// aliases body.
func Decode(command string, body []byte) (Event, error) {
	e := newEvent(command)
	if e == nil {
		e = &Unknown{command: command}
	}
	if err := decodeInto(e, body, json.Unmarshal); err != nil {
		return nil, err
	}
	return e, nil
}

// commandless is an event whose body has no command besides its fields. It is known by the URL alone.
type commandless interface{ commandless() }

// Encode returns an event as the vendor sends it: the event's JSON, with CallbackCommand in front where the event has
// it empty. The bodies of Push.* and of ContentCallback.ResultNotify have none there, and get none. What need not be in
// a body is left out where it is absent, and nil lists are. An *Unknown is the body it came with.
func Encode(e Event) ([]byte, error) {
	if u, ok := e.(*Unknown); ok {
		return u.MarshalJSON()
	}
	body, err := wire.Marshal(e)
	if _, bare := e.(commandless); bare || err != nil || e.Metadata().CallbackCommand != "" {
		return body, err
	}
	head, err := wire.Marshal(Meta{CallbackCommand: e.Command()})
	if err != nil || string(body) == "{}" {
		return head, err
	}
	head[len(head)-1] = ','
	return append(head, body[1:]...), nil
}

// holder is an event with a message in it, which is most of its bytes.
type holder interface{ msgBody() *message.Body }

// decodeInto reads body into e with the decoder given, which sees it once more where only the spelling of integers kept
// it from fitting. A message is read by itself: a decoder would go over its bytes once to check them and once to find
// their end, before message.Body goes over them.
func decodeInto(e Event, body []byte, unmarshal func([]byte, any) error) error {
	command := e.Command()
	if !isObject(body) {
		return malformed(command, body, errNotObject)
	}
	m := e.Metadata()
	var target any = e
	if _, ok := e.(*Unknown); ok {
		target = m
	}
	rest, msg := body, []byte(nil)
	holder, ok := e.(holder)
	if ok {
		rest, msg = wire.Cut(body, "MsgBody")
	}
	if err := wire.UnmarshalWith(unmarshal, rest, target); err != nil {
		return malformed(command, body, err)
	}
	if msg != nil {
		if err := holder.msgBody().UnmarshalJSON(msg); err != nil {
			return malformed(command, body, err)
		}
	}
	// Other products name another command in the body than in the URL. Only of its own types this package knows better.
	if m.CallbackCommand != "" && m.CallbackCommand != command && newEvent(command) != nil {
		return malformed(command, body, errOtherCommand)
	}
	m.Raw = body
	return nil
}

// checkBody is decodeInto for a body that someone else will decode.
func checkBody(command string, body []byte) error {
	return decodeInto(&Unknown{command: command}, body, json.Unmarshal)
}

func malformed(command string, body []byte, err error) error {
	if hasComment(body) {
		err = fmt.Errorf("%w: %w", errComment, err)
	}
	return fmt.Errorf("%w: %.64q: %w", ErrMalformed, command, err)
}

// hasComment says whether body stops to be JSON at a slash. Whose decoder it was that failed does not matter.
func hasComment(body []byte) bool {
	syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(body, new(json.RawMessage)))
	// Its Offset is before the slash on Go 1.27 and after it on 1.26. Its text is the same.
	return ok && strings.Contains(syntax.Error(), "'/'")
}

// isObject says whether body begins as an object does. encoding/json takes null for a struct as well, without a word.
func isObject(body []byte) bool {
	for _, c := range body {
		switch c {
		case '{':
			return true
		case ' ', '\t', '\r', '\n':
		default:
			return false
		}
	}
	return false
}
