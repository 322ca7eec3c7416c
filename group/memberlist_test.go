package group_test

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A callerFunc answers a call with a text.
type callerFunc func(body []byte) string

func (f callerFunc) Call(_ context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	return wire.Unmarshal([]byte(f(body)), resp)
}

// A roster is a group that is listed while its members come and go.
type roster struct {
	members []string // those whose ID ends in 0 are admins
	most    int      // of a page, whatever is asked
	silent  bool     // about how many members there are
	early   bool     // the filter by roles comes before the offset
	after   func(r *roster)

	asked []string // the offsets
}

func (r *roster) answer(body []byte) string {
	var req struct {
		Offset, Limit    int
		MemberRoleFilter []string
	}
	if err := json.Unmarshal(body, &req); err != nil {
		return err.Error()
	}
	r.asked = append(r.asked, strconv.Itoa(req.Offset))
	plain := func(id string) bool { return len(req.MemberRoleFilter) > 0 && !strings.HasSuffix(id, "0") }
	page := slices.Clone(r.members)
	if r.early {
		page = slices.DeleteFunc(page, plain)
	}
	page = page[min(req.Offset, len(page)):]
	page = slices.DeleteFunc(page[:min(req.Limit, r.most, len(page))], plain)
	rows := make([]string, len(page))
	for i, id := range page {
		rows[i] = `{"Member_Account":"` + id + `"}`
	}
	num := len(r.members)
	if r.silent {
		num = 0
	}
	if r.after != nil {
		r.after(r)
	}
	return fmt.Sprintf(`{"MemberNum":%d,"MemberList":[%s]}`, num, strings.Join(rows, ","))
}

func idsOf(t *testing.T, c restapi.Caller, groupID string, f group.Filter) ([]string, error) {
	t.Helper()
	members, err := conform.Drain(group.NewClient(c).Members.All(t.Context(), groupID, f))
	ids := make([]string, len(members))
	for i, m := range members {
		ids[i] = m.UserID
	}
	return ids, err
}

func TestAllMembers(t *testing.T) {
	t.Parallel()
	admins := group.Filter{MemberRoleFilter: []group.Role{group.RoleAdmin}}
	ids := numbered(450)
	tens := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !strings.HasSuffix(id, "0") })
	// In u200 to u399 nobody is an admin.
	hole := slices.Clone(ids)
	for i := 200; i < 400; i++ {
		hole[i] += "x"
	}
	for name, tc := range map[string]struct {
		roster

		filter group.Filter
		want   []string
		asked  []string
	}{
		"three pages":     {roster{members: ids, most: 200}, group.Filter{}, ids, []string{"0", "200", "400"}},
		"full pages only": {roster{members: ids[:400], most: 200}, group.Filter{}, ids[:400], []string{"0", "200"}},
		"nobody":          {roster{most: 200}, group.Filter{}, nil, []string{"0"}},
		"pages that are shorter than asked": {
			roster{members: ids, most: 100}, group.Filter{}, ids, []string{"0", "100", "200", "300", "400"},
		},
		"how many there are is not said": {
			roster{members: ids, most: 200, silent: true}, group.Filter{}, ids, []string{"0", "200", "400"},
		},
		"some leave": {
			roster{members: ids, most: 200, after: func(r *roster) { r.members = ids[:250] }},
			group.Filter{},
			ids[:250],
			[]string{"0", "200"},
		},
		"nearly all leave": {
			roster{members: ids, most: 200, after: func(r *roster) { r.members = ids[:3] }},
			group.Filter{},
			ids[:200],
			[]string{"0", "200"},
		},
		"some come": {
			roster{members: ids[:250], most: 200, after: func(r *roster) { r.members = ids }},
			group.Filter{},
			ids,
			[]string{"0", "200", "400"},
		},
		"roles, counted behind the offset": {
			roster{members: ids, most: 200}, admins, tens, []string{"0", "200", "400"},
		},
		"roles, counted before the offset": {
			roster{members: ids, most: 200, early: true}, admins, tens, []string{"0", "200", "400"},
		},
		"roles that a page has none of": {
			roster{members: hole, most: 200},
			admins,
			slices.DeleteFunc(slices.Clone(hole), func(id string) bool { return !strings.HasSuffix(id, "0") }),
			[]string{"0", "200", "400"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := idsOf(t, callerFunc(tc.answer), team, tc.filter)
			require.NoError(t, err)
			assert.Equal(t, append([]string{}, tc.want...), got)
			assert.Equal(t, tc.asked, tc.roster.asked)
		})
	}
}

