package restapitest_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// snow is a push from news.
func snow() message.Message {
	return message.Message{FromAccount: "news", OfflinePushInfo: &message.OfflinePushInfo{Title: "Snow", Desc: "30 cm"}}
}

// pushEvents are what the backend was told of pushes to several users.
func pushEvents(t *testing.T, srv *restapitest.Server) (events []string) {
	t.Helper()
	srv.Wait()
	for _, d := range srv.Deliveries() {
		if d.Command != "Push.AllMemberPush" {
			continue
		}
		require.NoError(t, d.Err)
		e, err := callback.Decode(d.Command, d.Body)
		require.NoError(t, err)
		for _, one := range e.(*callback.PushAllMemberPush).Events {
			text := fmt.Sprintf("%s %s: type %d stage %d", one.TaskID, one.ToAccount, one.EventType, one.PushStage)
			if one.ErrCode != 0 {
				text += fmt.Sprintf(" error %d", one.ErrCode)
			}
			events = append(events, text+" "+one.DataID)
		}
	}
	return events
}

// lastPush is the push that a device has shown last.
func lastPush(d *restapitest.Device) (p restapitest.Push) {
	for _, n := range d.Inbox() {
		if n.Kind == restapitest.NoticePush {
			p = n.Push
		}
	}
	return p
}

// One push from the call over the devices to the webhook, and what is counted of it.
func TestAPushFromEndToEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		srv.AddAccount("news", "cat")
		ann := srv.User("ann")
		bob := srv.User("bob", restapitest.WithPushToken(callback.PushPlatformFCM))
		require.NoError(t, bob.Background(true))
		c, ctx := push.NewClient(srv.Client()), t.Context()
		tagged, err := c.AddTags(ctx, []push.UserTags{
			{ToAccount: "ann", Tags: []string{"skiing"}},
			{ToAccount: "bob", Tags: []string{"skiing", "chess"}},
			{ToAccount: "cat", Tags: []string{"skiing"}},
			{ToAccount: "nobody", Tags: []string{"skiing"}},
		})
		assert.Equal(t, []restapi.Code{0, 0, 0, restapi.CodeAccountNotFound}, codes(t, tagged, err))

		start := time.Now()
		pushed, err := c.Push(ctx, push.Condition{TagsOr: []string{"skiing"}}, snow())
		require.NoError(t, err)
		assert.Equal(t, restapitest.Push{ID: lastPush(ann).ID, Title: "Snow", Desc: "30 cm", TaskID: pushed.TaskID}, lastPush(ann))
		require.NoError(t, bob.ClickPush(lastPush(bob)))
		require.NoError(t, ann.ClickPush(lastPush(ann)))
		id := pushed.TaskID
		assert.Equal(t, []string{
			id + " ann: type 2 stage 1 ", id + " bob: type 1 stage 1 ", id + " cat: type 1 stage 1 error -2 ",
			id + " bob: type 1 stage 2 ", id + " bob: type 1 stage 3 ", id + " ann: type 2 stage 3 ",
		}, pushEvents(t, srv))
		assert.Empty(t, ann.Conversations(), "it is not a message")

		stats, err := c.Statistics(ctx, []string{id, "x"}, start, start)
		require.NoError(t, err)
		require.ErrorIs(t, stats[1].Err(), restapi.ErrBadResponse)
		assert.Equal(t, push.Counts{TotalCount: 2, SentCount: 2, DeliveredCount: 2, ClickCount: 2}, stats[0].Counts)
		assert.Equal(t, 4, stats[0].PlatformStatistics[0].PushPlatform)
		lost, err := c.Losses(ctx, []string{id}, start, start)
		require.NoError(t, restapi.Join(lost, err))
		assert.Equal(t, []push.Loss{{ErrCode: "-2", ErrCount: 1, ErrInfo: "no token uploaded"}}, lost[0].ReadyToSendLoss)
		traces, err := c.Trace(ctx, id, "bob")
		require.NoError(t, err)
		require.Len(t, traces, 1)
		assert.Equal(t, 1, traces[0].OfflinePushStat.ClickStat.PushStatus)
		assert.Equal(t, "Android", traces[0].System)
		traces, err = c.Trace(ctx, id, "ann")
		require.NoError(t, err)
		require.Len(t, traces, 1)
		assert.Equal(t, "APNS", traces[0].System, "she is on line with iOS")
		traces, err = c.Trace(ctx, id, "cat")
		require.NoError(t, err)
		assert.Empty(t, traces)
	})
}

func TestAPushThatIsAMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		srv.AddAccount("news")
		ann, c, ctx := srv.User("ann"), push.NewClient(srv.Client()), t.Context()
		m := snow()
		m.MsgBody = message.Text("30 cm since yesterday")
		kept, err := c.Push(ctx, push.Everybody(), m)
		require.NoError(t, err)
		n := next(t, ann)
		assert.Equal(t, restapitest.NoticeMessage, n.Kind)
		assert.Equal(t, "30 cm since yesterday", n.Text)
		assert.Equal(t, 1, ann.Unread())
		m.OnlineOnlyFlag = true
		gone, err := c.Push(ctx, push.Everybody(), m)
		require.NoError(t, err)
		assert.Equal(t, restapitest.NoticeMessage, next(t, ann).Kind)
		assert.Len(t, ann.With("news").Messages(), 1)

		require.NoError(t, c.Revoke(ctx, kept.TaskID))
		assert.Equal(t, restapitest.NoticeRecalled, next(t, ann).Kind)
		assert.Zero(t, ann.Unread())
		require.ErrorIs(t, c.Revoke(ctx, kept.TaskID), restapi.CodePushAlreadyRevoked)
		require.ErrorIs(t, c.Revoke(ctx, gone.TaskID), restapi.CodePushRevokeInvalid)
		for _, d := range srv.Deliveries() {
			assert.NotContains(t, d.Command, "C2C.")
		}
		time.Sleep(25 * time.Hour)
		require.ErrorIs(t, c.Revoke(ctx, gone.TaskID), restapi.CodePushRevokeTooLate)
	})
}

func TestPushesToListedUsers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		bob := srv.User("bob", restapitest.WithPushToken(callback.PushPlatformAPNs))
		require.NoError(t, bob.Drop(callback.StateTimeOut))
		c, ctx := push.NewClient(srv.Client()), t.Context()
		pushed, results, err := c.PushTo(ctx, []string{"bob", "eve"}, snow(), push.WithDataID("snow-7"))
		assert.Equal(t, []restapi.Code{0, restapi.CodeAccountNotFound}, codes(t, results, err))
		m := snow()
		m.MsgRandom = pushed.MsgRandom
		again, _, err := c.PushTo(ctx, []string{"bob", "eve"}, m)
		require.NoError(t, err)
		assert.Equal(t, pushed, again, "a repeat")
		time.Sleep(time.Second)
		again, _, err = c.PushTo(ctx, []string{"bob"}, m)
		require.NoError(t, err)
		assert.NotEqual(t, pushed, again, "a second push")
		m.OfflinePushInfo.PushFlag = message.NoPush
		m.MsgRandom = 0
		_, _, err = c.PushTo(ctx, []string{"bob"}, m)
		require.NoError(t, err)
		assert.Equal(t, []string{
			pushed.TaskID + " bob: type 1 stage 1 snow-7", again.TaskID + " bob: type 1 stage 1 ",
		}, pushEvents(t, srv))

		require.NoError(t, c.Revoke(ctx, again.TaskID, push.WithOfflinePushInfo(message.OfflinePushInfo{Title: "Sorry"})))
		assert.Equal(t, "Sorry", lastPush(bob).Title)
	})
}

