package callback_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
)

// The tests of this file walk every documented webhook. One that has no type, a field that no type carries, or an answer
// that cannot be given fails them.

func webhooks(t testing.TB) []spec.Webhook {
	t.Helper()
	all, err := spec.Webhooks()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	for _, w := range all {
		e, err := callback.Decode(w.Command, []byte("{}"))
		require.NoError(t, err, w.Command)
		if _, unknown := e.(*callback.Unknown); unknown {
			t.Fatalf("%s: newEvent in decode.go makes no event of it; its type is to be called %s", w.Command, typeName(w.Command))
		}
	}
	return all
}

// typeName is what the type of a command must be called: the command without its dot and the word Callback, and without a
// prefix that is there twice.
func typeName(command string) string {
	family, event, _ := strings.Cut(command, ".")
	family = strings.TrimSuffix(family, "Callback")
	event = strings.TrimPrefix(strings.TrimPrefix(event, "Callback"), family)
	return family + event
}

func TestSpecTypes(t *testing.T) {
	t.Parallel()
	for _, w := range webhooks(t) {
		e, err := callback.Decode(w.Command, []byte("{}"))
		require.NoError(t, err, w.Command)
		assert.Equal(t, typeName(w.Command), reflect.TypeOf(e).Elem().Name(), w.Command)
		assert.Equal(t, w.Command, e.Command())
		_, after := e.(callback.AfterEvent)
		assert.Equal(t, w.Kind == "after", after, "%s: kind is %q, and it has after() if that is after", w.Command, w.Kind)
		_, allows := reflect.TypeOf(e).MethodByName("Allow")
		assert.Equal(t, w.Kind == "before", allows, "%s: kind is %q, and it has Allow if that is before", w.Command, w.Kind)
	}
}

// renamed are documented names that are read into the field of another one: by command and path, the path that is
// written.
var renamed = map[string]map[string]string{
	"Group.CallbackAfterMemberFieldChanged": {"Modified_Account": "Member_Account"},
}

// leaves lists the plain values in v by their path, as text, so that a number means the same in quotes and without.
func leaves(v any) map[string]string {
	all := map[string]string{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, value := range v {
				walk(strings.TrimPrefix(path+"."+strings.ToLower(key), "."), value)
			}
		case []any:
			for i, value := range v {
				walk(fmt.Sprintf("%s[%d]", path, i), value)
			}
		case nil:
		default:
			all[path] = fmt.Sprint(v)
		}
	}
	walk("", v)
	return all
}

var index = regexp.MustCompile(`\[\d+\]`)

// sameIndex puts the indices of a path into another one that has [] in their places.
func sameIndex(to, path string) string {
	for _, i := range index.FindAllString(path, -1) {
		to = strings.Replace(to, "[]", i, 1)
	}
	return to
}

func leavesOf(t testing.TB, data []byte) map[string]string {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.UseNumber()
	var v any
	require.NoError(t, dec.Decode(&v), "%s", data)
	return leaves(v)
}

// carried fails for what is in the body and not in the text that came of it, and for what is new in it and not zero.
func carried(t *testing.T, command string, body, text []byte) {
	t.Helper()
	want, got := leavesOf(t, body), leavesOf(t, text)
	for from, to := range renamed[command] {
		for path, value := range want {
			if strings.EqualFold(index.ReplaceAllString(path, "[]"), from) {
				delete(want, path)
				want[sameIndex(strings.ToLower(to), path)] = value
			}
		}
	}
	for path, value := range want {
		assert.Equal(t, value, got[path], "%s of %s: %s became %s", path, command, body, text)
	}
	for path, value := range got {
		if _, ok := want[path]; !ok && !slices.Contains([]string{"", "0", "false"}, value) && path != "callbackcommand" && path != "actionstatus" {
			assert.Fail(t, "a value from nowhere", "%s of %s: %s became %s", path, command, body, text)
		}
	}
}

func TestSpecPayloadsRoundTrip(t *testing.T) {
	t.Parallel()
	for _, w := range webhooks(t) {
		t.Run(w.Command, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, w.RequestExamples)
			for _, body := range w.RequestExamples {
				e, err := callback.Decode(w.Command, body)
				require.NoError(t, err)
				text, err := callback.Encode(e)
				require.NoError(t, err)
				carried(t, w.Command, body, text)

				again, err := callback.Decode(w.Command, text)
				require.NoError(t, err)
				e.Metadata().Raw, again.Metadata().Raw = nil, nil
				e.Metadata().CallbackCommand, again.Metadata().CallbackCommand = "", ""
				assert.Equal(t, e, again, "what is written is read as the same")
			}
		})
	}
}

// text is a JSON string with everything in it that an encoder might change.
const text = `"a\u0000\ud83d\ude00 <&> \"b\\"`

