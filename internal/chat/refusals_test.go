package chat_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// refusals are the documented refusals of the commands of one service: each is in one of the three lists, or holds for
// every command.
type refusals struct {
	// Refused are those that a request brings about.
	Refused []refusal `json:"refused"`
	// Trouble are those of a service that is in trouble, by command: only FailNext brings them about.
	Trouble map[string][]restapi.Code `json:"trouble"`
	// Unreachable are those that nothing but FailNext brings about here though a request does at the vendor's.
	Unreachable []struct {
		pair

		Why string `json:"why"`
	} `json:"unreachable"`

	files int
}

type pair struct {
	Command string       `json:"command"`
	Code    restapi.Code `json:"code"`
}

// refusal is a request that is refused with the code, or has it as the code of an item.
type refusal struct {
	pair

	Seed    []json.RawMessage          `json:"seed"`    // lines of a snapshot
	Many    many                       `json:"many"`    // more lines
	Request map[string]json.RawMessage `json:"request"` // the body
	Raw     string                     `json:"raw"`     // the body where it is not an object
	Repeat  string                     `json:"repeat"`  // a list of the body whose one element is there Times times
	Times   int                        `json:"times"`
}

// many are lines of a snapshot that are there Times times, each time with another number in the place of #.
type many struct {
	Times int               `json:"times"`
	Seed  []json.RawMessage `json:"seed"`
}

func (m many) lines() (lines []json.RawMessage) {
	for i := range m.Times {
		for _, line := range m.Seed {
			lines = append(lines, bytes.ReplaceAll(line, []byte("#"), strconv.AppendInt(nil, int64(i), 10)))
		}
	}
	return lines
}

func (r refusal) body(tb testing.TB) string {
	tb.Helper()
	if r.Raw != "" {
		return r.Raw
	}
	if r.Repeat != "" {
		var list []json.RawMessage
		require.NoError(tb, json.Unmarshal(r.Request[r.Repeat], &list))
		all, err := json.Marshal(slices.Repeat(list, r.Times))
		require.NoError(tb, err)
		r.Request[r.Repeat] = all
	}
	body, err := json.Marshal(r.Request)
	require.NoError(tb, err)
	return string(body)
}

// isGate says whether a code holds for every command: those for URL, UserSig and rate, and for who is no administrator.
func isGate(row *chat.Row, code restapi.Code) bool {
	return code/1000 == 60 || code/100 == 700 || code == row.Admin
}

func TestEveryRefusal(t *testing.T) {
	t.Parallel()
	commands, err := spec.Commands()
	require.NoError(t, err)
	files := map[string]*refusals{}
	left := map[pair]bool{}
	gate, rows := 0, 0
	a := newApp(t, nil)
	for _, doc := range commands {
		row, ok := a.Row(doc.Path)
		if !ok {
			continue
		}
		rows++
		if files[row.Cmd.Service] == nil {
			files[row.Cmd.Service] = readRefusals(t, row.Cmd.Service)
		}
		for _, e := range doc.Errors {
			if code := restapi.Code(e.Code); isGate(row, code) {
				gate++
			} else {
				left[pair{doc.Name(), code}] = true
			}
		}
	}
	take := func(p pair) {
		assert.True(t, left[p], "%v: it is not documented, or is in two lists", p)
		delete(left, p)
	}
	refused, trouble, unreachable, read := 0, 0, 0, 0
	for _, file := range files {
		read += file.files
		for _, r := range file.Refused {
			take(r.pair)
			refused++
			t.Run(fmt.Sprintf("%s %d", r.Command, int(r.Code)), r.provoke)
		}
		for command, codes := range file.Trouble {
			for _, code := range codes {
				take(pair{command, code})
				trouble++
			}
		}
		for _, u := range file.Unreachable {
			assert.NotEmpty(t, u.Why)
			take(u.pair)
			unreachable++
		}
	}
	for p := range left {
		t.Errorf("%s %d is in no list", p.Command, int(p.Code))
	}
	t.Logf("%d commands: %d refusals of requests, %d of trouble, %d unreachable, %d of every command",
		rows, refused, trouble, unreachable, gate)
	entries, err := os.ReadDir("testdata/refusals")
	require.NoError(t, err)
	assert.Len(t, entries, read, "a file for a service that is not there")
}

// readRefusals reads what there is of a service: its file, and for one with many commands a file for each of its parts,
// such as group_open_http_svc-counters.json.
func readRefusals(tb testing.TB, service string) *refusals {
	tb.Helper()
	all := &refusals{Trouble: map[string][]restapi.Code{}}
	for _, pattern := range []string{".json", "-*.json"} {
		names, err := filepath.Glob("testdata/refusals/" + service + pattern)
		require.NoError(tb, err)
		for _, name := range names {
			data, err := os.ReadFile(name)
			require.NoError(tb, err)
			decoder := json.NewDecoder(bytes.NewReader(data))
			decoder.DisallowUnknownFields()
			var r refusals
			require.NoError(tb, decoder.Decode(&r), name)
			all.files++
			all.Refused = append(all.Refused, r.Refused...)
			all.Unreachable = append(all.Unreachable, r.Unreachable...)
			for command, codes := range r.Trouble {
				all.Trouble[command] = append(all.Trouble[command], codes...)
			}
		}
	}
	require.NotZero(tb, all.files, service)
	return all
}

func (r refusal) provoke(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil)
	seed := bytes.NewBufferString(`{"format":"tencentchat-local","version":1}`)
	for _, line := range slices.Concat(r.Seed, r.Many.lines()) {
		seed.WriteByte('\n')
		require.NoError(t, json.Compact(seed, line))
	}
	require.NoError(t, a.Restore(seed))
	before := snapshot(t, a)
	row, ok := a.Row("v4/" + r.Command)
	require.True(t, ok)
	reply, err := a.Do(t.Context(), row, request(a, r.body(t)))
	reply.Release()
	if code := codeOf(err); code != 0 {
		assert.Equal(t, r.Code, code, "%v", err)
		assert.Equal(t, before, snapshot(t, a), "what is refused changes nothing")
		return
	}
	answer, err := json.Marshal(reply.Result)
	require.NoError(t, err)
	assert.Regexp(t, fmt.Sprintf(`"(ResultCode|ErrorCode|RetCode|Code)":%d[,}]`, int(r.Code)), string(answer))
}
