package bot_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/bot"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const helper, key = "@RBT#my_bot", "606781340_3986845397_1700000000"

func second[T any](_ T, err error) error { return err }

func TestRequestsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	type calls = []func(c *bot.Client) error
	for _, tc := range []struct {
		cmd   restapi.Command
		calls calls // in the order of the documented requests
	}{
		{bot.CommandCreateRobot, calls{
			func(c *bot.Client) error { return c.Create(ctx, bot.Robot{UserID: "@RBT#001"}) },
			func(c *bot.Client) error {
				return c.Create(ctx, bot.Robot{
					UserID: "@RBT#002", Nick: "Ada", FaceURL: "https://img.example.com/ada.png", SelfSignature: "ask me",
				})
			},
		}},
		{bot.CommandDeleteRobot, calls{func(c *bot.Client) error { return c.Delete(ctx, "@RBT#001") }}},
		{bot.CommandGetAllRobots, calls{func(c *bot.Client) error { return second(c.GetAll(ctx)) }}},
		{bot.CommandSendStreamMsg, calls{
			func(c *bot.Client) error {
				return second(c.SendStream(ctx, helper, "ana", bot.StreamMsg{Chunk: "good "}))
			},
			func(c *bot.Client) error {
				return second(c.SendStream(ctx, helper, "ana", bot.StreamMsg{Chunk: "evening", MsgKey: key, Finish: true}))
			},
		}},
	} {
		t.Run(tc.cmd.Name, func(t *testing.T) {
			t.Parallel()
			doc := conform.Documented(t, tc.cmd)
			require.Len(t, doc.RequestExamples, len(tc.calls))
			for i, call := range tc.calls {
				r := &conform.Recorder{Answer: string(doc.ResponseExamples[0])}
				require.NoError(t, call(bot.NewClient(r)))
				assert.Equal(t, tc.cmd, r.Command)
				assert.JSONEq(t, string(doc.RequestExamples[i]), r.Body)
			}
		})
	}
}

func TestWhatAnswersSay(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	r := &conform.Recorder{Answer: `{"Robot_Account":["@RBT#001","@RBT#002"],"MsgKey":"` + key + `"}`}
	c := bot.NewClient(r)
	all, err := c.GetAll(ctx)
	require.NoError(t, err)
	assert.Equal(t, []string{"@RBT#001", "@RBT#002"}, all)
	got, err := c.SendStream(ctx, helper, "ana", bot.StreamMsg{Finish: true, MsgKey: "1_2_3"})
	require.NoError(t, err)
	assert.Equal(t, key, got)
	assert.JSONEq(t, `{"From_Account":"`+helper+`","To_Account":"ana","Chunk":"","MsgKey":"1_2_3","Finish":1}`, r.Body)

	r.Answer = `{}`
	got, err = c.SendStream(ctx, helper, "ana", bot.StreamMsg{Chunk: "x", MsgKey: key})
	require.NoError(t, err)
	assert.Equal(t, key, got, "the next piece goes on")
	require.NoError(t, second(c.SendStream(ctx, helper, "ana", bot.StreamMsg{Chunk: "x", Finish: true})))
	_, err = c.SendStream(ctx, helper, "ana", bot.StreamMsg{Chunk: "x"})
	require.ErrorIs(t, err, restapi.ErrBadResponse, "the next piece would begin another message")
	r.Err = errors.New("down")
	require.ErrorIs(t, second(c.GetAll(ctx)), r.Err)
	require.ErrorIs(t, second(c.SendStream(ctx, helper, "ana", bot.StreamMsg{Chunk: "x"})), r.Err)
}

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	long := strings.Repeat("x", 501)
	type call = func(c *bot.Client) error
	create := func(r bot.Robot) call { return func(c *bot.Client) error { return c.Create(ctx, r) } }
	stream := func(from, to string, piece bot.StreamMsg) call {
		return func(c *bot.Client) error { return second(c.SendStream(ctx, from, to, piece)) }
	}
	for name, tc := range map[string]struct {
		field, reason string
		call          call
	}{
		"create none":          {"UserID", "is empty", create(bot.Robot{})},
		"create a user":        {"UserID", "begin with @RBT#", create(bot.Robot{UserID: "ana"})},
		"create a long ID":     {"UserID", "at most 32", create(bot.Robot{UserID: "@RBT#" + long[:28]})},
		"create, nickname":     {"Nick", "at most 500", create(bot.Robot{UserID: helper, Nick: long})},
		"create, avatar":       {"FaceUrl", "UTF-8", create(bot.Robot{UserID: helper, FaceURL: "\xff"})},
		"create, signature":    {"SelfSignature", "at most 500", create(bot.Robot{UserID: helper, SelfSignature: long})},
		"delete a user":        {"Robot_Account", "begin with", func(c *bot.Client) error { return c.Delete(ctx, "ana") }},
		"stream from a user":   {"From_Account", "begin with", stream("ana", "ben", bot.StreamMsg{Chunk: "x"})},
		"stream to nobody":     {"To_Account", "is empty", stream(helper, "", bot.StreamMsg{Chunk: "x"})},
		"stream nothing":       {"Chunk", "is empty, and", stream(helper, "ana", bot.StreamMsg{MsgKey: key})},
		"stream nothing ever":  {"MsgKey", "is empty, and", stream(helper, "ana", bot.StreamMsg{Finish: true})},
		"stream no text":       {"Chunk", "UTF-8", stream(helper, "ana", bot.StreamMsg{Chunk: "\xff"})},
		"stream with long key": {"MsgKey", "at most 50", stream(helper, "ana", bot.StreamMsg{Chunk: "x", MsgKey: long})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{}
			err := tc.call(bot.NewClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			argument, _ := errors.AsType[*restapi.ArgumentError](err)
			assert.Equal(t, tc.field, argument.Field)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
	text := strings.Repeat("x", 500)
	require.NoError(t, bot.NewClient(&conform.Recorder{}).Create(ctx, bot.Robot{
		UserID: "@RBT#" + text[:27], Nick: text, FaceURL: text, SelfSignature: text,
	}))
}