// A community's list goes by marks, which are texts on newer pages and numbers on older ones.
func TestAllMembersOfACommunity(t *testing.T) {
	t.Parallel()
	var marks []string
	answers := []string{
		`{"MemberNum":3,"MemberList":[{"Member_Account":"a"}],"Next":"144115262295492787"}`,
		`{"MemberNum":3,"MemberList":[],"Next":144115262295492788}`,
		`{"MemberNum":3,"MemberList":[{"Member_Account":"b"},{"Member_Account":"c"}],"Next":`,
	}
	for _, last := range []string{`""}`, `0}`, `"0"}`, `null}`} {
		marks = nil
		got, err := idsOf(t, callerFunc(func(body []byte) string {
			var req struct{ Next, Offset *string }
			if err := json.Unmarshal(body, &req); err != nil || req.Offset != nil {
				return "an offset, or no mark"
			}
			marks = append(marks, *req.Next)
			if len(marks) == 3 {
				return answers[2] + last
			}
			return answers[len(marks)-1]
		}), people, group.Filter{})
		require.NoError(t, err, last)
		assert.Equal(t, []string{"a", "b", "c"}, got)
		assert.Equal(t, []string{"", "144115262295492787", "144115262295492788"}, marks)
	}
	got, err := idsOf(t, &conform.Recorder{Answer: `{"MemberNum":9,"MemberList":[{"Member_Account":"a"}]}`}, people, group.Filter{})
	require.NoError(t, err)
	assert.Equal(t, []string{"a"}, got)
	_, err = idsOf(t, &conform.Recorder{Answer: `{"Next":true}`}, people, group.Filter{})
	require.Error(t, err)
}

func TestListsThatNeverEnd(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	turns := func(a, b string) *group.Client {
		n := 0
		return group.NewClient(callerFunc(func([]byte) string {
			n++
			return [...]string{a, b}[n%2]
		}))
	}
	for name, list := range map[string]func() error{
		"a mark that stays": func() error {
			c := turns(`{"MemberList":[{"Member_Account":"a"}],"Next":"7"}`, `{"MemberList":[],"Next":7}`)
			return second(conform.Drain(c.Members.All(ctx, people, group.Filter{})))
		},
		"marks that take turns": func() error {
			c := turns(`{"Next":"1"}`, `{"Next":"2"}`)
			return second(conform.Drain(c.Members.All(ctx, people, group.Filter{})))
		},
		"offsets of bans": func() error {
			c := turns(`{"BannedAccountList":[{"Member_Account":"a"}],"NextOffset":1}`, `{"NextOffset":2}`)
			return second(conform.Drain(c.Members.Banned(ctx, team)))
		},
		"cursors of a search": func() error {
			c := turns(`{"Cursor":"a"}`, `{"Cursor":"b"}`)
			return second(conform.Drain(c.Members.Search(ctx, memberSearch)))
		},
		"a search that is not finished and has no cursor": func() error {
			c := turns(`{"IsFinish":false}`, `{"IsFinish":false}`)
			return second(conform.Drain(c.Members.Search(ctx, memberSearch)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorIs(t, list(), restapi.ErrBadResponse)
		})
	}
}

// manyMembers answers pages of a group of n members, all of the same.
func manyMembers(n int) (c *group.Client, asked *int) {
	page := fmt.Sprintf(`{"MemberNum":%d,"MemberList":[%s]}`, n,
		strings.TrimSuffix(strings.Repeat(`{"Member_Account":"ozan","Role":"Member","JoinTime":1718000160},`, 200), ","))
	asked = new(int)
	return group.NewClient(callerFunc(func([]byte) string {
		*asked++
		return page
	})), asked
}

// A list is gone through page by page: a hundred thousand members take as many calls as they have pages, and the memory
// of one page.
func TestAListOfAHundredThousandMembers(t *testing.T) { //nolint:paralleltest // it looks at the memory of all
	const n = 100_000
	c, asked := manyMembers(n)
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	start, most := heap(), int64(0)
	members := 0
	for _, err := range c.Members.All(t.Context(), team, group.Filter{}) {
		require.NoError(t, err)
		if members++; members%10_000 == 1 {
			most = max(most, heap())
		}
	}
	assert.Equal(t, n, members)
	assert.Equal(t, n/200, *asked)
	assert.Less(t, most-start, int64(1<<20), "bytes more than before")
}

func BenchmarkAllMembers(b *testing.B) {
	c, _ := manyMembers(100_000)
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range c.Members.All(b.Context(), team, group.Filter{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
