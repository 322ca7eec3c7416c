package callback

import (
	"fmt"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// ActionStatus is "OK" or "FAIL". The vendor decides by the code: its own samples refuse with "OK".
type ActionStatus string

// The two values of ActionStatus. The empty one is written as ActionOK.
const (
	ActionOK   ActionStatus = "OK"
	ActionFail ActionStatus = "FAIL"
)

// MarshalText writes the word.
func (s ActionStatus) MarshalText() ([]byte, error) {
	if s == "" {
		s = ActionOK
	}
	return []byte(s), nil
}

// Reply is what every answer has. The zero value allows, or says that an event was handled.
type Reply struct {
	ActionStatus ActionStatus `json:"ActionStatus"`
	ErrorInfo    string       `json:"ErrorInfo"`
	ErrorCode    int          `json:"ErrorCode"`

	invalid bool // made with a code that the event's documentation does not have
}

// The codes that before-events share.
const (
	codeReject = 1 // refuse with the vendor's own code
	codeDrop   = 2 // drop in silence
)

// codeRange is a range of codes that reach the client, both ends in it.
type codeRange struct{ from, to int }

func (r codeRange) has(code int) bool { return r.from <= code && code <= r.to }

func allow() Reply { return reply(0, "") }

func reply(code int, info string) Reply {
	return Reply{ActionStatus: ActionOK, ErrorCode: code, ErrorInfo: info}
}

// custom makes a reply with a code of the application. One out of range is marked, as RejectCode(0, "...") must not
// allow.
func custom(code int, info string, codes codeRange) Reply {
	r := reply(code, info)
	r.invalid = !codes.has(code)
	return r
}

// checkCode refuses a reply whose code is neither from 0 to last nor in codes.
func (r Reply) checkCode(last int, codes codeRange) error {
	if r.invalid || (r.ErrorCode < 0 || r.ErrorCode > last) && !codes.has(r.ErrorCode) {
		return fmt.Errorf("answer code %d is not documented; use %d to %d", r.ErrorCode, codes.from, codes.to)
	}
	return nil
}

// encodeAnswer checks an answer and writes it.
func encodeAnswer(answer any) ([]byte, error) {
	if a, ok := answer.(interface{ check() error }); ok {
		if err := a.check(); err != nil {
			return nil, err
		}
	}
	return wire.Marshal(answer)
}
