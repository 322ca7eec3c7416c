package push_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type (
	refusal struct {
		field, reason string
		call          func(client, member) error
	}
	refusals = map[string]refusal
	client   = *push.Client
	member   = *push.AllMemberClient
)

func refused(t *testing.T, all refusals) {
	t.Helper()
	for name, tc := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{}`}
			err := tc.call(push.NewClient(r), push.NewAllMemberClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			argument, _ := errors.AsType[*restapi.ArgumentError](err)
			assert.Equal(t, tc.field, argument.Field)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.NotEmpty(t, argument.Command.Name)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
}

// Whom a push cannot go to both generations refuse.
func TestConditionsRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	long := strings.Repeat("x", 51)
	all := refusals{}
	for name, tc := range map[string]struct {
		field, reason string
		to            push.Condition
	}{
		"nobody":         {"", "is empty: all users are Everybody()", push.Condition{}},
		"empty lists":    {"", "is empty", push.Condition{TagsOr: []string{}, AttrsAnd: map[string]string{}}},
		"everybody with": {"", "has tags or attributes too", everybodyWith("a")},
		"both":           {"", "both tags and attributes", push.Condition{TagsNot: tags, AttrsOr: attrs}},
		"11 in TagsOr":   {".TagsOr", "has 11 tags, at most 10", push.Condition{TagsOr: numbered(11)}},
		"11 in TagsNot":  {".TagsNot", "has 11 tags, at most 10", push.Condition{TagsNot: numbered(11)}},
		"no tag":         {".TagsAnd[1]", "is empty", push.Condition{TagsAnd: []string{"a", ""}}},
		"long tag":       {".TagsOr[0]", "51 bytes, at most 50", push.Condition{TagsOr: []string{long}}},
		"tag not UTF-8":  {".TagsOr[0]", "UTF-8", push.Condition{TagsOr: []string{"\xff"}}},
		"tag twice":      {".TagsAnd[1]", "is in TagsOr too", push.Condition{TagsOr: []string{"a", "b"}, TagsAnd: []string{"c", "b"}}},
		"no name":        {`.AttrsOr[""]`, "is empty", push.Condition{AttrsOr: map[string]string{"": "x"}}},
		"long name":      {`.AttrsAnd["` + long + `"]`, "51 bytes", push.Condition{AttrsAnd: map[string]string{long: "x"}}},
		"long value":     {`.AttrsAnd["city"]`, "51 bytes", push.Condition{AttrsAnd: map[string]string{"city": long}}},
	} {
		all[name] = refusal{"Condition" + tc.field, tc.reason, func(c client, _ member) error {
			return second(c.Push(ctx, tc.to, news()))
		}}
		all["older "+name] = refusal{"Condition" + tc.field, tc.reason, func(_ client, c member) error {
			return second(c.Push(ctx, tc.to, withBody()))
		}}
	}
	refused(t, all)
}

func everybodyWith(tag string) push.Condition {
	to := push.Everybody()
	to.TagsOr = []string{tag}
	return to
}

func TestPushesRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	everybody := push.Everybody()
	without := func(change func(*message.Message)) message.Message {
		m := news()
		change(&m)
		return m
	}
	pushTo := func(to []string, m message.Message, opts ...push.PushToOption) func(client, member) error {
		return func(c client, _ member) error {
			_, _, err := c.PushTo(ctx, to, m, opts...)
			return err
		}
	}
	older := func(to push.Condition, m message.Message, opts ...push.AllMemberPushOption) func(client, member) error {
		return func(_ client, c member) error { return second(c.Push(ctx, to, m, opts...)) }
	}
	statistics := func(tasks []string, from, to time.Time) func(client, member) error {
		return func(c client, _ member) error { return second(c.Statistics(ctx, tasks, from, to)) }
	}
	var never time.Time
	refused(t, refusals{
		"push from nobody": {"From_Account", "is empty", func(c client, _ member) error {
			return second(c.Push(ctx, everybody, without(func(m *message.Message) { m.FromAccount = "" })))
		}},
		"push nothing": {"OfflinePushInfo", "is empty", func(c client, _ member) error {
			return second(c.Push(ctx, everybody, without(func(m *message.Message) { m.OfflinePushInfo = nil })))
		}},
		"push what is not carried": {"CloudCustomData", "cannot be sent", func(c client, _ member) error {
			return second(c.Push(ctx, everybody, without(func(m *message.Message) { m.CloudCustomData = "x" })))
		}},
		"push to none":      {"To_Account", "is empty", pushTo(nil, news())},
		"push to too many":  {"To_Account", "501 items, at most 500", pushTo(numbered(501), news())},
		"push to nobody":    {"To_Account[1]", "is empty", pushTo([]string{"ana", ""}, news())},
		"push to no device": {"To_Account[0]", "37 bytes, at most 36", pushTo([]string{strings.Repeat("a", 37)}, news())},
		"push to with body": {"MsgBody", "cannot be sent", pushTo(users, withBody())},
		"long DataID":       {"DataId", "65 bytes, at most 64", pushTo(users, news(), push.WithDataID(strings.Repeat("x", 65)))},
		"revoke nothing":    {"TaskId", "is empty", func(c client, _ member) error { return c.Revoke(ctx, "") }},
		"revoke badly": {"OfflinePushInfo.BadgeAddNum", "is 100, not 1 to 99", func(c client, _ member) error {
			return c.Revoke(ctx, "t", push.WithOfflinePushInfo(message.OfflinePushInfo{BadgeAddNum: 100}))
		}},
		"older without body": {"MsgBody", "is empty", older(everybody, news())},
		"older TagsNot":      {"Condition.TagsNot", "cannot be sent", older(push.Condition{TagsNot: tags}, withBody())},
		"older online only": {"OnlineOnlyFlag", "cannot be sent", older(everybody, func() message.Message {
			m := withBody()
			m.OnlineOnlyFlag = true
			return m
		}())},
		"older too long":   {"MsgLifeTime", "not whole seconds from 0 to 168h", older(everybody, withBody(), push.WithLifeTime(message.MaxLifeTime+time.Second))},
		"older a fraction": {"MsgLifeTime", "is 1.5s, not whole", older(everybody, withBody(), push.WithLifeTime(1500*time.Millisecond))},
		"older backwards":  {"MsgLifeTime", "is -1s, not whole", older(everybody, withBody(), push.WithLifeTime(-time.Second))},

		"statistics of none":     {"TaskID", "is empty", statistics(nil, day, day)},
		"statistics of too many": {"TaskID", "6 items, at most 5", statistics(numbered(6), day, day)},
		"statistics of nothing":  {"TaskID[1]", "is empty", statistics([]string{"t", ""}, day, day)},
		"statistics of ever":     {"StartTime", "is the zero time", statistics(users, never, day)},
		"statistics for ever":    {"EndTime", "is the zero time", statistics(users, day, never)},
		"statistics before 1970": {"StartTime", "1970", statistics(users, time.Unix(-1, 0), day)},
		"statistics backwards":   {"EndTime", "is before StartTime", statistics(users, day, day.Add(-time.Second))},
		"losses of none":         {"TaskID", "is empty", func(c client, _ member) error { return second(c.Losses(ctx, nil, day, day)) }},
		"normal ever":            {"StartTime", "is the zero time", func(c client, _ member) error { return second(c.NormalStatistics(ctx, never, day)) }},
		"normal losses ever":     {"EndTime", "is the zero time", func(c client, _ member) error { return second(c.NormalLosses(ctx, day, never)) }},
		"trace of nothing":       {"TaskID", "is empty", func(c client, _ member) error { return second(c.Trace(ctx, "", "ana")) }},
		"trace to nobody":        {"UserID", "is empty", func(c client, _ member) error { return second(c.Trace(ctx, "t", "")) }},
		"normal trace":           {"PushID", "is empty", func(c client, _ member) error { return second(c.NormalTrace(ctx, "")) }},
	})
}

func TestUsersRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	long := strings.Repeat("x", 51)
	tagsOf := func(tags ...string) []push.UserTags { return []push.UserTags{{ToAccount: "ana", Tags: tags}} }
	add := func(users []push.UserTags, opts ...push.AddTagsOption) func(client, member) error {
		return func(c client, _ member) error { return second(c.AddTags(ctx, users, opts...)) }
	}
	set := func(attrs map[string]string) func(client, member) error {
		return func(c client, _ member) error {
			return second(c.SetAttrs(ctx, []push.UserAttrs{{ToAccount: "ana", Attrs: attrs}}))
		}
	}
	names := func(names push.AttrNames) func(client, member) error {
		return func(c client, _ member) error { return c.SetAttrNames(ctx, names) }
	}
	many := slices.Repeat(userTags, 51)
	device := strings.Repeat("a", 33)
	refused(t, refusals{
		"add none":        {"UserTags", "is empty", add(nil)},
		"add too many":    {"UserTags", "102 items, at most 100", add(many)},
		"add to nobody":   {"UserTags[0].To_Account", "is empty", add([]push.UserTags{{Tags: tags}})},
		"add twice":       {"UserTags[2].To_Account", "is named twice", add(many[:3])},
		"add nothing":     {"UserTags[0].Tags", "has 0 tags, not 1 to 10", add(tagsOf())},
		"add 11":          {"UserTags[0].Tags", "has 11 tags, not 1 to 10", add(tagsOf(numbered(11)...))},
		"replace by 101":  {"UserTags[0].Tags", "has 101 tags, not 0 to 100", add(tagsOf(numbered(101)...), push.WithReplace())},
		"add no tag":      {"UserTags[0].Tags[1]", "is empty", add(tagsOf("a", ""))},
		"add a long tag":  {"UserTags[0].Tags[0]", "51 bytes, at most 50", add(tagsOf(long))},
		"remove nothing":  {"UserTags[0].Tags", "has 0 tags", func(c client, _ member) error { return second(c.RemoveTags(ctx, tagsOf())) }},
		"clear none":      {"To_Account", "is empty", func(c client, _ member) error { return second(c.ClearAllTags(ctx, nil)) }},
		"clear too many":  {"To_Account", "101 items", func(c client, _ member) error { return second(c.ClearAllTags(ctx, numbered(101))) }},
		"tags of none":    {"To_Account", "is empty", func(c client, _ member) error { return second(c.GetTags(ctx, nil)) }},
		"attrs of nobody": {"To_Account[0]", "is empty", func(c client, _ member) error { return second(c.GetAttrs(ctx, []string{""})) }},
		"set none":        {"UserAttrs", "is empty", func(c client, _ member) error { return second(c.SetAttrs(ctx, nil)) }},
		"set twice": {"UserAttrs[1].To_Account", "is named twice", func(c client, _ member) error {
			return second(c.SetAttrs(ctx, slices.Repeat(userAttrs[:1], 2)))
		}},
		"set nothing":    {"UserAttrs[0].Attrs", "is empty", set(nil)},
		"set no name":    {`UserAttrs[0].Attrs[""]`, "is empty", set(map[string]string{"": "x"})},
		"set a long one": {`UserAttrs[0].Attrs["city"]`, "51 bytes, at most 50", set(map[string]string{"city": long})},
		"remove no attrs": {"UserAttrs[0].Attrs", "is empty", func(c client, _ member) error {
			return second(c.RemoveAttrs(ctx, []push.UserAttrNames{{ToAccount: "ana"}}))
		}},
		"remove no name": {"UserAttrs[0].Attrs[0]", "is empty", func(c client, _ member) error {
			return second(c.RemoveAttrs(ctx, []push.UserAttrNames{{ToAccount: "ana", Attrs: []string{""}}}))
		}},
		"no names":        {"AttrNames", "is empty", names(nil)},
		"number 10":       {"AttrNames[10]", "0 to 9", names(push.AttrNames{0: {Name: "a"}, 10: {Name: "b"}})},
		"number -1":       {"AttrNames[-1]", "0 to 9", names(push.AttrNames{-1: {Name: "b"}})},
		"no name":         {"AttrNames[3]", "is empty", names(push.AttrNames{3: {}})},
		"long name":       {"AttrNames[3]", "51 bytes", names(push.AttrNames{3: {Name: long}})},
		"one name twice":  {"AttrNames[3]", "has the name of number 1", names(push.AttrNames{3: {Name: "a"}, 1: {Name: "a"}})},
		"older with type": {"AttrNames", "has a Type at number 1", func(_ client, c member) error { return c.SetAttrNames(ctx, attrNames) }},
		"older device":    {"To_Account[0]", "33 bytes, at most 32", func(_ client, c member) error { return c.ClearAllTags(ctx, []string{device}) }},
		"older tags": {"UserTags[0].To_Account", "33 bytes, at most 32", func(_ client, c member) error {
			return c.AddTags(ctx, []push.UserTags{{ToAccount: device, Tags: tags}})
		}},
		"older removes": {"UserTags[0].Tags", "has 0 tags", func(_ client, c member) error { return c.RemoveTags(ctx, tagsOf()) }},
		"older attrs":   {"UserAttrs", "is empty", func(_ client, c member) error { return c.SetAttrs(ctx, nil) }},
		"older names":   {"UserAttrs", "is empty", func(_ client, c member) error { return c.RemoveAttrs(ctx, nil) }},
	})
}

func TestTasksRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	task := func(change func(*push.ScheduledTask)) push.ScheduledTask {
		t := scheduled()
		change(&t)
		return t
	}
	add := func(change func(*push.ScheduledTask)) func(client, member) error {
		return func(c client, _ member) error { return second(c.AddScheduledTask(ctx, task(change))) }
	}
	modify := func(id uint64, task push.ScheduledTask) func(client, member) error {
		return func(c client, _ member) error { return c.ModifyScheduledTask(ctx, id, task) }
	}
	list := func(change func(*push.TaskQuery), cursor restapi.Cursor, limit int) func(client, member) error {
		return func(c client, _ member) error {
			q := query
			change(&q)
			return second(c.ScheduledTaskPage(ctx, q, cursor, limit))
		}
	}
	as := func(*push.TaskQuery) {}
	var never time.Time
	refused(t, refusals{
		"never":      {"SchedAt", "is the zero time", add(func(t *push.ScheduledTask) { t.SchedAt = never })},
		"early":      {"SchedAt", "1970", add(func(t *push.ScheduledTask) { t.SchedAt = time.Unix(-1, 0) })},
		"to nobody":  {"Content.Condition", "is empty, as To_Account is", add(func(t *push.ScheduledTask) { t.Content.Condition = push.Condition{} })},
		"to both":    {"Content.Condition", "together with To_Account", add(func(t *push.ScheduledTask) { t.Content.ToAccount = users })},
		"attributes": {"Content.Condition", "has attributes", add(func(t *push.ScheduledTask) { t.Content.Condition = push.Condition{AttrsOr: attrs} })},
		"no tag": {"Content.Condition.TagsOr[0]", "is empty", add(func(t *push.ScheduledTask) {
			t.Content.Condition = push.Condition{TagsOr: []string{""}}
		})},
		"everybody with tags": {"Content.Condition", "has tags", add(func(t *push.ScheduledTask) { t.Content.Condition = everybodyWith("a") })},
		"too many": {"To_Account", "501 items", add(func(t *push.ScheduledTask) {
			t.Content.Condition, t.Content.ToAccount = push.Condition{}, numbered(501)
		})},
		"other type":     {"Type", `is "All", though Content is for "Tag"`, add(func(t *push.ScheduledTask) { t.Type = push.TaskAll })},
		"no push":        {"Content.OfflinePushInfo", "is empty", add(func(t *push.ScheduledTask) { t.Content.OfflinePushInfo = nil })},
		"bad push":       {"OfflinePushInfo.BadgeAddNum", "is -1", add(func(t *push.ScheduledTask) { t.Content.OfflinePushInfo = &message.OfflinePushInfo{BadgeAddNum: -1} })},
		"long sender":    {"Content.From_Account", "37 bytes", add(func(t *push.ScheduledTask) { t.Content.FromAccount = strings.Repeat("a", 37) })},
		"modify none":    {"TaskID", "is 0", modify(0, scheduled())},
		"modify nothing": {"Content", "is empty, as SchedAt is", modify(7, push.ScheduledTask{Type: push.TaskAll})},
		"modify no type": {"Type", "is empty", modify(7, push.ScheduledTask{SchedAt: day})},
		"modify to both": {"Content.Condition", "together with To_Account", modify(7, task(func(t *push.ScheduledTask) { t.Content.ToAccount = users }))},
		"delete none":    {"TaskID", "is 0", func(c client, _ member) error { return c.DeleteScheduledTask(ctx, 0, push.TaskAll) }},
		"delete no type": {"Type", "is empty", func(c client, _ member) error { return c.DeleteScheduledTask(ctx, 7, "") }},
		"get none":       {"TaskID", "is 0", func(c client, _ member) error { return second(c.ScheduledTask(ctx, 0)) }},
		"list of ever":   {"BeginTime", "is the zero time", list(func(q *push.TaskQuery) { q.BeginTime = never }, "", 0)},
		"list backwards": {"EndTime", "is before BeginTime", list(func(q *push.TaskQuery) { q.EndTime = day.Add(-time.Hour) }, "", 0)},
		"list elsewhere": {"Offset", "is not a cursor", list(as, "x", 0)},
		"list backward":  {"Want", "is -1, not above 0", list(as, "", -1)},
		"list not UTF-8": {"Keyword", "UTF-8", list(func(q *push.TaskQuery) { q.Keyword = "\xff" }, "", 0)},
		"list all of ever": {"BeginTime", "is the zero time", func(c client, _ member) error {
			return second(conform.Drain(c.ScheduledTasks(ctx, push.TaskQuery{})))
		}},
	})
}
