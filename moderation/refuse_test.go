package moderation_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	type call = func(c *moderation.Client) error
	one := func(content moderation.Content) call {
		return func(c *moderation.Client) error { return second(c.Moderate(ctx, moderation.C2C, content)) }
	}
	batch := func(contents ...moderation.Content) call {
		return func(c *moderation.Client) error { return second(c.ModerateBatch(ctx, moderation.C2C, contents)) }
	}
	add := func(words ...moderation.Keyword) call {
		return func(c *moderation.Client) error { return c.AddCloudKeywords(ctx, lib, words) }
	}
	local := func(words ...moderation.LocalKeyword) call {
		return func(c *moderation.Client) error { return c.AddLocalKeywords(ctx, words) }
	}
	long := moderation.Content{ContentType: moderation.Text, Content: strings.Repeat("x", 8193)}
	audio := moderation.Content{ContentType: moderation.Audio, Content: "https://a.example.com"}
	for name, tc := range map[string]struct {
		field, reason string
		call          call
	}{
		"no name": {"AuditName", "is empty", func(c *moderation.Client) error {
			return second(c.Moderate(ctx, "", text))
		}},
		"no type":       {"ContentType", "is empty", one(moderation.Content{Content: "x"})},
		"no content":    {"Content", "is empty", one(moderation.Content{ContentType: moderation.Image})},
		"not UTF-8":     {"Content", "UTF-8", one(moderation.Content{ContentType: moderation.Image, Content: "\xff"})},
		"long":          {"Content", "8193 bytes, at most 8192", one(long)},
		"batch: none":   {"Contents", "is empty", batch()},
		"batch: many":   {"Contents", "11 items, at most 10", batch(slices.Repeat([]moderation.Content{text}, 11)...)},
		"batch: long":   {"Contents[1].Content", "8193 bytes", batch(text, long)},
		"batch: audio":  {"Contents[1].ContentType", "is Audio", batch(text, audio)},
		"batch: noname": {"AuditName", "is empty", func(c *moderation.Client) error { return second(c.ModerateBatch(ctx, "", nil)) }},
		"libraries below": {"Limit", "is -1", func(c *moderation.Client) error {
			return second(c.LibraryPage(ctx, "", -1))
		}},
		"libraries above": {"Limit", "is 101, at most 100", func(c *moderation.Client) error {
			return second(c.LibraryPage(ctx, "", 101))
		}},
		"libraries elsewhere": {"Offset", "is not a cursor", func(c *moderation.Client) error {
			return second(c.LibraryPage(ctx, "x", 1))
		}},
		"cloud of no library": {"LibID", "is empty", func(c *moderation.Client) error {
			return second(conform.Drain(c.CloudKeywords(ctx, "")))
		}},
		"cloud above": {"Limit", "is 101", func(c *moderation.Client) error {
			return second(c.CloudKeywordPage(ctx, lib, "", 101))
		}},
		"local above": {"Limit", "is 101", func(c *moderation.Client) error {
			return second(c.LocalKeywordPage(ctx, "", 101))
		}},
		"add to none": {"LibID", "is empty", func(c *moderation.Client) error {
			return c.AddCloudKeywords(ctx, "", []moderation.Keyword{{Content: "x"}})
		}},
		"add none":       {"UserKeywords", "is empty", add()},
		"add many":       {"UserKeywords", "11 items", add(make([]moderation.Keyword, 11)...)},
		"add empty":      {"UserKeywords[1].Content", "is empty", add(moderation.Keyword{Content: "x"}, moderation.Keyword{})},
		"add twice":      {"UserKeywords[1]", "is named twice", add(moderation.Keyword{Content: "x"}, moderation.Keyword{Content: "x"})},
		"delete of none": {"LibID", "is empty", func(c *moderation.Client) error { return second(c.DeleteCloudKeywords(ctx, "", nil)) }},
		"delete none": {"Keywords", "is empty", func(c *moderation.Client) error {
			return second(c.DeleteCloudKeywords(ctx, lib, nil))
		}},
		"delete empty": {"Keywords[1]", "is empty", func(c *moderation.Client) error {
			return second(c.DeleteCloudKeywords(ctx, lib, []string{"x", ""}))
		}},
		"local none":  {"LocalAuditWords", "is empty", local()},
		"local empty": {"LocalAuditWords[1].Keyword", "is empty", local(bad, moderation.LocalKeyword{})},
		"local twice": {"LocalAuditWords[1]", "is named twice", local(bad, moderation.LocalKeyword{Keyword: "badword", WordType: 1})},
		"local without WordType": {
			"LocalAuditWords[1].WordType", "is not set", local(bad, moderation.LocalKeyword{Keyword: "x", FilterType: 2}),
		},
		"local without FilterType": {
			"LocalAuditWords[1].FilterType", "is not set", local(bad, moderation.LocalKeyword{Keyword: "x", WordType: 2}),
		},
		"local delete many": {"LocalAuditWords", "11 items", func(c *moderation.Client) error {
			return c.DeleteLocalKeywords(ctx, make([]moderation.LocalKeyword, 11))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{}`}
			err := tc.call(moderation.NewClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			argument, _ := errors.AsType[*restapi.ArgumentError](err)
			assert.Equal(t, tc.field, argument.Field)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.NotEmpty(t, argument.Command.Name)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
	require.NoError(t, one(moderation.Content{ContentType: moderation.Text, Content: long.Content[1:]})(
		moderation.NewClient(&conform.Recorder{Answer: `{}`})))
}
