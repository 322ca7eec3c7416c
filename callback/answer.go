package callback

import (
	"fmt"
	"reflect"

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

// Reply is what every answer has. It is made by the event's methods, such as Allow and Reject, which know the codes
// that are documented for the event: an answer with any other fails as an error of the handler does. The fields are for
// middleware and tests that read answers, and for Handler.Handle, which knows no codes. The zero value allows, or says
// that an event was handled.
type Reply struct {
	ActionStatus ActionStatus `json:"ActionStatus"`
	ErrorInfo    string       `json:"ErrorInfo"`
	ErrorCode    int          `json:"ErrorCode"`

	invalid bool // made with a code that the event's documentation does not have
}

// codeFailure is what a FailureError is answered with.
const codeFailure = 1

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

// checked is an answer of this package: a struct that begins with its Reply.
type checked interface {
	check() error
	reply() Reply
}

func (r Reply) reply() Reply { return r }

// encodeAnswer checks an answer and writes it. Most answers allow and say no more, which needs no encoder.
func encodeAnswer(answer any) (string, error) {
	if answer == nil {
		return okBody, nil
	}
	if a, ok := answer.(checked); ok {
		if allows(a) {
			return okBody, nil
		}
		if err := a.check(); err != nil {
			return "", err
		}
	}
	body, err := wire.Marshal(answer)
	return string(body), err
}

// allows says whether an answer is the zero value, or what Allow makes.
func allows(answer checked) bool {
	if r := answer.reply(); r != (Reply{}) && r != allow() {
		return false
	}
	v := reflect.ValueOf(answer)
	if v.Kind() != reflect.Struct { // a pointer, from middleware
		return false
	}
	for i := 1; i < v.NumField(); i++ {
		if !v.Field(i).IsZero() {
			return false
		}
	}
	return true
}
