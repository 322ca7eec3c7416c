package push_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func codesOf[R interface{ Err() error }](t *testing.T, results []R, err error) (codes []restapi.Code) {
	t.Helper()
	require.NoError(t, err)
	for _, r := range results {
		var failed *restapi.Error
		if r.Err() == nil {
			failed = new(restapi.Error)
		} else {
			require.ErrorAs(t, r.Err(), &failed)
		}
		codes = append(codes, failed.Code)
	}
	return codes
}

func TestDocumentedAnswers(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	three := []string{"ben", "ana", "nobody"}

	pushed, results, err := answering(t, push.CommandBatch, 2).PushTo(ctx, []string{"ben", "ana", "ben"}, news())
	assert.Equal(t, []restapi.Code{70107, 0, 70107}, codesOf(t, results, err))
	assert.Equal(t, "batch_667015d4_537529d8_2000005e80aa873_d03ac87_56f5e751", pushed.TaskID)

	attrs, err := answering(t, push.CommandGetAttr, 0).GetAttrs(ctx, three)
	assert.Equal(t, []restapi.Code{0, 0, 70107}, codesOf(t, attrs, err))
	assert.Empty(t, attrs[0].Attrs)
	assert.Equal(t, push.AttrsResult{UserID: "ana", Attrs: map[string]string{"sex": "f", "city": "Bern"}}, attrs[1])
	assert.Equal(t, "nobody", attrs[2].UserID)

	tags, err := answering(t, push.CommandGetTag, 0).GetTags(ctx, append(three, "eve"))
	require.ErrorIs(t, tags[3].Err(), restapi.ErrBadResponse, "it is left out")
	assert.Equal(t, []restapi.Code{0, 0, 70107, 0}, codesOf(t, tags, err))
	assert.Equal(t, []string{"a", "b"}, tags[1].Tags)

	names, err := answering(t, push.CommandGetAttrName, 0).GetAttrNames(ctx)
	require.NoError(t, err)
	assert.Equal(t, push.AttrNames{0: {Name: "sex"}, 1: {Name: "city", Type: push.AttrTypeRegistrationID}}, names)

	results, err = answering(t, push.CommandSetAttr, 1).SetAttrs(ctx, userAttrs)
	assert.Equal(t, []restapi.Code{0, restapi.CodePushAttributeAccountType}, codesOf(t, results, err))
	results, err = answering(t, push.CommandRemoveTag, 1).RemoveTags(ctx, userTags)
	assert.Equal(t, []restapi.Code{70107, 0}, codesOf(t, results, err))
	results, err = answering(t, push.CommandAddTag, 1).AddTags(ctx, userTags)
	require.Error(t, restapi.Join(results, err), "one who was not asked for has failed")
}

func TestDocumentedStatistics(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	const task = "66e1a0b2_1c2d3e4f_300000ab_77"
	all, err := answering(t, push.CommandAllMemberPushStatistics, 0).Statistics(ctx, []string{"other", task}, day, day)
	require.NoError(t, err)
	require.ErrorIs(t, all[0].Err(), restapi.ErrBadResponse)
	assert.Equal(t, push.Statistics{
		TaskID: task, Counts: push.Counts{900, 840, 310, 41},
		PlatformStatistics: []push.PlatformStatistics{{EventType: 1, PushPlatform: 1, Counts: push.Counts{400, 380, 120, 9}}},
	}, all[1])
	normal, err := answering(t, push.CommandNormalPushStatistics, 0).NormalStatistics(ctx, day, day)
	require.NoError(t, err)
	assert.Equal(t, push.Counts{5100, 4200, 900, 77}, normal.Counts)

	losses, err := answering(t, push.CommandAllMemberPushLoss, 0).Losses(ctx, []string{task}, day, day)
	require.NoError(t, restapi.Join(losses, err))
	assert.Equal(t, []push.Loss{{"-2", 60, "no token uploaded"}}, losses[0].ReadyToSendLoss)
	assert.Equal(t, []push.PlatformLoss{{1, 1, push.Loss{"410", 12, "Unregistered"}}}, losses[0].PlatformPostSendDeliveredLoss)

	traces, err := answering(t, push.CommandAllMemberPushTrace, 0).Trace(ctx, task, "ana")
	require.NoError(t, err)
	require.Len(t, traces, 1)
	assert.Equal(t, "80112233", traces[0].InstanceID)
	assert.True(t, bool(traces[0].LastActiveTerminal))
	assert.Equal(t, "2025-09-20 09:20:41", traces[0].OfflinePushStat.ClickStat.EventTime)
}

