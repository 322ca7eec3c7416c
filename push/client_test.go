package push_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// answering returns a client of a service that answers every call with the documented answer of that number.
func answering(tb testing.TB, cmd restapi.Command, example int) *push.Client {
	tb.Helper()
	return push.NewClient(&conform.Recorder{Answer: string(conform.Documented(tb, cmd).ResponseExamples[example])})
}

func numbered(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = "u" + strconv.Itoa(i)
	}
	return ids
}

func second[T any](_ T, err error) error { return err }

// A sampled is what a documented request has of a message and of a task.
type sampled struct {
	message.Message

	Condition push.Condition
	MsgRandom uint32
	Content   struct {
		FromAccount     string   `json:"From_Account"`
		ToAccount       []string `json:"To_Account"`
		Condition       push.Condition
		OfflinePushInfo *message.OfflinePushInfo
	}
}

func sampleOf(t *testing.T, sample json.RawMessage) (s sampled) {
	t.Helper()
	require.NoError(t, json.Unmarshal(sample, &s))
	s.Message.MsgRandom = s.MsgRandom
	return s
}

func (s *sampled) content() push.TaskContent {
	c := s.Content
	return push.TaskContent{
		FromAccount: c.FromAccount, ToAccount: c.ToAccount, Condition: c.Condition, OfflinePushInfo: c.OfflinePushInfo,
	}
}

// asSent is a documented request as it is sent for the app of a Recorder: without what says nothing.
func asSent(t *testing.T, sample json.RawMessage) string {
	t.Helper()
	var want map[string]any
	require.NoError(t, json.Unmarshal(sample, &want))
	if want["OnlineOnlyFlag"] == float64(0) {
		delete(want, "OnlineOnlyFlag")
	}
	if want["Sdkappid"] != nil {
		want["Sdkappid"] = 1400000000
	}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	return string(text)
}

func TestRequestsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	type call = func(c restapi.Caller, s sampled) error
	newer := func(do func(c *push.Client, s sampled) error) call {
		return func(c restapi.Caller, s sampled) error { return do(push.NewClient(c), s) }
	}
	older := func(do func(c *push.AllMemberClient, s sampled) error) call {
		return func(c restapi.Caller, s sampled) error { return do(push.NewAllMemberClient(c), s) }
	}
	pushes := newer(func(c *push.Client, s sampled) error { return second(c.Push(ctx, s.Condition, s.Message)) })
	member := older(func(c *push.AllMemberClient, s sampled) error {
		return second(c.Push(ctx, s.Condition, s.Message))
	})
	everybody := newer(func(c *push.Client, s sampled) error { return second(c.Push(ctx, push.Everybody(), s.Message)) })
	pushTo := func(to []string, opts ...push.PushToOption) call {
		return newer(func(c *push.Client, s sampled) error {
			_, _, err := c.PushTo(ctx, to, s.Message, opts...)
			return err
		})
	}
	city := func(userID string, city string) push.UserAttrs {
		return push.UserAttrs{ToAccount: userID, Attrs: map[string]string{"city": city}}
	}
	ana := push.UserAttrs{ToAccount: "ana", Attrs: map[string]string{"sex": "f", "city": "Bern"}}
	ab := push.UserTags{ToAccount: "ana", Tags: []string{"a", "b", "a"}}
	names := push.AttrNames{0: {Name: "sex"}, 1: {Name: "city"}, 2: {Name: "country"}}
	gone := []push.UserAttrNames{{ToAccount: "ana", Attrs: []string{"sex", "city"}}, {ToAccount: "ben", Attrs: []string{"sex"}}}
	many := []string{"ana", "ben", "ana"}
	at := func(text string) time.Time {
		moment, err := time.Parse(time.DateTime, text)
		require.NoError(t, err)
		return moment.In(time.FixedZone("", 8*3600)).Add(999 * time.Millisecond)
	}
	from, to := time.Unix(1757894400, 999), time.Unix(1758412800, 0)
	for _, tc := range []struct {
		cmd     restapi.Command
		example int
		call    call
	}{
		{push.CommandPush, 0, everybody},
		{push.CommandPush, 1, pushes},
		{push.CommandPush, 2, pushes},
		{push.CommandPush, 3, pushes},
		{push.CommandPush, 4, pushes},
		{push.CommandBatch, 0, pushTo(many)},
		{push.CommandBatch, 1, pushTo([]string{"379C2F0D-290D-47AE-94D1-000000000001"}, push.WithDataID("campaign-7"))},
		{push.CommandRevoke, 0, newer(func(c *push.Client, _ sampled) error {
			return c.Revoke(ctx, "660cc447_537ed82a_200000cd7ee17f5_84035729_bc614e")
		})},
		{push.CommandRevoke, 1, newer(func(c *push.Client, s sampled) error {
			return c.Revoke(ctx, "660cc447_537ed82a_200000cd7ee17f5_84035729_bc614e", push.WithOfflinePushInfo(*s.OfflinePushInfo))
		})},
		{push.CommandSetAttrName, 0, newer(func(c *push.Client, _ sampled) error { return c.SetAttrNames(ctx, names) })},
		{push.CommandSetAttrName, 1, newer(func(c *push.Client, _ sampled) error {
			return c.SetAttrNames(ctx, push.AttrNames{0: {Name: "sex"}, 1: {Name: "city", Type: push.AttrTypeRegistrationID}})
		})},
		{push.CommandGetAttrName, 0, newer(func(c *push.Client, _ sampled) error { return second(c.GetAttrNames(ctx)) })},
		{push.CommandSetAttr, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.SetAttrs(ctx, []push.UserAttrs{ana, city("ben", "Graz")}))
		})},
		{push.CommandGetAttr, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.GetAttrs(ctx, append(many, "nobody")))
		})},
		{push.CommandRemoveAttr, 0, newer(func(c *push.Client, _ sampled) error { return second(c.RemoveAttrs(ctx, gone)) })},
		{push.CommandAddTag, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.AddTags(ctx, []push.UserTags{ab, {ToAccount: "ben", Tags: []string{"c"}}}))
		})},
		{push.CommandAddTag, 1, newer(func(c *push.Client, _ sampled) error {
			return second(c.AddTags(ctx, []push.UserTags{
				{ToAccount: "379C2F0D-290D-47AE-94D1-000000000001", Tags: []string{"gold"}},
			}, push.WithReplace()))
		})},
		{push.CommandGetTag, 0, newer(func(c *push.Client, _ sampled) error { return second(c.GetTags(ctx, many)) })},
		{push.CommandRemoveTag, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.RemoveTags(ctx, []push.UserTags{ab}))
		})},
		{push.CommandClearAllTags, 0, newer(func(c *push.Client, _ sampled) error { return second(c.ClearAllTags(ctx, many)) })},
		{push.CommandAllMemberPushStatistics, 0, newer(func(c *push.Client, _ sampled) error {
			const a, b = "66e1a0b2_1c2d3e4f_300000ab_77", "66e1a0b2_1c2d3e4f_300000ab_78"
			return second(c.Statistics(ctx, []string{a, b, a}, from, time.Unix(1758585600, 0)))
		})},
		{push.CommandAllMemberPushLoss, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.Losses(ctx, []string{"66e1a0b2_1c2d3e4f_300000ab_77"}, from, to))
		})},
		{push.CommandAllMemberPushTrace, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.Trace(ctx, "66e1a0b2_1c2d3e4f_300000ab_77", "ana"))
		})},
		{push.CommandNormalPushStatistics, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.NormalStatistics(ctx, from, time.Unix(1758585600, 0)))
		})},
		{push.CommandNormalPushLoss, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.NormalLosses(ctx, time.Unix(1758326400, 0), to))
		})},
		{push.CommandNormalPushTrace, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.NormalTrace(ctx, "144115231986459423-1758330902-4012345678"))
		})},
		{push.CommandAddSchedTask, 0, newer(func(c *push.Client, s sampled) error {
			return second(c.AddScheduledTask(ctx, push.ScheduledTask{SchedAt: at("2099-12-01 08:30:00"), Content: s.content()}))
		})},
		{push.CommandAddSchedTask, 1, newer(func(c *push.Client, s sampled) error {
			return second(c.AddScheduledTask(ctx, push.ScheduledTask{SchedAt: at("2099-12-01 08:30:00"), Content: s.content()}))
		})},
		{push.CommandModifySchedTask, 0, newer(func(c *push.Client, _ sampled) error {
			return c.ModifyScheduledTask(ctx, 2200113344, push.ScheduledTask{Type: push.TaskAll, SchedAt: at("2099-12-02 08:30:00")})
		})},
		{push.CommandModifySchedTask, 1, newer(func(c *push.Client, s sampled) error {
			content := s.content()
			content.Condition = push.Everybody()
			return c.ModifyScheduledTask(ctx, 2200113344, push.ScheduledTask{Content: content})
		})},
		{push.CommandDeleteSchedTask, 0, newer(func(c *push.Client, _ sampled) error {
			return c.DeleteScheduledTask(ctx, 2200113344, push.TaskAll)
		})},
		{push.CommandGetSchedTask, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.ScheduledTask(ctx, 2200113344))
		})},
		{push.CommandListSchedTask, 0, newer(func(c *push.Client, _ sampled) error {
			return second(c.ScheduledTaskPage(ctx, push.TaskQuery{
				BeginTime: at("2026-11-01 00:00:00"), EndTime: at("2026-12-01 00:00:00"), Keyword: "snow",
			}, "", 0))
		})},
		{push.CommandIMPush, 0, older(func(c *push.AllMemberClient, s sampled) error {
			return second(c.Push(ctx, push.Everybody(), s.Message))
		})},
		{push.CommandIMPush, 1, older(func(c *push.AllMemberClient, s sampled) error {
			return second(c.Push(ctx, s.Condition, s.Message, push.WithLifeTime(2*time.Minute)))
		})},
		{push.CommandIMPush, 2, member},
		{push.CommandIMPush, 3, member},
		{push.CommandIMPush, 4, member},
		{push.CommandIMSetAttrName, 0, older(func(c *push.AllMemberClient, _ sampled) error { return c.SetAttrNames(ctx, names) })},
		{push.CommandIMGetAttrName, 0, older(func(c *push.AllMemberClient, _ sampled) error { return second(c.GetAttrNames(ctx)) })},
		{push.CommandIMSetAttr, 0, older(func(c *push.AllMemberClient, _ sampled) error {
			return c.SetAttrs(ctx, []push.UserAttrs{ana, city("ben", "Graz")})
		})},
		{push.CommandIMGetAttr, 0, older(func(c *push.AllMemberClient, _ sampled) error {
			return second(c.GetAttrs(ctx, append(many, "nobody")))
		})},
		{push.CommandIMRemoveAttr, 0, older(func(c *push.AllMemberClient, _ sampled) error { return c.RemoveAttrs(ctx, gone) })},
		{push.CommandIMAddTag, 0, older(func(c *push.AllMemberClient, _ sampled) error {
			return c.AddTags(ctx, []push.UserTags{ab, {ToAccount: "ben", Tags: []string{"c"}}})
		})},
		{push.CommandIMGetTag, 0, older(func(c *push.AllMemberClient, _ sampled) error { return second(c.GetTags(ctx, many)) })},
		{push.CommandIMRemoveTag, 0, older(func(c *push.AllMemberClient, _ sampled) error {
			return c.RemoveTags(ctx, []push.UserTags{ab})
		})},
		{push.CommandIMRemoveAllTags, 0, older(func(c *push.AllMemberClient, _ sampled) error { return c.ClearAllTags(ctx, many) })},
	} {
		t.Run(tc.cmd.Name+" "+strconv.Itoa(tc.example), func(t *testing.T) {
			t.Parallel()
			doc := conform.Documented(t, tc.cmd)
			want := doc.RequestExamples[tc.example]
			r := &conform.Recorder{Answer: string(doc.ResponseExamples[0])}
			require.NoError(t, tc.call(r, sampleOf(t, want)))
			assert.Equal(t, tc.cmd, r.Command)
			assert.JSONEq(t, asSent(t, want), r.Body)
		})
	}
}

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	r := &conform.Recorder{Err: down}
	for _, row := range append(pushRows(), userRows()...) {
		got, err := row.Call(t.Context(), r)
		require.ErrorIs(t, err, down, row.Command.Name)
		switch got := got.(type) {
		case push.Pushed:
			assert.Equal(t, push.Pushed{MsgRandom: 4012345678}, got, "what was tried")
		case []any:
			assert.Equal(t, push.Pushed{MsgRandom: 4012345678}, got[0])
			assert.Empty(t, got[1])
		default:
			assert.Empty(t, got, row.Command.Name)
		}
	}
}