func TestScheduledPushes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		ann, bob := srv.User("ann"), srv.User("bob")
		c, ctx := push.NewClient(srv.Client()), t.Context()
		at := time.Now().Add(time.Hour)
		task := func(content push.TaskContent) push.ScheduledTask {
			content.OfflinePushInfo = snow().OfflinePushInfo
			return push.ScheduledTask{SchedAt: at, Content: content}
		}
		first, err := c.AddScheduledTask(ctx, task(push.TaskContent{Condition: push.Everybody()}))
		require.NoError(t, err)
		second, err := c.AddScheduledTask(ctx, task(push.TaskContent{ToAccount: []string{"bob"}}))
		require.NoError(t, err)
		third, err := c.AddScheduledTask(ctx, task(push.TaskContent{Condition: push.Condition{TagsOr: []string{"x"}}}))
		require.NoError(t, err)
		require.NoError(t, c.ModifyScheduledTask(ctx, first, push.ScheduledTask{Type: push.TaskAll, SchedAt: at.Add(time.Hour)}))
		require.NoError(t, c.DeleteScheduledTask(ctx, third, push.TaskTag))
		require.ErrorIs(t, c.DeleteScheduledTask(ctx, third, push.TaskTag), restapi.CodePushScheduleInvalidParameter)

		time.Sleep(time.Hour)
		n, err := bob.Next(ctx)
		require.NoError(t, err)
		assert.Equal(t, "Snow", n.Push.Title)
		assert.Empty(t, ann.Inbox())
		info, err := c.ScheduledTask(ctx, second)
		require.NoError(t, err)
		assert.Equal(t, n.Push.TaskID, info.PushTaskID)
		assert.True(t, at.Equal(info.SchedAt))
		require.ErrorIs(t, c.ModifyScheduledTask(ctx, second, push.ScheduledTask{Type: push.TaskUser, SchedAt: at}),
			restapi.CodePushScheduleDispatching)
		require.ErrorIs(t, c.DeleteScheduledTask(ctx, second, push.TaskUser), restapi.CodePushScheduleDispatching)

		time.Sleep(time.Hour)
		srv.Wait()
		assert.Len(t, pushEvents(t, srv), 1+3, "an administrator is one of all")
		var ids []uint64
		q := push.TaskQuery{BeginTime: at.Add(-time.Hour), EndTime: at.Add(2 * time.Hour), Keyword: "cm"}
		for info, err := range c.ScheduledTasks(ctx, q) {
			require.NoError(t, err)
			ids = append(ids, info.TaskID)
		}
		assert.Equal(t, []uint64{first, second}, ids)
		q.Asc = true
		page, err := c.ScheduledTaskPage(ctx, q, "", 1)
		require.NoError(t, err)
		assert.Equal(t, second, page.Items[0].TaskID)
		assert.Equal(t, 2, page.Total)
		page, err = c.ScheduledTaskPage(ctx, q, page.Next, 1)
		require.NoError(t, err)
		assert.Equal(t, first, page.Items[0].TaskID)
		assert.Empty(t, page.Next)
		stats, err := c.Statistics(ctx, []string{info.PushTaskID}, at, at)
		require.NoError(t, restapi.Join(stats, err))
		assert.Equal(t, 1, stats[0].DeliveredCount)
	})
}

// The older generation has the same tags, attributes and limits.
func TestTheOlderGenerationOfPushes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener(), restapitest.WithRate(-1, push.CommandIMPush))
		srv.AddAccount("news", "cat")
		ann := srv.User("ann")
		older, c, ctx := push.NewAllMemberClient(srv.Client()), push.NewClient(srv.Client()), t.Context()
		names := push.AttrNames{0: {Name: "city"}, 3: {Name: "level"}}
		require.NoError(t, older.SetAttrNames(ctx, names))
		got, err := c.GetAttrNames(ctx)
		require.NoError(t, err)
		assert.Equal(t, names, got)
		bern := map[string]string{"city": "Bern", "level": "gold"}
		require.NoError(t, older.SetAttrs(ctx, []push.UserAttrs{{ToAccount: "ann", Attrs: bern}, {ToAccount: "nobody", Attrs: bern}}))
		require.NoError(t, older.AddTags(ctx, []push.UserTags{{ToAccount: "ann", Tags: []string{"a", "b"}}}))
		attrs, err := older.GetAttrs(ctx, []string{"nobody", "ann"})
		require.NoError(t, err)
		require.ErrorIs(t, attrs[0].Err(), restapi.ErrBadResponse, "they are left out")
		assert.Equal(t, bern, attrs[1].Attrs)
		require.NoError(t, older.RemoveAttrs(ctx, []push.UserAttrNames{{ToAccount: "ann", Attrs: []string{"city"}}}))
		require.NoError(t, older.RemoveTags(ctx, []push.UserTags{{ToAccount: "ann", Tags: []string{"a", "x"}}}))
		newer, err := c.GetTags(ctx, []string{"ann"})
		require.NoError(t, restapi.Join(newer, err))
		assert.Equal(t, []string{"b"}, newer[0].Tags)

		m := message.Message{FromAccount: "news", MsgBody: message.Text("hi")}
		pushed, err := older.Push(ctx, push.Condition{AttrsAnd: map[string]string{"level": "gold"}}, m)
		require.NoError(t, err)
		assert.Empty(t, ann.With("news").Messages(), "for those who are on line alone")
		m.MsgRandom = pushed.MsgRandom
		again, err := push.NewAllMemberClient(srv.Client(restapi.WithLimiter(nil))).Push(ctx, push.Everybody(), m)
		require.NoError(t, err)
		assert.Equal(t, pushed, again)
		m.MsgRandom = 0
		_, err = older.Push(ctx, push.Condition{TagsAnd: []string{"b"}}, m, push.WithLifeTime(time.Hour))
		require.NoError(t, err)
		assert.Len(t, ann.With("news").Messages(), 1)
		time.Sleep(time.Hour)
		assert.Empty(t, ann.With("news").Messages())
		require.NoError(t, older.ClearAllTags(ctx, []string{"ann"}))
		tags, err := older.GetTags(ctx, []string{"ann"})
		require.NoError(t, restapi.Join(tags, err))
		assert.Empty(t, tags[0].Tags)
		assert.Len(t, pushEvents(t, srv), 2)
	})
}