// The page does not say where the lists of this answer are.
func TestNormalLossesWherever(t *testing.T) {
	t.Parallel()
	const list = `{"PostSendDeliveredLoss":[{"ErrCode":"410","ErrCount":12}]}`
	for _, answer := range []string{
		list, `{"Results":` + list + `}`, `{"Results":[` + list + `]}`, `{"Results":[],` + list[1:],
	} {
		got, err := push.NewClient(&conform.Recorder{Answer: answer}).NormalLosses(t.Context(), day, day)
		require.NoError(t, err, answer)
		assert.Equal(t, push.Losses{PostSendDeliveredLoss: []push.Loss{{ErrCode: "410", ErrCount: 12}}}, got, answer)
	}
	_, err := push.NewClient(&conform.Recorder{Answer: `{"Results":7}`}).NormalLosses(t.Context(), day, day)
	require.Error(t, err)
}

func TestDocumentedTasks(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	utc := func(text string) time.Time {
		at, err := time.Parse(time.DateTime, text)
		require.NoError(t, err)
		return at
	}
	info, err := answering(t, push.CommandGetSchedTask, 0).ScheduledTask(ctx, 2200113344)
	require.NoError(t, err)
	assert.Equal(t, utc("2026-11-20 10:00:00"), info.CreateAt)
	assert.Equal(t, utc("2026-12-01 08:30:00"), info.SchedAt)
	assert.Equal(t, push.TaskPending, info.Status)
	assert.Equal(t, push.Everybody(), info.Content.Condition, "what was read can be sent")
	assert.Equal(t, "Snow", info.Content.OfflinePushInfo.Title)
	page, err := answering(t, push.CommandListSchedTask, 0).ScheduledTaskPage(ctx, query, "", 0)
	require.NoError(t, err)
	assert.Equal(t, restapi.Page[push.TaskInfo]{Items: []push.TaskInfo{info}, Total: 1}, page)
	id, err := answering(t, push.CommandAddSchedTask, 0).AddScheduledTask(ctx, scheduled())
	require.NoError(t, err)
	assert.Equal(t, uint64(2200113344), id)

	c := push.NewClient(&conform.Recorder{Answer: `{"TaskInfo":{"Type":"Tag","SchedAt":"","Content":{"From_Account":700,"Condition":{"TagsNot":["a"]}}}}`})
	info, err = c.ScheduledTask(ctx, 1)
	require.NoError(t, err)
	assert.True(t, info.SchedAt.IsZero())
	assert.Equal(t, push.TaskContent{FromAccount: "700", Condition: push.Condition{TagsNot: []string{"a"}}}, info.Content)
	for _, bad := range []string{`"soon"`, `{}`} {
		c = push.NewClient(&conform.Recorder{Answer: `{"TaskInfo":{"SchedAt":` + bad + `}}`})
		require.Error(t, second(c.ScheduledTask(ctx, 1)), bad)
	}
}

func TestPagesOfTasks(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	for answer, next := range map[string]restapi.Cursor{
		`{"Total":42,"Tasks":[{},{}]}`: "22", `{"Total":22,"Tasks":[{},{}]}`: "", `{"Total":42,"Tasks":[]}`: "",
		`{"Total":-1,"Tasks":[{}]}`: "",
	} {
		r := &conform.Recorder{Answer: answer}
		page, err := push.NewClient(r).ScheduledTaskPage(ctx, query, "20", 2)
		require.NoError(t, err)
		assert.Equal(t, next, page.Next, answer)
		assert.Contains(t, r.Body, `"Offset":20,"Want":2`)
	}
}
