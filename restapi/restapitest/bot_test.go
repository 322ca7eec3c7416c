package restapitest_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/bot"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

const helper = "@RBT#helper"

func TestBots(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	c, ctx := bot.NewClient(srv.Client()), t.Context()
	all, err := c.GetAll(ctx)
	require.NoError(t, err)
	assert.Empty(t, all)
	robot := bot.Robot{UserID: helper, Nick: "Helper", FaceURL: "https://example.com/h.png", SelfSignature: "ask me"}
	require.NoError(t, c.Create(ctx, robot))
	robot.Nick = "Aid"
	require.NoError(t, c.Create(ctx, robot), "no second one")
	items, ok := srv.Profile(helper)
	assert.True(t, ok)
	assert.Equal(t, profile.Items{
		profile.Nick.To("Aid"), profile.AvatarURL.To("https://example.com/h.png"), profile.Signature.To("ask me"),
	}, items)
	for i := range bot.MaxRobots - 1 {
		require.NoError(t, c.Create(ctx, bot.Robot{UserID: "@RBT#" + strconv.Itoa(i)}))
	}
	require.ErrorIs(t, c.Create(ctx, bot.Robot{UserID: "@RBT#x"}), restapi.CodeGroupInvalidRequest)
	require.NoError(t, c.Create(ctx, robot), "one of the twenty")
	require.NoError(t, c.Delete(ctx, "@RBT#7"))
	require.ErrorIs(t, c.Delete(ctx, "@RBT#7"), restapi.CodeGroupInvalidParameter)
	_, ok = srv.Profile("@RBT#7")
	assert.True(t, ok, "the account stays")
	deleted, err := account.NewClient(srv.Client()).Delete(ctx, []string{"@RBT#8"})
	require.NoError(t, restapi.Join(deleted, err))
	all, err = c.GetAll(ctx)
	require.NoError(t, err)
	assert.Len(t, all, 18)
	assert.NotContains(t, all, "@RBT#7")
	assert.NotContains(t, all, "@RBT#8")
}

// What users say to a bot reaches the backend, which answers piece by piece.
func TestABotAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		ann := srv.User("ann")
		srv.AddAccount("bob")
		c, ctx := bot.NewClient(srv.Client()), t.Context()
		require.NoError(t, c.Create(ctx, bot.Robot{UserID: helper, Nick: "Helper"}))
		m, err := ann.Send(helper, words("what is the weather?"), restapitest.CloudCustomData("lang=en"))
		require.NoError(t, err)
		_, err = message.NewClient(srv.Client()).Send(ctx, helper, message.Message{
			FromAccount: "bob", MsgBody: words("and tomorrow?"),
			ForbidCallbackControl: []message.ForbidCallback{message.ForbidBeforeSendMsgCallback, message.ForbidAfterSendMsgCallback},
		})
		require.NoError(t, err)
		require.NoError(t, ann.With(helper).Signal("typing"))
		require.ErrorIs(t, ann.With("bob").Signal("typing"), restapi.CodeMessageReceiverNotFound)
		srv.Wait()
		var got []string
		for _, d := range srv.Deliveries() {
			e, err := callback.Decode(d.Command, d.Body)
			require.NoError(t, err)
			switch e := e.(type) {
			case *callback.BotOnC2CMessage:
				got = append(got, fmt.Sprint(e.FromAccount, " to ", e.ToAccount, ": ", e.MsgBody.Text(), " ", e.CloudCustomData))
				assert.Equal(t, e.FromAccount == "ann", e.MsgKey == m.MsgKey)
				assert.Equal(t, e.FromAccount == "ann", e.MsgID == m.MsgID)
			case *callback.ChatbotOnC2CSignalMessage:
				got = append(got, fmt.Sprint(e.FromAccount, " to ", e.ToAccount, ": ", e.Data))
			}
		}
		assert.Equal(t, []string{
			"ann to @RBT#helper: what is the weather? lang=en", "bob to @RBT#helper: and tomorrow? ", "ann to @RBT#helper: typing",
		}, got)

		told := len(srv.Deliveries())
		key, err := c.SendStream(ctx, helper, "ann", bot.StreamMsg{Chunk: "Sunny, "})
		require.NoError(t, err)
		for _, piece := range []bot.StreamMsg{{Chunk: "25 "}, {Chunk: "degrees."}, {Finish: true}} {
			piece.MsgKey = key
			same, err := c.SendStream(ctx, helper, "ann", piece)
			require.NoError(t, err)
			assert.Equal(t, key, same)
		}
		srv.Wait()
		assert.Len(t, srv.Deliveries(), told, "no webhook is documented")
		var shown []string
		for _, n := range ann.Inbox() {
			shown = append(shown, fmt.Sprintf("%s %q", n.Kind, n.Text))
		}
		assert.Equal(t, []string{`Message ""`, `Edited "25 "`, `Edited "degrees."`, `Edited ""`}, shown)
		answer := ann.With(helper).Messages()[1]
		assert.Equal(t, key, answer.MsgKey)
		require.Len(t, answer.Body, 1)
		var pieces []string
		for i, chunk := range answer.Body[0].(*message.StreamElem).Chunks {
			pieces = append(pieces, chunk.Markdown)
			assert.EqualValues(t, i+1, chunk.Index)
			assert.Equal(t, i == 3, chunk.IsLast)
		}
		assert.Equal(t, "Sunny, 25 degrees.", strings.Join(pieces, ""))
	})
}

