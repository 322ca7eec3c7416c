package group_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestLiveRefuses(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	mark := func(members ...group.Marked) func(*group.Client) error {
		return func(c *group.Client) error { return second(c.Live.Mark(ctx, room, members...)) }
	}
	ana := func(marks ...int) group.Marked { return group.Marked{MemberAccount: "ana", Marks: marks} }
	crowd := make([]group.Marked, 501)
	for i := range crowd {
		crowd[i] = group.Marked{MemberAccount: strconv.Itoa(i), Marks: []int{1000}}
	}
	testRefusals(t, map[string]refusal{
		"count nowhere": {"GroupId", "is empty", func(c *group.Client) error { return second(c.Live.OnlineMemberNum(ctx, "")) }},
		"count in a topic": {"GroupId", "is a topic's", func(c *group.Client) error {
			return second(c.Live.OnlineMemberNum(ctx, dyes))
		}},
		"members nowhere": {"GroupId", "is empty", func(c *group.Client) error {
			return second(conform.Drain(c.Live.Members(ctx, "")))
		}},
		"members elsewhere": {"Timestamp", "is not a cursor", func(c *group.Client) error {
			return second(c.Live.MemberPage(ctx, room, "1,2"))
		}},
		"check nobody": {"Member_Account", "is empty", func(c *group.Client) error {
			return second(c.Live.CheckMembers(ctx, room, nil))
		}},
		"mark nobody":   {"MemberList", "is empty", mark()},
		"mark a crowd":  {"MemberList", "501 items, at most 500", mark(crowd...)},
		"mark twice":    {"MemberList[1].Member_Account", "is named twice", mark(ana(1000), ana(1001))},
		"mark no user":  {"MemberList[0].Member_Account", "is empty", mark(group.Marked{Marks: []int{1000}})},
		"mark nothing":  {"MemberList[0].Marks", "is empty", mark(ana())},
		"mark with 999": {"MemberList[0].Marks[3]", "is 999, not 500, 600, or 1000 and above", mark(ana(1000, 500, 600, 999))},
		"unmark nobody": {"MemberList", "is empty", func(c *group.Client) error {
			return second(c.Live.Unmark(ctx, room))
		}},
		"six admins": {"Admin_Account", "6 items, at most 5", func(c *group.Client) error {
			return c.Live.AddAdmins(ctx, room, slices.Repeat([]string{"ana"}, 6))
		}},
		"no admins less": {"Admin_Account", "is empty", func(c *group.Client) error {
			return c.Live.DeleteAdmins(ctx, room, nil)
		}},
		"admins nowhere": {"GroupId", "is empty", func(c *group.Client) error { return second(c.Live.Admins(ctx, "")) }},
		"no robots": {"Member_Account", "is empty", func(c *group.Client) error {
			return c.Live.AddRobots(ctx, room, nil)
		}},
		"no robots less": {"Member_Account", "is empty", func(c *group.Client) error {
			return c.Live.DeleteRobots(ctx, room, []string{})
		}},
	})
}

// The beginning of the list is asked for with a 0, and a 0 ends it: an empty page alone does not.
func TestLiveMembers(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"MemberList":[],"NextTimestamp":1657772990}`}
	live := group.NewClient(r).Live
	page, err := live.MemberPage(t.Context(), room, "")
	require.NoError(t, err)
	assert.Equal(t, restapi.Page[group.LiveUser]{Next: "1657772990"}, page)
	assert.JSONEq(t, `{"GroupId":"`+room+`","Timestamp":0}`, r.Body)
	r.Answer = `{"MemberList":[{"Member_Account":"ana","JoinTime":1657772980}],"NextTimestamp":0}`
	page, err = live.MemberPage(t.Context(), room, page.Next, group.WithMark(group.MarkHidden))
	require.NoError(t, err)
	assert.Equal(t, []group.LiveUser{{UserID: "ana", JoinTime: time.Unix(1657772980, 0)}}, page.Items)
	assert.Empty(t, page.Next)
	assert.JSONEq(t, `{"GroupId":"`+room+`","Timestamp":1657772990,"Mark":600}`, r.Body)
}

func TestLiveCheckMembers(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"Member_Account":["stray","cai","ana"]}`}
	got, err := group.NewClient(r).Live.CheckMembers(t.Context(), room, []string{"ana", "ben", "cai", "ana"})
	require.NoError(t, err)
	assert.Equal(t, []string{"ana", "cai"}, got)
	assert.JSONEq(t, `{"GroupId":"`+room+`","Member_Account":["ana","ben","cai"]}`, r.Body)
}

// Who is not on line is left out of the answer.
func TestLiveMarks(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"CommandType":2,"MemberList":[{"Member_Account":"ben","Marks":[1000]}]}`}
	got, err := group.NewClient(r).Live.Unmark(t.Context(), room,
		group.Marked{MemberAccount: "ana", Marks: []int{1000}}, group.Marked{MemberAccount: "ben", Marks: []int{1000}})
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), group.ErrNotOnline)
	require.EqualError(t, got[0].Err(), "group_open_avchatroom_http_svc/modify_user_info: member is not on line")
	assert.Equal(t, group.MarkResult{UserID: "ben", Marks: []int{1000}}, got[1])
	assert.JSONEq(t, `{"GroupId":"`+room+`","CommandType":2,"MemberList":[
		{"Member_Account":"ana","Marks":[1000]},{"Member_Account":"ben","Marks":[1000]}]}`, r.Body)
}

// One command makes admins and takes that back, and another name each makes robots.
func TestLiveStaff(t *testing.T) {
	t.Parallel()
	r, ctx := &conform.Recorder{}, t.Context()
	live := group.NewClient(r).Live
	require.NoError(t, live.AddAdmins(ctx, room, []string{"ana", "ana"}))
	assert.JSONEq(t, `{"GroupId":"`+room+`","CommandType":1,"Admin_Account":["ana"]}`, r.Body)
	require.NoError(t, live.DeleteAdmins(ctx, room, []string{"ana", "ben", "cai", "dee", "eva", "fay"}))
	assert.Contains(t, r.Body, `"CommandType":2`)
	require.NoError(t, live.AddRobots(ctx, room, []string{"bot_a", "bot_a"}))
	assert.JSONEq(t, `{"GroupId":"`+room+`","Member_Account":["bot_a"]}`, r.Body)
}
