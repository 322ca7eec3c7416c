package callback_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

func TestSnsPrevFriendAddAnswers(t *testing.T) {
	t.Parallel()
	type (
		event  = callback.SnsPrevFriendAdd
		answer = callback.SnsPrevFriendAnswer
	)
	// The sample asks about u-2 and u-3.
	const (
		ok  = `"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0`
		u2  = `{"To_Account":"u-2","ResultCode":0,"ResultInfo":""}`
		u3  = `{"To_Account":"u-3","ResultCode":0,"ResultInfo":""}`
		no2 = `{"To_Account":"u-2","ResultCode":39000,"ResultInfo":"x"}`
		no3 = `{"To_Account":"u-3","ResultCode":38000,"ResultInfo":"blocked"}`
	)
	documented := responses(t, "Sns.CallbackPrevFriendAdd", 1)[0]
	for name, c := range map[string]struct {
		answer func(e *event) answer
		want   string // empty: answered 500
	}{
		"zero":   {func(*event) (a answer) { return a }, okay},
		"allow":  {(*event).Allow, `{` + ok + `,"ResultItem":[` + u2 + `,` + u3 + `]}`},
		"reject": {func(e *event) answer { return e.Reject("u-3", 38000, "blocked") }, documented},
		"reject more": {
			func(e *event) answer { return e.Reject("u-3", 38000, "blocked").Reject("u-2", 39000, "x") },
			`{` + ok + `,"ResultItem":[` + no2 + `,` + no3 + `]}`,
		},
		"the last word counts": {
			func(e *event) answer { return e.Reject("u-3", 38005, "no").Reject("u-3", 38000, "blocked") }, documented,
		},
		"reject all": {
			func(e *event) answer { return e.RejectAll(39000, "x") },
			`{` + ok + `,"ResultItem":[` + no2 + `,{"To_Account":"u-3","ResultCode":39000,"ResultInfo":"x"}]}`,
		},
		"fail": {
			func(e *event) answer { return e.Fail(38500, "storage is down") },
			`{"ActionStatus":"FAIL","ErrorInfo":"storage is down","ErrorCode":38500}`,
		},
		"37999":                {func(e *event) answer { return e.Reject("u-3", 37999, "") }, ""},
		"39001":                {func(e *event) answer { return e.Reject("u-3", 39001, "") }, ""},
		"0 must not allow":     {func(e *event) answer { return e.Reject("u-3", 0, "") }, ""},
		"0 must not allow all": {func(e *event) answer { return e.RejectAll(0, "") }, ""},
		"nor for good":         {func(e *event) answer { return e.Reject("u-3", 0, "").Reject("u-3", 38000, "") }, ""},
		"fail with 1":          {func(e *event) answer { return e.Fail(1, "") }, ""},
		"fail with 0":          {func(e *event) answer { return e.Fail(0, "") }, ""},
		"not asked about, more": {
			func(e *event) answer {
				return e.Reject("u-3", 38000, "blocked").Reject("U-3", 38000, "").Reject("u-1", 38000, "")
			}, documented,
		},
		"zero answer has no user": {func(*event) answer { return answer{}.Reject("u-3", 38000, "") }, ""},
		"code, by hand":           {func(*event) answer { return answer{Reply: callback.Reply{ErrorCode: 1}} }, ""},
		"user's code, by hand": {func(*event) answer {
			return answer{ResultItem: []callback.SnsResult{{ToAccount: "u-2"}, {ToAccount: "u-3", ResultCode: 1}}}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := answered(t, c.answer)
			if c.want == "" {
				assertFailed(t, w, 500)
				return
			}
			assertAnswered(t, w, c.want)
		})
	}
	refused := fallenBack[*event](t)
	assertAnswered(t, refused, `{`+ok+`,"ResultItem":[{"To_Account":"u-2","ResultCode":38000,"ResultInfo":""},`+
		`{"To_Account":"u-3","ResultCode":38000,"ResultInfo":""}]}`)
}

func TestSnsPrevFriendResponseAnswers(t *testing.T) {
	t.Parallel()
	type (
		event  = callback.SnsPrevFriendResponse
		answer = callback.SnsPrevFriendAnswer
	)
	// The sample asks about u-1 and u-5.
	items := func(first, second string) string {
		return `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ResultItem":[{"To_Account":"u-1",` + first +
			`},{"To_Account":"u-5",` + second + `}]}`
	}
	const yes, no = `"ResultCode":0,"ResultInfo":""`, `"ResultCode":38000,"ResultInfo":""`
	documented := responses(t, "Sns.CallbackPrevFriendResponse", 1)[0]
	assertAnswered(t, answered(t, (*event).Allow), items(yes, yes))
	assertAnswered(t, answered(t, func(e *event) answer { return e.Reject("u-5", 38001, "not now") }), documented)
	assertAnswered(t, answered(t, func(e *event) answer { return e.RejectAll(38000, "") }), items(no, no))
	assertAnswered(t, answered(t, func(e *event) answer { return e.Fail(39000, "x") }),
		`{"ActionStatus":"FAIL","ErrorInfo":"x","ErrorCode":39000}`)
	assertFailed(t, answered(t, func(e *event) answer { return e.RejectAll(1, "") }), 500)
	assertAnswered(t, fallenBack[*event](t), items(no, no))
}

// An answer that was passed on stays what it was when it is refined.
func TestSnsRejectCopies(t *testing.T) {
	t.Parallel()
	e := &callback.SnsPrevFriendAdd{FriendItem: []callback.SnsFriendItem{{ToAccount: "u-2"}, {ToAccount: "u-2"}}}
	allow := e.Allow()
	reject := allow.Reject("u-2", 38000, "")
	assert.Equal(t, e.Allow(), allow)
	assert.Equal(t, e.RejectAll(38000, ""), reject, "every entry of the user is refused")
}

func TestSnsClientCmdIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b callback.SnsClientCmd
		same bool
	}{
		{"friend_add", callback.SnsCmdFriendAdd, true},
		{"FriendAdd", callback.SnsCmdFriendAdd, true},
		{"friend_response", callback.SnsCmdFriendResponse, true},
		{"FriendResponse", "friend_response", true},
		{"friend_add", callback.SnsCmdFriendResponse, false},
		{"", callback.SnsCmdFriendAdd, false},
	} {
		assert.Equal(t, c.same, c.a.Is(c.b), "%s %s", c.a, c.b)
		assert.Equal(t, c.same, c.b.Is(c.a), "%s %s", c.b, c.a)
	}
	e := decoded[*callback.SnsFriendAdd](t, `{"ClientCmd":"friend_add"}`)
	out, err := json.Marshal(e)
	require.NoError(t, err)
	assert.Contains(t, string(out), `"ClientCmd":"friend_add"`, "kept as the vendor wrote it")
}

func TestSnsPairHasAnInitiatorInFriendAddOnly(t *testing.T) {
	t.Parallel()
	e := decoded[*callback.SnsFriendDelete](t, `{"PairList":[{"From_Account":"a","To_Account":"b"}]}`)
	out, err := json.Marshal(e)
	require.NoError(t, err)
	assert.Equal(t, `{"PairList":[{"From_Account":"a","To_Account":"b"}]}`, string(out))
}
