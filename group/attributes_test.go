package group_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
)

func TestAttributesAndCountersAreSentAsDocumented(t *testing.T) {
	t.Parallel()
	type c = *group.Client
	type call = func(context.Context, *group.Client) error
	const live = "@TGS#aH5LIVE01"
	sendsTheSamples(t, []sampled{
		{group.CommandGetGroupAttr, []call{
			func(ctx context.Context, c c) error { return second(c.Attributes.Get(ctx, live)) },
		}},
		{group.CommandSetGroupAttr, []call{
			func(ctx context.Context, c c) error {
				return c.Attributes.Set(ctx, live, map[string]string{"seat_1": "ozan", "host": "mira"})
			},
		}},
		{group.CommandModifyGroupAttr, []call{
			func(ctx context.Context, c c) error {
				return c.Attributes.Modify(ctx, live, map[string]string{"host": "ozan", "seat_1": ""})
			},
		}},
		{group.CommandDeleteGroupAttr, []call{
			func(ctx context.Context, c c) error {
				return c.Attributes.Delete(ctx, live, "seat_1", "seat_2", "seat_1")
			},
		}},
		{group.CommandClearGroupAttr, []call{
			func(ctx context.Context, c c) error { return c.Attributes.Clear(ctx, live) },
		}},
		{group.CommandGetGroupCounter, []call{
			func(ctx context.Context, c c) error { return second(c.Counters.Get(ctx, live)) },
			func(ctx context.Context, c c) error {
				return second(c.Counters.Get(ctx, live, "like", "unlike", "like"))
			},
		}},
		{group.CommandUpdateGroupCounter, []call{
			func(ctx context.Context, c c) error {
				return second(c.Counters.Update(ctx, live, group.CounterIncrease, map[string]int64{"like": 1}))
			},
			func(ctx context.Context, c c) error {
				return second(c.Counters.Update(ctx, live, group.CounterSet, map[string]int64{"unlike": 1, "like": 0}))
			},
		}},
		{group.CommandDeleteGroupCounter, []call{
			func(ctx context.Context, c c) error { return c.Counters.Delete(ctx, live, "like", "unlike", "like") },
			func(ctx context.Context, c c) error { return c.Counters.Clear(ctx, live) },
		}},
	})
}

// attrsOf are n attributes with the same value.
func attrsOf(n int, value string) map[string]string {
	attrs := make(map[string]string, n)
	for _, key := range numbered(n) {
		attrs[key] = value
	}
	return attrs
}