func TestPiecesOfABotThatAreRefused(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob")
	c, ctx := bot.NewClient(srv.Client()), t.Context()
	for _, id := range []string{helper, "@RBT#other"} {
		require.NoError(t, c.Create(ctx, bot.Robot{UserID: id}))
	}
	begin := func() string {
		key, err := c.SendStream(ctx, helper, "ann", bot.StreamMsg{Chunk: "x"})
		require.NoError(t, err)
		return key
	}
	key, finished, recalled := begin(), begin(), begin()
	require.NoError(t, second(c.SendStream(ctx, helper, "ann", bot.StreamMsg{Chunk: "x", MsgKey: finished, Finish: true})))
	require.NoError(t, message.NewClient(srv.Client()).Recall(ctx, helper, "ann", recalled))
	whole, err := c.SendStream(ctx, helper, "ann", bot.StreamMsg{Chunk: "all at once", Finish: true})
	require.NoError(t, err)
	for name, tc := range map[string]struct {
		from, to string
		piece    bot.StreamMsg
	}{
		"no such bot":        {"@RBT#none", "ann", bot.StreamMsg{Chunk: "x"}},
		"no such user":       {helper, "nobody", bot.StreamMsg{Chunk: "x"}},
		"no such message":    {helper, "ann", bot.StreamMsg{Chunk: "x", MsgKey: "1_2_3"}},
		"another's message":  {"@RBT#other", "ann", bot.StreamMsg{Chunk: "x", MsgKey: key}},
		"to another user":    {helper, "bob", bot.StreamMsg{Chunk: "x", MsgKey: key}},
		"after the last":     {helper, "ann", bot.StreamMsg{Chunk: "x", MsgKey: finished}},
		"after the only one": {helper, "ann", bot.StreamMsg{Chunk: "x", MsgKey: whole}},
		"recalled":           {helper, "ann", bot.StreamMsg{Chunk: "x", MsgKey: recalled}},
		"too long":           {helper, "ann", bot.StreamMsg{Chunk: string(make([]byte, 128<<10)), MsgKey: key}},
	} {
		_, err := c.SendStream(ctx, tc.from, tc.to, tc.piece)
		require.ErrorIs(t, err, restapi.CodeGroupInvalidParameter, name)
	}
	got := post(t, srv, bot.CommandSendStreamMsg, `{"From_Account":"@RBT#helper","To_Account":"ann","Chunk":""}`)
	assert.Equal(t, restapi.CodeGroupInvalidParameter, got.ErrorCode)
	got = post(t, srv, bot.CommandCreateRobot, `{"UserID":"@RBT#x","Nick":"`+fmt.Sprintf("%0501d", 1)+`"}`)
	assert.Equal(t, restapi.CodeGroupInvalidParameter, got.ErrorCode)
	require.NoError(t, c.Delete(ctx, helper))
	goOn := func() error { return second(c.SendStream(ctx, helper, "ann", bot.StreamMsg{Chunk: "x", MsgKey: key})) }
	require.ErrorIs(t, goOn(), restapi.CodeGroupInvalidParameter)
	require.NoError(t, c.Create(ctx, bot.Robot{UserID: helper}))
	require.ErrorIs(t, goOn(), restapi.CodeGroupInvalidParameter, "what it was saying has ended with it")
}

// Who is not to be disturbed gets no push.
func TestDoNotDisturb(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		ann := srv.User("ann")
		bob := srv.User("bob", restapitest.WithPushToken(callback.PushPlatformAPNs))
		require.NoError(t, bob.Background(true))
		c, ctx := account.NewClient(srv.Client()), t.Context()
		pushed := func() (n int) {
			_, err := ann.Send("bob", words("hi"))
			require.NoError(t, err)
			for _, notice := range bob.Inbox() {
				if notice.Kind == restapitest.NoticePush {
					n++
				}
			}
			return n
		}
		assert.Equal(t, 1, pushed())
		night := account.DoNotDisturb{StartTime: time.Now(), EndTime: time.Now().Add(8 * time.Hour), Level: 1}
		require.NoError(t, c.SetDoNotDisturb(ctx, "bob", night))
		assert.Equal(t, 1, pushed())
		time.Sleep(8 * time.Hour)
		assert.Equal(t, 2, pushed())
		time.Sleep(17 * time.Hour)
		assert.Equal(t, 3, pushed(), "once")
		night.IsRepeated = true
		require.NoError(t, c.SetDoNotDisturb(ctx, "bob", night))
		assert.Equal(t, 3, pushed(), "the next night, an hour after its begin")
		time.Sleep(8 * time.Hour)
		assert.Equal(t, 4, pushed())
		night.StartTime, night.EndTime = night.StartTime.Add(48*time.Hour), night.StartTime.Add(24*time.Hour+10*time.Hour)
		require.NoError(t, c.SetDoNotDisturb(ctx, "bob", night))
		assert.Equal(t, 4, pushed(), "the hours of a day count")
		require.ErrorIs(t, c.SetDoNotDisturb(ctx, "nobody", night), restapi.CodeAccountNotFound)
	})
}
