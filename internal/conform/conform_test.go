package conform_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var lamp = restapi.Command{Service: "lamps", Name: "lamp_get", PerSecond: 100}

// A Client is that of an area of lamps. What its methods send and read is up to each test.
type Client struct{ restapi.Caller }

// Get does as the test says. 100 calls
// a second and app.
//
// Vendor page: https://example.com/lamp_get
func (c *Client) Get(ctx context.Context, req, resp any) error { return c.Call(ctx, lamp, req, resp) }

// Poor has a comment without the page and the rate.
func (c *Client) Poor(ctx context.Context, cmd restapi.Command) error {
	return c.Call(ctx, cmd, nil, nil)
}

// A tb keeps what is reported.
type tb struct {
	ctx          context.Context
	faults, logs []string
}

func (*tb) Helper()                    {}
func (t *tb) Context() context.Context { return t.ctx }
func (t *tb) Errorf(format string, args ...any) {
	t.faults = append(t.faults, fmt.Sprintf(format, args...))
}

func (t *tb) Logf(format string, args ...any) { t.logs = append(t.logs, fmt.Sprintf(format, args...)) }

// fields are documented fields, each "path type", with "!" behind a required one.
func fields(all ...string) (docs []spec.Field) {
	for _, one := range all {
		one, required := strings.CutSuffix(one, "!")
		path, kind, _ := strings.Cut(one, " ")
		docs = append(docs, spec.Field{Path: path, Type: kind, Required: required})
	}
	return docs
}

type getCase struct {
	request, answer []spec.Field
	call            func(ctx context.Context, c *Client) (any, error)
	hints           map[string]any
	exceptions      []conform.Exception
}

func (tc getCase) report(t *testing.T) *tb {
	t.Helper()
	doc := spec.Command{
		Path: lamp.Path(), PerSecond: 100, Doc: []string{"https://example.com/lamp_get"},
		Request: tc.request, Response: tc.answer,
		Go: spec.Go{Package: "conform", Methods: []string{"Client.Get"}},
	}
	r := &tb{ctx: t.Context()}
	conform.AreaOf(r, "conform", []spec.Command{doc}, []conform.Row{{
		Command: lamp,
		Call:    func(ctx context.Context, c restapi.Caller) (any, error) { return tc.call(ctx, &Client{c}) },
		Hints:   tc.hints,
	}}, tc.exceptions)
	return r
}

type lampResult struct {
	restapi.Outcome

	LampID string
	Level  uint32
	Since  time.Time
	On     bool
	Tags   map[string]string
	Raw    json.RawMessage
}

type lampRequest struct {
	IDs  []string `json:"LampID"`
	Room string   `json:"Room"`
}

func (lampRequest) Query() url.Values { return url.Values{"Floor": {"3"}} }

func (r lampRequest) ForApp(sdkAppID uint64) any {
	return struct {
		lampRequest
		App uint64
	}{r, sdkAppID}
}

func TestWhatIsAsDocumentedPasses(t *testing.T) {
	t.Parallel()
	r := getCase{
		request: fields("LampID array<string>!", "Room string", "App uint", "Floor string"),
		answer: fields("LampItem array<object>!", "LampItem[].LampID string!", "LampItem[].ResultCode int!",
			"LampItem[].ResultInfo string", "LampItem[].Level uint!", "LampItem[].Since uint", "LampItem[].On int",
			"LampItem[].Tags object", "LampItem[].Tags.* string", "LampItem[].Raw string|uint|array<string>", "Next uint",
			"Broken array<string>", "Gone array<object>", "Gone[].LampID string"),
		hints: map[string]any{"Broken": conform.Asked("LampID")},
		call: func(ctx context.Context, c *Client) (any, error) {
			var resp struct {
				LampItem []struct {
					batch.Status

					LampID string
					Level  uint32
					Since  int64
					On     int
					Tags   map[string]string
					Raw    json.RawMessage
				}
				Next   uint64
				Broken []string
				Gone   []struct{ LampID string }
			}
			ids := []string{"red", "blue"}
			if err := c.Get(ctx, lampRequest{ids, "hall"}, &resp); err != nil {
				return nil, err
			}
			all := map[string]lampResult{}
			for _, row := range resp.LampItem {
				all[row.LampID] = lampResult{
					row.Outcome(lamp), row.LampID, row.Level, time.Unix(row.Since, 0), row.On == 1, row.Tags, row.Raw,
				}
			}
			for _, id := range resp.Broken {
				all[id] = lampResult{Outcome: restapi.Failed(errors.New("broken"))}
			}
			for _, gone := range resp.Gone {
				all[gone.LampID] = lampResult{Outcome: restapi.Failed(errors.New("gone"))}
			}
			return restapi.Page[lampResult]{
				Items: batch.Collate(ids, maps.All(all), func(string) lampResult { return lampResult{} }),
				Next:  restapi.Cursor(fmt.Sprint("from ", resp.Next)),
			}, nil
		},
	}.report(t)
	assert.Empty(t, r.faults)
	assert.Equal(t, []string{"conform: 1 commands, 1 rows, 0 exceptions"}, r.logs)
}