// probes are values of a documented type at its limits.
func probes(kind string) []string {
	var all []string
	for one := range strings.SplitSeq(kind, "|") {
		switch one {
		case "string", "bytes":
			all = append(all, text, `"4294967296123"`)
		case "int":
			all = append(all, "1", "2147483647")
		case "uint":
			all = append(all, "4294967295")
		case "bool":
			all = append(all, "true")
		case "float":
			all = append(all, "1.0000000000000002")
		case "any":
			all = append(all, text, "7")
		case "array<string>":
			all = append(all, "["+text+`,"x"]`)
		case "array<int>":
			all = append(all, "[1,2147483647]")
		case "object", "array<object>": // seen through their fields
		default:
			panic("no probe for " + one)
		}
	}
	return all
}

// bodyWith returns a body with value at a documented path, and nothing else.
func bodyWith(path, value string) string {
	for _, part := range slices.Backward(strings.Split(path, ".")) {
		name, list := strings.CutSuffix(part, "[]")
		if list {
			value = "[" + value + "]"
		}
		value = fmt.Sprintf("{%q:%s}", name, value)
	}
	return value
}

func TestSpecFieldsAreCarried(t *testing.T) {
	t.Parallel()
	for _, w := range webhooks(t) {
		t.Run(w.Command, func(t *testing.T) {
			t.Parallel()
			for _, field := range w.Request {
				for _, probe := range probes(field.Type) {
					switch field.Path {
					case "CallbackCommand":
						probe = `"` + w.Command + `"`
					case "EventTime":
						probe = strings.Replace(probe, text, `"1741589712001"`, 1)
					}
					body := []byte(bodyWith(field.Path, probe))
					e, err := callback.Decode(w.Command, body)
					if !assert.NoError(t, err, "%s", body) {
						continue
					}
					out, err := callback.Encode(e)
					require.NoError(t, err)
					carried(t, w.Command, body, out)
				}
			}
		})
	}
}

// The type of an answer carries every documented field of it.
func TestSpecAnswersAreCarried(t *testing.T) {
	t.Parallel()
	for _, w := range webhooks(t) {
		if w.Kind != "before" {
			continue
		}
		t.Run(w.Command, func(t *testing.T) {
			t.Parallel()
			e, err := callback.Decode(w.Command, []byte("{}"))
			require.NoError(t, err)
			allow, ok := reflect.TypeOf(e).MethodByName("Allow")
			require.True(t, ok)
			answer := func(body []byte) []byte {
				v := reflect.New(allow.Type.Out(0))
				require.NoError(t, json.Unmarshal(body, v.Interface()), "%s", body)
				text, err := json.Marshal(v.Interface())
				require.NoError(t, err)
				return text
			}
			require.NotEmpty(t, w.ResponseExamples)
			for _, body := range w.ResponseExamples {
				carried(t, w.Command, body, answer(body))
			}
			for _, field := range w.Response {
				for _, probe := range probes(field.Type) {
					body := []byte(bodyWith(field.Path, probe))
					carried(t, w.Command, body, answer(body))
				}
			}
		})
	}
}

// Every documented code of an answer is given by the method of that name.
func TestSpecEveryAnswerCanBeGiven(t *testing.T) {
	t.Parallel()
	for _, w := range webhooks(t) {
		if w.Kind != "before" {
			continue
		}
		e, err := callback.Decode(w.Command, w.RequestExamples[0])
		require.NoError(t, err)
		give := func(method string, args ...any) map[string]string {
			m := reflect.ValueOf(e).MethodByName(method)
			if !assert.True(t, m.IsValid(), "%s has no %s", w.Command, method) {
				return nil
			}
			in := make([]reflect.Value, len(args))
			for i, arg := range args {
				in[i] = reflect.ValueOf(arg)
			}
			out, err := json.Marshal(m.Call(in)[0].Interface())
			require.NoError(t, err)
			return leavesOf(t, out)
		}
		for _, answer := range w.Answers {
			switch code := strings.Trim(string(answer.Code), `"`); code {
			case "0":
				assert.Equal(t, "0", give("Allow")["errorcode"], w.Command)
			case "1":
				got := give("Reject", "why")
				assert.Equal(t, "1", got["errorcode"], w.Command)
				assert.Equal(t, "why", got["errorinfo"], w.Command)
			case "2":
				assert.Equal(t, "2", give("Drop")["errorcode"], w.Command)
			case "38000-39000": // of each user
				for _, end := range []int{38000, 39000} {
					got := give("RejectAll", end, "why")
					assert.Equal(t, "0", got["errorcode"], w.Command)
					assert.Equal(t, strconv.Itoa(end), got["resultitem[0].resultcode"], w.Command)
					assert.Equal(t, "why", got["resultitem[0].resultinfo"], w.Command)
				}
			default:
				from, to, found := strings.Cut(code, "-")
				require.True(t, found, code)
				for _, end := range []string{from, to} {
					n, err := strconv.Atoi(end)
					require.NoError(t, err)
					got := give("RejectCode", n, "why")
					assert.Equal(t, end, got["errorcode"], w.Command)
					assert.Equal(t, "why", got["errorinfo"], w.Command)
				}
			}
		}
		for _, field := range w.Response {
			if field.Path == "MsgBody" {
				m := reflect.ValueOf(e).MethodByName("Rewrite")
				assert.True(t, m.IsValid(), "%s has no Rewrite", w.Command)
			}
		}
	}
}
