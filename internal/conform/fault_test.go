package conform_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A shade writes itself, and forgets what a lamp needs.
type shade struct{ Form, Colour string }

func (s shade) MarshalJSON() ([]byte, error) { return []byte(`{"Form":"` + s.Form + `"}`), nil }

func TestWhatIsNotAsDocumentedIsReported(t *testing.T) {
	t.Parallel()
	type call = func(ctx context.Context, c *Client) (any, error)
	// sends is a method that sends req and wants no answer.
	sends := func(req any) call {
		return func(ctx context.Context, c *Client) (any, error) { return nil, c.Get(ctx, req, nil) }
	}
	type items struct {
		Item []struct {
			batch.Status

			LampID string
		}
	}
	asks := func(ctx context.Context, c *Client, resp any) error {
		return c.Get(ctx, struct{ LampID []string }{[]string{"red", "blue"}}, resp)
	}
	lampIDs := fields("LampID array<string>!")
	itemFields := fields("Item array<object>!", "Item[].LampID string!", "Item[].ResultCode int!",
		"Item[].ResultInfo string!")
	for name, tc := range map[string]struct {
		getCase

		want []string
	}{
		"a field that is decoded and dropped": {getCase{
			answer: fields("Level uint", "Name string!"),
			call: func(ctx context.Context, c *Client) (any, error) {
				var resp struct {
					Level int
					Name  string
				}
				err := c.Get(ctx, nil, &resp)
				return resp.Name, err
			},
		}, []string{"answer Level is not in what is returned: its values are not there"}},
		"a field that is returned in an unexported field": {getCase{
			answer: fields("Name string!"),
			call: func(ctx context.Context, c *Client) (any, error) {
				var resp struct{ Name string }
				err := c.Get(ctx, nil, &resp)
				return struct{ name string }{resp.Name}, err
			},
		}, []string{"answer Name is not in what is returned: its values are not there"}},
		"a flag that is dropped": {getCase{
			answer: fields("On int!", "Lit bool"),
			call: func(ctx context.Context, c *Client) (any, error) {
				var resp struct {
					On  int
					Lit bool
				}
				err := c.Get(ctx, nil, &resp)
				return resp.Lit, err
			},
		}, []string{"answer On is not in what is returned: its values are not there"}},
		"one type of two": {getCase{
			answer: fields("ID string|uint"),
			call: func(ctx context.Context, c *Client) (any, error) {
				var resp struct{ ID string }
				err := c.Get(ctx, nil, &resp)
				return resp.ID, err
			},
		}, []string{"answer ID is not in what is returned: the call fails: json: cannot unmarshal number into Go struct " +
			"field .ID of type string"}},
		"a number that loses bits": {getCase{
			answer: fields("Seq uint!"),
			call: func(ctx context.Context, c *Client) (any, error) {
				var resp struct{ Seq uint64 }
				err := c.Get(ctx, nil, &resp)
				return uint16(resp.Seq), err
			},
		}, []string{"answer Seq is not in what is returned: [1701000401] arrives as another value"}},
		"only the first of a list": {getCase{
			answer: fields("Names array<object>!", "Names[].Name string!"),
			call: func(ctx context.Context, c *Client) (any, error) {
				var resp struct{ Names []struct{ Name string } }
				err := c.Get(ctx, nil, &resp)
				return resp.Names[0], err
			},
		}, []string{"answer Names[].Name is not in what is returned: its values are not there"}},
		"a failure of an item that is hidden": {getCase{
			request: lampIDs, answer: itemFields,
			call: func(ctx context.Context, c *Client) (any, error) {
				var resp items
				err := asks(ctx, c, &resp)
				var ids []string
				for _, item := range resp.Item {
					ids = append(ids, item.LampID)
				}
				return ids, err
			},
		}, []string{
			"answer Item[].ResultCode is not in what is returned: its values are not there",
			"answer Item[].ResultInfo is not in what is returned: its values are not there",
		}},
		"the error of another command": {getCase{
			request: lampIDs, answer: itemFields,
			call: func(ctx context.Context, c *Client) (any, error) {
				var resp items
				err := asks(ctx, c, &resp)
				results := map[string]restapi.Outcome{}
				for _, item := range resp.Item {
					results[item.LampID] = item.Outcome(restapi.Command{Service: "lamps", Name: "lamp_set"})
				}
				return results, err
			},
		}, []string{"an item of Client.Get fails with an error of lamps/lamp_set"}},
		"a misspelt tag of an answer": {getCase{
			answer: fields("Level uint!"),
			call: func(ctx context.Context, c *Client) (any, error) {
				var resp struct {
					Level uint `json:"Leval"`
				}
				err := c.Get(ctx, nil, &resp)
				return resp, err
			},
		}, []string{
			"answer Leval is a Go field that is not documented", "answer Level is carried by no field of a Go type",
		}},
		"a misspelt tag below a list of a request": {getCase{
			request: fields("Lamps array<object>", "Lamps[].Level uint"),
			call: sends(struct {
				Lamps []struct {
					Level uint `json:"Leval,omitempty"`
				}
			}{}),
		}, []string{
			"Client.Get sends {\"Lamps\":null}: Lamps: has the wrong type: null in place of array<object>",
			"request Lamps[].Leval is a Go field that is not documented",
			"request Lamps[].Level is carried by no field of a Go type",
		}},
		"a field that no argument sets": {getCase{
			request: fields("Room string", "Level uint", "Names array<string>"),
			call: sends(struct {
				Room  string
				Level uint `json:",omitempty"`
				Names []string
			}{Names: []string{}}),
		}, []string{
			"request Room is not in a body that is sent", "request Level is not in a body that is sent",
			"request Names is not in a body that is sent",
		}},
		"a field that a type with its own JSON forgets": {getCase{
			request: fields("Shade object", "Shade.Form string", "Shade.Colour string"),
			call:    sends(struct{ Shade shade }{shade{"round", "red"}}),
		}, []string{"request Shade.Colour is not in a body that is sent"}},
		"two fields mixed up": {getCase{
			request: fields("Room string", "House string"),
			call:    sends(struct{ Room, House string }{"House", "h"}),
		}, []string{`request Room is sent as "House"`}},
		"a wrong type": {getCase{
			request: fields("Level uint"), call: sends(struct{ Level string }{"1"}),
		}, []string{`Client.Get sends {"Level":"1"}: Level: has the wrong type: string in place of uint`}},
		"a required field that is left out": {getCase{
			request: lampIDs, call: sends(struct {
				LampID []string `json:",omitempty"`
			}{}),
		}, []string{
			"Client.Get sends {}: LampID: is missing", "request LampID is not in a body that is sent",
		}},
		"another context": {getCase{
			call: func(_ context.Context, c *Client) (any, error) {
				return nil, c.Get(context.Background(), nil, nil)
			},
		}, []string{"Client.Get calls with a context that is not the caller's"}},
		"another command": {getCase{
			call: func(ctx context.Context, c *Client) (any, error) {
				return nil, c.Call(ctx, restapi.Command{Service: "lamps", Name: "lamp_set"}, nil, nil)
			},
		}, []string{
			"no method of the package calls it", " calls lamps/lamp_set", "Client.Get has no row",
		}},
		"a call that fails": {getCase{
			call: func(context.Context, *Client) (any, error) { return nil, restapi.ErrInvalidArgument },
		}, []string{"the call fails: invalid argument", "Client.Get has no row"}},
		"nothing is called": {getCase{
			call: func(context.Context, *Client) (any, error) { return nil, nil },
		}, []string{"nothing is called", "Client.Get has no row"}},
		"a hint of nothing": {getCase{
			call: sends(nil), hints: map[string]any{"Next": 1},
		}, []string{"the hint Next is not of a documented field"}},
		"an exception that is needed": {getCase{
			request: fields("Room string"), call: sends(nil),
			exceptions: []conform.Exception{{Command: lamp, Request: "Room", Reason: "lamps are everywhere"}},
		}, nil},
		"exceptions that are not needed, or not explained": {getCase{
			request: fields("Room string", "House string"), call: sends(struct{ Room string }{"hall"}),
			exceptions: []conform.Exception{
				{Command: lamp, Request: "Room", Reason: "it was"}, {Command: lamp, Request: "House"},
			},
		}, []string{"request Room: the exception is not needed", "request House: the exception has no reason"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want []string
			for _, fault := range tc.want {
				want = append(want, "lamps/lamp_get: "+fault)
			}
			assert.Equal(t, want, tc.report(t).faults)
		})
	}
}