// drop takes a documented field out of a body.
func drop(v any, path string) {
	switch v := v.(type) {
	case []any:
		for _, elem := range v {
			drop(elem, path)
		}
	case map[string]any:
		name, below, deeper := strings.Cut(path, ".")
		switch name = strings.TrimSuffix(name, "[]"); {
		case deeper:
			drop(v[name], below)
		case name == "*":
			clear(v)
		default:
			delete(v, name)
		}
	}
}

// Answers can be made up for every command. What returns an answer as it came returns all of it, and what is dropped
// from one is missed.
func TestEveryFieldOfEveryCommandIsSeen(t *testing.T) {
	t.Parallel()
	docs, err := spec.Commands()
	require.NoError(t, err)
	for _, doc := range docs {
		shapes, err := shape.OfCommand(doc)
		require.NoError(t, err)
		service, name, _ := strings.Cut(doc.Name(), "/")
		cmd := restapi.Command{Service: service, Name: name, PerSecond: doc.PerSecond, Idempotent: doc.Idempotent.Value}
		without := func(paths ...string) (missed []string) {
			r := &tb{ctx: t.Context()}
			conform.AreaOf(r, "conform", []spec.Command{doc}, []conform.Row{{
				Command: cmd,
				Call: func(ctx context.Context, c restapi.Caller) (any, error) {
					var answer any
					err := c.Call(ctx, cmd, doc.RequestExamples[0], &answer)
					text, _ := json.Marshal(answer)
					for _, fault := range shapes.Answer.Check(text) {
						require.Equal(t, shape.Missing, fault.Kind, "%s: %s: %s", cmd, text, fault)
					}
					for _, path := range paths {
						drop(answer, path)
					}
					return answer, err
				},
			}}, nil)
			for _, fault := range r.faults {
				if path, ok := strings.CutPrefix(fault, cmd.String()+": answer "); ok {
					path, _, _ = strings.Cut(path, " ")
					missed = append(missed, path)
				}
			}
			return missed
		}
		require.Empty(t, without())
		n, halves := 0, [2][]string{} // each field is dropped once, while its neighbours are there
		shapes.Answer.Root.Walk(func(f *shape.Field) {
			if f.Fields == nil && !slices.Contains([]string{"ActionStatus", "ErrorCode", "ErrorInfo", "ErrorDisplay"}, f.Path) {
				halves[n%2] = append(halves[n%2], f.Path)
				n++
			}
		})
		for _, half := range halves {
			require.Equal(t, half, without(half...), cmd)
		}
	}
}

// All goes through all lamps. 100 calls a second and app.
//
// Vendor page: https://example.com/lamp_get
func (c *Client) All(ctx context.Context) iter.Seq2[string, error] {
	return batch.Pages(ctx, lamp, func(ctx context.Context, _ restapi.Cursor) (restapi.Page[string], error) {
		return restapi.Page[string]{}, c.Call(ctx, lamp, nil, nil)
	})
}

// A Part is what a client keeps its methods of one thing in: a value, and its receivers are values too.
type Part struct{ restapi.Caller }

// Get is as short as a method can be. 100 calls a second and app.
//
// Vendor page: https://example.com/lamp_get
func (p Part) Get(ctx context.Context) error { return p.Call(ctx, lamp, nil, nil) }

// All goes through all lamps. 100 calls a second and app.
//
// Vendor page: https://example.com/lamp_get
func (p Part) All(ctx context.Context) iter.Seq2[string, error] {
	return batch.Pages(ctx, lamp, func(ctx context.Context, _ restapi.Cursor) (restapi.Page[string], error) {
		return restapi.Page[string]{}, p.Call(ctx, lamp, nil, nil)
	})
}

// Poor has a comment without the page and the rate.
func (p Part) Poor(ctx context.Context) error { return p.Get(ctx) }

// The method is found for a client and for a part of one. The frames of an iterator are those of the function in
// another package that makes it.
func TestTheMethodIsFound(t *testing.T) {
	t.Parallel()
	first := func(list iter.Seq2[string, error]) error {
		_, err := conform.Drain(list)
		return err
	}
	for method, tc := range map[string]struct {
		call   func(context.Context, restapi.Caller) error
		faults []string
	}{
		"Client.All": {call: func(ctx context.Context, c restapi.Caller) error { return first((&Client{c}).All(ctx)) }},
		"Part.All":   {call: func(ctx context.Context, c restapi.Caller) error { return first(Part{c}.All(ctx)) }},
		"Part.Get":   {call: func(ctx context.Context, c restapi.Caller) error { return Part{c}.Get(ctx) }},
		"Part.Poor": {
			func(ctx context.Context, c restapi.Caller) error { return Part{c}.Poor(ctx) },
			[]string{
				"lamps/lamp_get: the comment of Part.Poor does not name the vendor's page, such as https://example.com/lamp_get",
				"lamps/lamp_get: the comment of Part.Poor does not name its rate, 100 calls a second",
			},
		},
	} {
		doc := spec.Command{
			Path: lamp.Path(), PerSecond: 100, Doc: []string{"https://example.com/lamp_get"},
			Go: spec.Go{Package: "conform", Methods: []string{method}},
		}
		r := &tb{ctx: t.Context()}
		conform.AreaOf(r, "conform", []spec.Command{doc}, []conform.Row{{
			Command: lamp,
			Call:    func(ctx context.Context, c restapi.Caller) (any, error) { return nil, tc.call(ctx, c) },
		}}, nil)
		assert.Equal(t, tc.faults, r.faults, method)
	}
}