func TestPushLimits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener(), restapitest.WithRate(-1))
		srv.AddAccount("news")
		c, ctx := push.NewClient(srv.Client(restapi.WithLimiter(nil), restapi.WithRetry(restapi.RetryConfig{MaxAttempts: 1}))), t.Context()
		for range 100 {
			_, err := c.Push(ctx, push.Everybody(), snow())
			require.NoError(t, err)
			_, err = c.Push(ctx, push.Everybody(), snow())
			require.ErrorIs(t, err, restapi.ErrRateLimited)
			time.Sleep(time.Second)
		}
		_, err := c.Push(ctx, push.Everybody(), snow())
		require.ErrorIs(t, err, restapi.CodePushDailyLimit)
		_, _, err = c.PushTo(ctx, []string{"news"}, snow())
		require.NoError(t, err, "it does not count")
		time.Sleep(24 * time.Hour)
		_, err = c.Push(ctx, push.Everybody(), snow())
		require.NoError(t, err)
		srv.SetSettings(restapitest.Settings{Off: []restapitest.Feature{restapitest.FeaturePush}})
		_, err = c.Push(ctx, push.Everybody(), snow())
		require.ErrorIs(t, err, restapi.CodePushNotEnabled)
		srv.SetSettings(restapitest.Settings{})
		assert.Equal(t, restapi.CodeMessageInvalidFormat, post(t, srv, push.CommandPush,
			`{"From_Account":"news","MsgRandom":1,"Condition":{},"OfflinePushInfo":{}}`).ErrorCode)
	})
}

// Pushes of messages are counted too.
func TestNormalPushesAreCounted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		ann, start := srv.User("ann"), time.Now()
		bob := srv.User("bob", restapitest.WithPushToken(callback.PushPlatformHonor))
		cat := srv.User("cat")
		require.NoError(t, bob.Background(true))
		require.NoError(t, cat.Drop(callback.StateTimeOut))
		m, err := ann.Send("bob", words("hi"))
		require.NoError(t, err)
		_, err = ann.Send("cat", words("hi"))
		require.NoError(t, err)
		require.NoError(t, bob.ClickPush(lastPush(bob)))
		c, ctx := push.NewClient(srv.Client()), t.Context()
		stats, err := c.NormalStatistics(ctx, start, start.Add(time.Minute))
		require.NoError(t, err)
		one := push.Counts{TotalCount: 1, SentCount: 1, DeliveredCount: 1, ClickCount: 1}
		assert.Equal(t, push.Statistics{Counts: one, PlatformStatistics: []push.PlatformStatistics{{PushPlatform: 8, Counts: one}}}, stats)
		lost, err := c.NormalLosses(ctx, start, start.Add(time.Minute))
		require.NoError(t, err)
		assert.Equal(t, 1, lost.ReadyToSendLoss[0].ErrCount)
		traces, err := c.NormalTrace(ctx, m.MsgID)
		require.NoError(t, err)
		require.Len(t, traces, 1)
		assert.Equal(t, "bob/iOS", traces[0].InstanceID)

		deleted, err := account.NewClient(srv.Client()).Delete(ctx, []string{"bob"})
		require.NoError(t, restapi.Join(deleted, err))
		stats, err = c.NormalStatistics(ctx, start, start.Add(time.Minute))
		require.NoError(t, err)
		assert.Zero(t, stats.TotalCount)
	})
}
