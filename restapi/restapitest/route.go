package restapitest

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A route is one command that the server carries out. An area adds a file with its routes and a line to allRoutes.
type route struct {
	cmd     restapi.Command
	admin   restapi.Code // to an identifier that is not an administrator
	syntax  restapi.Code // to a body that is not JSON
	invalid restapi.Code // to a body that is JSON but not an object
	display bool         // answers have ErrorDisplay

	// handle runs with the state locked. It returns what the answer has besides the common fields, a struct or nil, and
	// a *refusal where nothing was done.
	handle func(*state, *request) (any, error)
}

func allRoutes() []route {
	return slices.Concat(profileRoutes(), accountRoutes(), onlineRoutes())
}

// errorDisplay is the ErrorDisplay of an answer, nil where answers have none.
func (r route) errorDisplay() *string {
	if !r.display {
		return nil
	}
	return new(string)
}

// A request is one call that passed every check that does not depend on the command.
type request struct {
	admin    string // identifier
	clientIP string
	now      time.Time
	body     object
	strict   bool

	tolerated []string // see tolerate
	turns     []*turn  // webhooks to be sent after the answer
}

// tolerate lets pass what is not as documented though the service is not known to refuse it, with a warning. It is
// false where the server is strict.
func (r *request) tolerate(what string) bool {
	if !r.strict {
		r.tolerated = append(r.tolerated, what)
	}
	return !r.strict
}

// after adds a webhook to send once the call is answered, in order with the others of the user. Of a command that is
// refused none is sent.
func (r *request) after(user string, e callback.Event) {
	r.turns = append(r.turns, &turn{user: user, event: e})
}

// A refusal is an answer with a code.
type refusal struct {
	code restapi.Code
	info string // why, in the words of this package
}

func (r *refusal) Error() string { return r.info }

const infoAccountNotFound = "Err_TLS_PT_Open_Login_Account_Not_Exist"

// words are what the service itself says of a code, where that was recorded. Elsewhere they are this package's own.
func (r *refusal) words() string {
	switch r.code {
	case restapi.CodeProfileInvalidParameter:
		return "Err_Profile_Comm_Decode_Fail"
	case restapi.CodeAccountNotFound:
		return infoAccountNotFound
	case restapi.CodeMessageInvalidJSON:
		return "Fail to Parse json data of body, Please check it"
	}
	return r.info
}

func refuse(code restapi.Code, info string) error { return &refusal{code, info} }

// object is a JSON object whose keys are compared with their case, as the service does.
type object map[string]json.RawMessage

func parseObject(raw json.RawMessage) (object, bool) {
	var o object
	if json.Unmarshal(raw, &o) != nil || o == nil {
		return nil, false
	}
	return o, true
}

// list returns the array under key, and false where there is none, or an empty one.
func (o object) list(key string) ([]json.RawMessage, bool) {
	var list []json.RawMessage
	if json.Unmarshal(o[key], &list) != nil {
		return nil, false
	}
	return list, len(list) > 0
}

// text returns the text under key; a key that is absent is an empty text, and another type is false.
func (o object) text(key string) (string, bool) {
	raw, ok := o[key]
	if !ok {
		return "", true
	}
	return unquote(raw)
}

// unquote returns the text of a value that stood in a JSON document, and false where it is not a string.
func unquote(raw json.RawMessage) (string, bool) { return wire.Unquote(bytes.TrimSpace(raw)) }

// userID reads a UserID. Only a text can be one; one that no account can have is refused with code.
func userID(raw json.RawMessage, code restapi.Code) (string, error) {
	if len(raw) == 0 {
		return "", refuse(code, "the user is missing")
	}
	id, ok := unquote(raw)
	if !ok {
		return "", refuse(restapi.CodeInvalidUserIDType, "a user must be given as a string")
	}
	if !utf8.Valid(raw) {
		return "", refuse(code, "the user is not valid UTF-8")
	}
	if reason := userid.Check(id, userid.MaxUser); reason != "" {
		return "", refuse(code, "the user "+reason)
	}
	return id, nil
}
