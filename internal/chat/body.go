package chat

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// errBody is what a row says of a body that is as documented and cannot be decoded all the same: a number beyond the
// width of its type.
var errBody = errors.New("a number in the body is too large")

// fieldCodes are the codes for a field that is missing or has a wrong type, for commands that document the code.
var fieldCodes = map[string]restapi.Code{
	"To_Account":       restapi.CodeMessageInvalidToAccount,
	"From_Account":     restapi.CodeMessageInvalidFromAccount,
	"MsgRandom":        restapi.CodeMessageInvalidRandom,
	"MsgTimeStamp":     restapi.CodeMessageInvalidTimestamp,
	"MsgBody":          restapi.CodeMessageBodyNotArray,
	"MsgLifeTime":      restapi.CodeMessageInvalidLifetime,
	"SyncOtherMachine": restapi.CodeMessageInvalidSyncOtherMachine,
	"GroupId":          restapi.CodeGroupInvalidID,
}

// check holds a body against what is documented for the command, and returns it as the row is to read it: without what
// is not documented, and with today's names of fields.
func (a *App) check(r *Row, c *call, body []byte) ([]byte, error) {
	if !wire.Valid(body) {
		return nil, refuse(r.area.syntax, "the body is not JSON")
	}
	body = bytes.TrimSpace(body)
	if body[0] != '{' || !utf8.Valid(body) {
		return nil, refuse(r.area.invalid, "the body is not a JSON object in UTF-8")
	}
	for older, newer := range r.older {
		body = rename(c, body, older, newer)
	}
	documented, err := a.shapes.Command(r.Cmd.Path())
	if err != nil {
		return nil, refuse(restapi.CodeInvalidResource, err.Error())
	}
	faults := documented.Request.Check(body)
	for _, f := range faults {
		if f.Kind == shape.Unknown && c.Tolerate(f.String()) {
			continue
		}
		if code := r.code(f); code != 0 {
			return nil, refuse(code, f.String())
		}
	}
	if slices.ContainsFunc(faults, func(f shape.Fault) bool { return f.Kind == shape.Unknown }) {
		body = prune(nil, documented.Request.Root, body)
	}
	return body, nil
}

// rename gives a field at the top of a body its newer name, where the body does not have that too.
func rename(c *call, body []byte, older, newer string) []byte {
	var found []byte
	for key := range wire.Members(body) {
		switch name, _ := wire.Unquote(key); name {
		case newer:
			return body
		case older:
			found = key
		}
	}
	if found == nil || !c.Tolerate(older+" is given in place of "+newer) {
		return body
	}
	at := cap(body) - cap(found) // the key is a part of the body
	return slices.Concat(body[:at], []byte(strconv.Quote(newer)), body[at+len(found):])
}

// code is the code for a fault, 0 where it is for the row to judge.
func (r *Row) code(f shape.Fault) restapi.Code {
	at := fault{f.Field.Path, f.Kind}
	if strings.HasSuffix(f.Path, "]") {
		at.path += "[]"
	}
	if code, ok := r.codes[at]; ok {
		return code
	}
	if code, ok := r.codes[fault{path: at.path}]; ok {
		return code
	}
	if code := fieldCodes[f.Field.Name]; f.Kind != shape.Unknown && r.documents(code) {
		return code
	}
	isOne := f.Field.Type == "string" || strings.HasSuffix(at.path, "[]")
	if f.Kind == shape.WrongType && isOne && isUser(f.Field.Name) {
		return restapi.CodeInvalidUserIDType
	}
	return r.area.invalid
}

// documents says whether the page of the command lists a code.
func (r *Row) documents(code restapi.Code) bool {
	doc, err := spec.LookupCommand(r.Cmd.Path())
	return err == nil && code != 0 &&
		slices.ContainsFunc(doc.Errors, func(e spec.ErrorUse) bool { return e.Code == int(code) })
}

// isUser says whether a field names an account.
func isUser(field string) bool {
	return field == "UserID" || field == "Accounts" || strings.HasSuffix(field, "_Account")
}

// prune writes a value without the fields that are not documented. encoding/json would take those for others that
// differ from them in the case of letters alone, which the service does not.
func prune(dst []byte, f *shape.Field, value []byte) []byte {
	value = bytes.TrimSpace(value)
	switch {
	case len(f.Fields) == 0:
		return append(dst, value...)
	case value[0] == '[':
		dst = append(dst, '[')
		for elem := range wire.Elements(value) {
			dst = append(prune(dst, f, elem), ',')
		}
		return closed(dst, ']')
	case value[0] == '{':
		dst = append(dst, '{')
		for key, member := range wire.Members(value) {
			name, _ := wire.Unquote(key)
			if i := slices.IndexFunc(f.Fields, func(f *shape.Field) bool { return f.Name == name || f.Name == "*" }); i >= 0 {
				dst = append(append(dst, key...), ':')
				dst = append(prune(dst, f.Fields[i], member), ',')
			}
		}
		return closed(dst, '}')
	}
	return append(dst, value...)
}

func closed(dst []byte, end byte) []byte {
	if last := len(dst) - 1; dst[last] == ',' {
		dst[last] = end
		return dst
	}
	return append(dst, end)
}
