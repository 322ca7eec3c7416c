package group_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// answers is a service that gives its answers one after the other, and keeps what it was sent.
type answers struct {
	list []string
	sent []any
}

func (a *answers) Call(_ context.Context, _ restapi.Command, req, resp any) error {
	answer := a.list[len(a.sent)]
	a.sent = append(a.sent, req)
	return wire.Unmarshal([]byte(answer), resp)
}

func TestListsGoOn(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		answers []string
		list    func(c *group.Client) (any, error)
		want    any
	}{
		"IDs, over 53 bits": {
			[]string{
				`{"TotalCount": 3, "GroupIdList": [{"GroupId": "a"}, {"GroupId": "b"}], "Next": 4611686018427391905}`,
				`{"TotalCount": 3, "GroupIdList": [], "Next": 7}`,
				`{"TotalCount": 3, "GroupIdList": [{"GroupId": "c"}], "Next": 0}`,
			},
			func(c *group.Client) (any, error) { return conform.Drain(c.IDs(t.Context(), "")) },
			[]string{"a", "b", "c"},
		},
		"joined groups, with a short page": {
			[]string{
				`{"TotalCount": 3, "GroupIdList": [{"GroupId": "a"}]}`,
				`{"TotalCount": 3, "GroupIdList": [{"GroupId": "b"}, {"GroupId": "c"}]}`,
			},
			func(c *group.Client) (any, error) {
				return conform.Drain(c.JoinedGroups(t.Context(), "mira", group.JoinedQuery{}))
			},
			[]group.Info{{GroupID: "a"}, {GroupID: "b"}, {GroupID: "c"}},
		},
		"joined groups, with fewer than it says": {
			[]string{`{"TotalCount": 3, "GroupIdList": [{"GroupId": "a"}]}`, `{"TotalCount": 3, "GroupIdList": []}`},
			func(c *group.Client) (any, error) {
				return conform.Drain(c.JoinedGroups(t.Context(), "mira", group.JoinedQuery{}))
			},
			[]group.Info{{GroupID: "a"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := &answers{list: tc.answers}
			got, err := tc.list(group.NewClient(service))
			require.NoError(t, err)
			assert.Equal(t, tc.want, got)
			assert.Len(t, service.sent, len(tc.answers))
		})
	}
}

func TestListsAreAskedFromTheCursor(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"TotalCount": 45, "GroupIdList": [{"GroupId": "a"}]}`}
	page, err := group.NewClient(r).JoinedGroupPage(t.Context(), "mira", group.JoinedQuery{GroupType: "Work"}, "40", 20)
	require.NoError(t, err)
	assert.JSONEq(t, `{"Member_Account": "mira", "Limit": 20, "Offset": 40, "GroupType": "Private"}`, r.Body)
	assert.Equal(t, restapi.Cursor("41"), page.Next)
	assert.Equal(t, 45, page.Total)
	_, err = group.NewClient(r).IDPage(t.Context(), "Meeting", "4611686018427391905", 0)
	require.NoError(t, err)
	assert.JSONEq(t, `{"Limit": 10000, "Next": 4611686018427391905, "GroupType": "ChatRoom"}`, r.Body)
}

// The cursor of a search is in its answers, and one that is not finished has it.
func TestSearchGoesOn(t *testing.T) {
	t.Parallel()
	query := group.SearchQuery{Keywords: []string{"harbor"}, GroupType: []group.Type{"Meeting"}}
	page, err := answering(t, group.CommandGroupSearch, 0).SearchPage(t.Context(), query, "", 0)
	require.NoError(t, err)
	assert.Equal(t, restapi.Cursor("c1"), page.Next)
	assert.Equal(t, uint64(144115200000000001), page.Items[0].GroupOwnerTinyID)
	r := &conform.Recorder{Answer: `{"IsFinish": true, "Cursor": "c2"}`}
	page, err = group.NewClient(r).SearchPage(t.Context(), query, "c1", 0)
	require.NoError(t, err)
	assert.Empty(t, page.Next)
	assert.JSONEq(t, `{
		"GroupType": ["ChatRoom"], "KeywordMatchType": 0, "Keywords": ["harbor"], "Count": 100, "Cursor": "c1"
	}`, r.Body)
	_, err = group.NewClient(&conform.Recorder{Answer: `{"IsFinish": false}`}).SearchPage(t.Context(), query, "c2", 0)
	require.ErrorIs(t, err, restapi.ErrBadResponse)
}

func TestListsThatAreRefused(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	joined := func(q group.JoinedQuery, cursor restapi.Cursor, limit int) func(*group.Client) error {
		return func(c *group.Client) error { return second(c.JoinedGroupPage(ctx, "mira", q, cursor, limit)) }
	}
	members := group.Filter{MemberInfoFilter: []string{"Role"}}
	testRefusals(t, map[string]refusal{
		"IDs, too many": {"Limit", "is 10001", func(c *group.Client) error {
			return second(c.IDPage(ctx, "", "", 10_001))
		}},
		"IDs elsewhere": {"Next", "is not a cursor", func(c *group.Client) error {
			return second(c.IDPage(ctx, "", "-1", 0))
		}},
		"joined of nobody": {"Member_Account", "is empty", func(c *group.Client) error {
			return second(conform.Drain(c.JoinedGroups(ctx, "", group.JoinedQuery{})))
		}},
		"joined, too many":     {"Limit", "is 5001", joined(group.JoinedQuery{}, "", 5001)},
		"joined elsewhere":     {"Offset", "is not a cursor", joined(group.JoinedQuery{}, "x", 0)},
		"joined, with members": {"MemberInfoFilter", "cannot be sent", joined(group.JoinedQuery{Filter: members}, "", 0)},
		"search for nothing": {"Keywords", "is empty", func(c *group.Client) error {
			return second(conform.Drain(c.Search(ctx, group.SearchQuery{})))
		}},
		"search, too many": {"Count", "is 101", func(c *group.Client) error {
			return second(c.SearchPage(ctx, group.SearchQuery{Keywords: []string{"x"}}, "", 101))
		}},
	})
}