func TestTheCommandItselfIsCompared(t *testing.T) {
	t.Parallel()
	docs := []spec.Command{
		{
			Path: "v4/lamps/slow", PerSecond: 1, Doc: []string{"https://example.com/slow"},
			Go:         spec.Go{Package: "conform", Methods: []string{"Client.Poor", "Client.Other"}},
			Idempotent: spec.Idempotent{Value: true, Why: "it reads"},
		},
		{Path: "v4/lamps/new", Go: spec.Go{Package: "conform"}},
		{Path: "v4/lamps/later", Go: spec.Go{Package: "conform"}},
	}
	poor := func(cmd restapi.Command) conform.Row {
		return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return nil, (&Client{c}).Poor(ctx, cmd)
		}}
	}
	r := &tb{ctx: t.Context()}
	conform.AreaOf(r, "conform", docs, []conform.Row{
		poor(restapi.Command{Service: "lamps", Name: "slow", PerSecond: 200}),
		poor(restapi.Command{Service: "lamps", Name: "nowhere"}),
	}, []conform.Exception{
		{Command: restapi.Command{Service: "lamps", Name: "later"}, Reason: "it comes later"},
		{Command: restapi.Command{Service: "lamps", Name: "slow"}, Reason: "it has a row"},
	})
	assert.Equal(t, []string{
		"lamps/slow: is called 200 times a second, documented are 1",
		"lamps/slow: Idempotent is false, the spec says otherwise: it reads",
		"lamps/slow: the comment of Client.Poor does not name the vendor's page, such as https://example.com/slow",
		"lamps/slow: the comment of Client.Poor does not name its rate, one call a second",
		"lamps/slow: Client.Other has no row",
		"lamps/new: the command has no row",
		"v4/lamps/nowhere: the spec knows no such command of conform",
		"lamps/slow: the command: the exception is not needed",
	}, r.faults)
	assert.Equal(t, []string{
		"lamps/later: the command: except it comes later", "conform: 3 commands, 2 rows, 2 exceptions",
	}, r.logs)
}
