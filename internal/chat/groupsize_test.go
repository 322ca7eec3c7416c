package chat_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// crowd is an app with a group of a type that has n members besides its owner, added 300 at a time.
func crowd(tb testing.TB, kind, groupID string, n int) *chat.App {
	tb.Helper()
	users := []string{"mira"}
	for i := range n {
		users = append(users, fmt.Sprintf("u%06d", i))
	}
	a := newApp(tb, nil, users...)
	a.Import("mira")
	require.Zero(tb, do(tb, a, "group_open_http_svc/create_group",
		fmt.Sprintf(`{"Type":%q,"GroupId":%q,"Name":"Crowd","Owner_Account":"mira"}`, kind, groupID)))
	for some := range slices.Chunk(users, 300) {
		require.Zero(tb, do(tb, a, "group_open_http_svc/add_group_member", fmt.Sprintf(
			`{"GroupId":%q,"MemberList":[{"Member_Account":"%s"}]}`, groupID, strings.Join(some, `"},{"Member_Account":"`))))
	}
	return a
}

// What many members cost grows with their number, or not at all.
func TestAHundredThousandMembers(t *testing.T) {
	t.Parallel()
	n := 100_000
	if testing.Short() {
		n /= 10
	}
	start := time.Now()
	a := crowd(t, "Community", "@TGS#_crowd", n)
	t.Logf("added in %v", time.Since(start))

	start = time.Now()
	seen, next := 0, ""
	for {
		_, answer := ask(t, a, "group_open_http_svc/get_group_member_info",
			`{"GroupId":"@TGS#_crowd","Limit":1000,"MemberInfoFilter":["Role"],"Next":"`+next+`"}`)
		seen += strings.Count(answer, `"Member_Account"`)
		_, next, _ = strings.Cut(answer, `"Next":"`)
		if next, _, _ = strings.Cut(next, `"`); next == "" {
			break
		}
	}
	assert.Equal(t, n+1, seen)
	t.Logf("listed in %v", time.Since(start))

	// Of a message or a tip only those hear who are there.
	one := signedIn(t, a, "u000007", callback.PlatformIOS)
	require.Zero(t, do(t, a, "group_open_http_svc/forbid_send_msg",
		`{"GroupId":"@TGS#_crowd","Members_Account":["u000008"],"MuteTime":60}`))
	notices := one.Inbox()
	require.Len(t, notices, 1)
	assert.Equal(t, chat.TipMuted, notices[0].Tip)
	assert.Equal(t, 1, chat.Present(a, "@TGS#_crowd"))
	require.NoError(t, one.SignOut())
	assert.Zero(t, chat.Present(a, "@TGS#_crowd"))

	start = time.Now()
	require.Zero(t, do(t, a, "group_open_http_svc/destroy_group", `{"GroupId":"@TGS#_crowd"}`))
	assert.NotContains(t, snapshot(t, a), "crowd")
	t.Logf("dissolved in %v", time.Since(start))
}

// A cursor of a community is right whoever comes or goes.
func TestPagesOfMembersWhileTheyComeAndGo(t *testing.T) {
	t.Parallel()
	a := crowd(t, "Community", "@TGS#_crowd", 5)
	page := func(next string) string {
		_, answer := ask(t, a, "group_open_http_svc/get_group_member_info",
			`{"GroupId":"@TGS#_crowd","Limit":3,"MemberInfoFilter":["Account"],"Next":"`+next+`"}`)
		return answer
	}
	assert.JSONEq(t, `{"MemberNum":6,"Next":"3","MemberList":[{"Member_Account":"mira"},{"Member_Account":"u000000"},{"Member_Account":"u000001"}]}`, page(""))
	require.Zero(t, do(t, a, "group_open_http_svc/delete_group_member",
		`{"GroupId":"@TGS#_crowd","MemberToDel_Account":["u000000","u000003"]}`))
	assert.JSONEq(t, `{"MemberNum":4,"Next":"","MemberList":[{"Member_Account":"u000002"},{"Member_Account":"u000004"}]}`, page("3"))
	_, answer := ask(t, a, "group_open_http_svc/get_group_member_info", `{"GroupId":"@TGS#_crowd","Limit":3,"MemberInfoFilter":["Account"],"Next":3}`)
	assert.Contains(t, answer, "u000002", "older programs have a number")
}