func TestTheLargestCallsPass(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c, all := push.NewClient(&conform.Recorder{Answer: `{}`}), numbered(push.MaxUsers)
	_, results, err := c.PushTo(ctx, numbered(push.MaxReceivers), news())
	require.NoError(t, restapi.Join(results, err))
	assert.Len(t, results, 500)
	ten := numbered(push.MaxTags)
	_, err = c.Push(ctx, push.Condition{TagsOr: ten, TagsNot: ten}, news())
	require.NoError(t, err)
	results, err = c.ClearAllTags(ctx, all)
	require.NoError(t, restapi.Join(results, err))
	results, err = c.AddTags(ctx, []push.UserTags{{ToAccount: "ana", Tags: numbered(push.MaxReplacedTags)}, {ToAccount: "ben"}}, push.WithReplace())
	require.NoError(t, restapi.Join(results, err))
	require.NoError(t, second(c.GetTags(ctx, all)))
	names := push.AttrNames{}
	for i := range push.MaxAttrs {
		names[i] = push.AttrName{Name: strconv.Itoa(i)}
	}
	require.NoError(t, c.SetAttrNames(ctx, names))
	require.NoError(t, second(c.Statistics(ctx, numbered(push.MaxTasks), day, day)))
	require.NoError(t, second(push.NewAllMemberClient(&conform.Recorder{Answer: `{}`}).
		Push(ctx, push.Everybody(), withBody(), push.WithLifeTime(message.MaxLifeTime))))
}

// What is drawn differs, is never 0, and is what was sent.
func TestMsgRandomIsDrawn(t *testing.T) {
	t.Parallel()
	m := withBody()
	m.MsgRandom = 0
	seen := map[uint32]bool{}
	r := &conform.Recorder{Answer: `{"TaskId":"t"}`}
	for _, call := range []func() (push.Pushed, error){
		func() (push.Pushed, error) { return push.NewClient(r).Push(t.Context(), push.Everybody(), m) },
		func() (push.Pushed, error) { return push.NewAllMemberClient(r).Push(t.Context(), push.Everybody(), m) },
		func() (push.Pushed, error) {
			m := m
			m.MsgBody = nil
			pushed, _, err := push.NewClient(r).PushTo(t.Context(), []string{"ana"}, m)
			return pushed, err
		},
	} {
		pushed, err := call()
		require.NoError(t, err)
		assert.Equal(t, "t", pushed.TaskID)
		assert.NotZero(t, pushed.MsgRandom)
		assert.False(t, seen[pushed.MsgRandom])
		seen[pushed.MsgRandom] = true
		assert.Contains(t, r.Body, `"MsgRandom":`+strconv.FormatUint(uint64(pushed.MsgRandom), 10))
	}
}