func TestAttributesAndCountersThatAreRefused(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	long := strings.Repeat("x", 4001)
	refusals := map[string]refusal{
		"set none":   {"GroupAttr", "is empty", func(c *group.Client) error { return c.Attributes.Set(ctx, team, nil) }},
		"delete key": {"GroupAttr[1].key", "is empty", func(c *group.Client) error { return c.Attributes.Delete(ctx, team, "a", "") }},
		"delete none": {"GroupAttr", "is empty", func(c *group.Client) error {
			return c.Attributes.Delete(ctx, team)
		}},
		"delete too many": {"GroupAttr", "17 items, at most 16", func(c *group.Client) error {
			return c.Attributes.Delete(ctx, team, numbered(17)...)
		}},
		"counter without a mode": {"Mode", "is empty", func(c *group.Client) error {
			return second(c.Counters.Update(ctx, team, "", map[string]int64{"like": 1}))
		}},
		"no counters": {"GroupCounter", "is empty", func(c *group.Client) error {
			return second(c.Counters.Update(ctx, team, group.CounterSet, nil))
		}},
		"too many counters": {"GroupCounter", "21 items, at most 20", func(c *group.Client) error {
			counters := map[string]int64{}
			for _, key := range numbered(21) {
				counters[key] = 1
			}
			return second(c.Counters.Update(ctx, team, group.CounterSet, counters))
		}},
		"counter without a name": {"GroupCounter[0].Key", "is empty", func(c *group.Client) error {
			return second(c.Counters.Update(ctx, team, group.CounterSet, map[string]int64{"": 1}))
		}},
		"counter with a long name": {"GroupCounter[0].Key", "129 bytes, at most 128", func(c *group.Client) error {
			return second(c.Counters.Update(ctx, team, group.CounterSet, map[string]int64{long[:129]: 1}))
		}},
		"get a counter without a name": {"GroupCounterKeys[1]", "is empty", func(c *group.Client) error {
			return second(c.Counters.Get(ctx, team, "a", ""))
		}},
		"delete no counters": {"GroupCounterKeys", "is empty", func(c *group.Client) error {
			return c.Counters.Delete(ctx, team)
		}},
	}
	for _, tc := range []struct {
		name, field, reason string
		attrs               map[string]string
	}{
		{"none", "GroupAttr", "is empty", map[string]string{}},
		{"17", "GroupAttr", "17 items, at most 16", attrsOf(17, "")},
		{"no key", "GroupAttr[0].key", "is empty", map[string]string{"": "x"}},
		{"long key", "GroupAttr[1].key", "33 bytes, at most 32", map[string]string{"a": "x", "b" + long[:32]: "x"}},
		{"long value", "GroupAttr[0].value", "4001 bytes, at most 4000", map[string]string{"a": long}},
		{"no text", "GroupAttr[0].value", "UTF-8", map[string]string{"a": "\xff"}},
		{"too much", "GroupAttr", "values of 20000 bytes, at most 16000", attrsOf(5, long[:4000])},
	} {
		refusals["set "+tc.name] = refusal{tc.field, tc.reason, func(c *group.Client) error {
			return c.Attributes.Set(ctx, team, tc.attrs)
		}}
		refusals["modify "+tc.name] = refusal{tc.field, tc.reason, func(c *group.Client) error {
			return c.Attributes.Modify(ctx, team, tc.attrs)
		}}
	}
	for name, call := range map[string]func(c *group.Client, groupID string) error{
		"attributes": func(c *group.Client, id string) error { return second(c.Attributes.Get(ctx, id)) },
		"set":        func(c *group.Client, id string) error { return c.Attributes.Set(ctx, id, attrsOf(1, "")) },
		"delete":     func(c *group.Client, id string) error { return c.Attributes.Delete(ctx, id, "a") },
		"clear":      func(c *group.Client, id string) error { return c.Attributes.Clear(ctx, id) },
		"counters":   func(c *group.Client, id string) error { return second(c.Counters.Get(ctx, id)) },
		"update": func(c *group.Client, id string) error {
			return second(c.Counters.Update(ctx, id, group.CounterSet, map[string]int64{"like": 1}))
		},
		"delete counter": func(c *group.Client, id string) error { return c.Counters.Delete(ctx, id, "a") },
		"clear counters": func(c *group.Client, id string) error { return c.Counters.Clear(ctx, id) },
	} {
		refusals[name+" of nothing"] = refusal{"GroupId", "is empty", func(c *group.Client) error { return call(c, "") }}
		refusals[name+" of a topic"] = refusal{"GroupId", "is a topic's", func(c *group.Client) error { return call(c, dyes) }}
	}
	testRefusals(t, refusals)
}

func TestAttributesAndCountersAreReadToTheLastBit(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := group.NewClient(&conform.Recorder{Answer: `{"GroupAttrAry":[{"key":"host","value":"mira"},{"key":"empty","value":""}],
		"GroupCounter":[{"Key":"most","Value":9223372036854775807},{"Key":"least","Value":"-9223372036854775808"}]}`})
	attrs, err := c.Attributes.Get(ctx, team)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"host": "mira", "empty": ""}, attrs)
	want := map[string]int64{"most": math.MaxInt64, "least": math.MinInt64}
	counters, err := c.Counters.Get(ctx, team)
	require.NoError(t, err)
	assert.Equal(t, want, counters)
	counters, err = c.Counters.Update(ctx, team, group.CounterDecrease, want)
	require.NoError(t, err)
	assert.Equal(t, want, counters)
}
