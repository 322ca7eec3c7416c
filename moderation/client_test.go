package moderation_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func second[T any](_ T, err error) error { return err }

// of answers as documented, with that example.
func of(tb testing.TB, cmd restapi.Command, example int) *moderation.Client {
	tb.Helper()
	return moderation.NewClient(&conform.Recorder{Answer: string(conform.Documented(tb, cmd).ResponseExamples[example])})
}

var (
	text  = moderation.Content{ContentType: moderation.Text, Content: "abc"}
	image = moderation.Content{ContentType: moderation.Image, Content: "https://img.example.com/1.jpg"}
	bad   = moderation.LocalKeyword{
		Keyword: "badword", WordType: moderation.WordText, FilterType: moderation.FilterReplace,
		ReplacedContent: "****", ID: 1, UpdateTime: "2024-01-02 03:04:05",
	}
)

const lib = "1cd0d0ed-0e2c-4d35-ae86-000000000001"

// inApp puts the app into a body, as the recorder's callers do.
func inApp(body string) string { return strings.ReplaceAll(body, "1400000001", "1400000000") }

func TestRequestsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	type calls = []func(c *moderation.Client) error
	for _, tc := range []struct {
		cmd   restapi.Command
		calls calls // in the order of the documented requests
	}{
		{moderation.CommandContentModeration, calls{
			func(c *moderation.Client) error { return second(c.Moderate(ctx, moderation.C2C, text)) },
			func(c *moderation.Client) error {
				return second(c.Moderate(ctx, moderation.C2C, image,
					moderation.WithExtSender("ana"), moderation.WithExtReceiver("ben")))
			},
		}},
		{moderation.CommandBatchContentModeration, calls{func(c *moderation.Client) error {
			return second(c.ModerateBatch(ctx, moderation.Group,
				[]moderation.Content{{ContentType: moderation.Text, Content: "abc123"}, image},
				moderation.WithExtSender("ana"), moderation.WithExtReceiver("team7")))
		}}},
		{moderation.CommandGetCloudAuditKeywordsIDs, calls{
			func(c *moderation.Client) error { return second(c.LibraryPage(ctx, "", 3)) },
		}},
		{moderation.CommandGetCloudAuditKeywords, calls{
			func(c *moderation.Client) error { return second(c.CloudKeywordPage(ctx, lib, "", 10)) },
			func(c *moderation.Client) error {
				return second(c.CloudKeywordPage(ctx, lib, "0", 10, moderation.WithContent("xyz")))
			},
		}},
		{moderation.CommandAddCloudAuditKeywords, calls{func(c *moderation.Client) error {
			return c.AddCloudKeywords(ctx, lib, []moderation.Keyword{{Content: "xyz1", Label: moderation.LabelAd}, {Content: "xyz2"}})
		}}},
		{moderation.CommandDeleteCloudAuditKeywords, calls{func(c *moderation.Client) error {
			return second(c.DeleteCloudKeywords(ctx, lib, []string{"xyz1", "xyz1"}))
		}}},
		{moderation.CommandGetLocalAuditKeywords, calls{
			func(c *moderation.Client) error { return second(c.LocalKeywordPage(ctx, "", 10)) },
			func(c *moderation.Client) error {
				return second(c.LocalKeywordPage(ctx, "", 1,
					moderation.WithFilterType(moderation.FilterReplace), moderation.WithKeyword("bad")))
			},
		}},
		{moderation.CommandAddLocalAuditKeywords, calls{
			func(c *moderation.Client) error { return c.AddLocalKeywords(ctx, []moderation.LocalKeyword{bad}) },
		}},
		{moderation.CommandDeleteLocalAuditKeywords, calls{
			func(c *moderation.Client) error { return c.DeleteLocalKeywords(ctx, []moderation.LocalKeyword{bad}) },
		}},
	} {
		t.Run(tc.cmd.Name, func(t *testing.T) {
			t.Parallel()
			doc := conform.Documented(t, tc.cmd)
			require.Len(t, doc.RequestExamples, len(tc.calls))
			for i, call := range tc.calls {
				r := &conform.Recorder{Answer: string(doc.ResponseExamples[0])}
				require.NoError(t, call(moderation.NewClient(r)))
				assert.Equal(t, tc.cmd, r.Command)
				assert.JSONEq(t, inApp(string(doc.RequestExamples[i])), r.Body)
			}
		})
	}
}

func TestDocumentedAnswers(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	one, err := of(t, moderation.CommandContentModeration, 0).Moderate(ctx, moderation.C2C, text)
	require.NoError(t, err)
	assert.Equal(t, moderation.Result{
		Result: moderation.Block, Score: 100, Label: moderation.LabelAd, Keywords: []string{"spam"},
		RequestID: "a2b6ab9c-ac0d-4627-b9fd-000000000001",
	}, one)
	later, err := of(t, moderation.CommandContentModeration, 1).
		Moderate(ctx, moderation.C2C, moderation.Content{ContentType: moderation.Video, Content: "https://v.example.com"})
	require.NoError(t, err)
	assert.Equal(t, moderation.Result{RequestID: "a2b6ab9c-ac0d-4627-b9fd-000000000002"}, later)

	both, err := of(t, moderation.CommandBatchContentModeration, 0).
		ModerateBatch(ctx, moderation.C2C, []moderation.Content{text, image, text})
	require.NoError(t, err)
	assert.Equal(t, moderation.Result{
		Result: moderation.Block, Score: 90, Label: moderation.LabelAd, Keywords: []string{"abc123"}, RequestID: "r1",
	}, both[0])
	require.ErrorIs(t, both[1].Err(), restapi.CodeModerationBusy)
	require.ErrorIs(t, both[1].Err(), restapi.ErrTemporary)
	require.ErrorIs(t, both[2].Err(), restapi.ErrBadResponse, "the answer has two")

	libs, err := conform.Drain(of(t, moderation.CommandGetCloudAuditKeywordsIDs, 0).Libraries(ctx))
	require.NoError(t, err)
	assert.Equal(t, []moderation.Library{{
		ID: "e77ff172-40f5-404c-8055-000000000001", LibName: "4_7_1400000001_1",
		CreateTime: "2024-02-20 13:53:44 +0800 CST", Suggestion: moderation.Block,
	}}, libs)
	words, err := conform.Drain(of(t, moderation.CommandGetCloudAuditKeywords, 0).CloudKeywords(ctx, lib))
	require.NoError(t, err)
	assert.Equal(t, []moderation.CloudKeyword{{"10756913", "xyz1", "2024-06-24 23:45:04"}}, words)
	local, err := of(t, moderation.CommandGetLocalAuditKeywords, 0).LocalKeywordPage(ctx, "", 0)
	require.NoError(t, err)
	assert.Equal(t, moderation.LocalKeywordPage{
		Page: restapi.Page[moderation.LocalKeyword]{Items: []moderation.LocalKeyword{bad}, Total: 1}, CurCount: 1,
	}, local)
}

func TestWordsThatAreNotDeleted(t *testing.T) {
	t.Parallel()
	c := moderation.NewClient(&conform.Recorder{Answer: `{"Details":[
		{"Keyword":"b","Deleted":false,"ErrorInfo":"no such word"},
		{"Keyword":"a","KeywordID":"1","Deleted":true},
		{"Keyword":"c","Deleted":false}]}`})
	results, err := c.DeleteCloudKeywords(t.Context(), lib, []string{"a", "b", "a", "c", "d"})
	require.NoError(t, err)
	assert.Equal(t, moderation.KeywordResult{Keyword: "a", KeywordID: "1"}, results[0])
	assert.Equal(t, results[0], results[2])
	require.EqualError(t, results[1].Err(), `im_msg_audit_mgr/delete_cloud_audit_keywords: failed: "no such word"`)
	require.ErrorContains(t, results[3].Err(), "not deleted")
	require.ErrorIs(t, results[4].Err(), restapi.ErrBadResponse)
	assert.Equal(t, "d", results[4].Keyword)
}

// A pager answers with as many items of a list as are asked for.
type pager struct {
	items, total int
	asked        []string
}

func (p *pager) Call(ctx context.Context, cmd restapi.Command, req, resp any) error {
	r := &conform.Recorder{}
	if err := r.Call(ctx, cmd, req, nil); err != nil {
		return err
	}
	var at, limit int
	_, place, _ := strings.Cut(r.Body, `"Offset":`)
	if _, err := fmt.Sscanf(place, `%d,"Limit":%d`, &at, &limit); err != nil {
		return err
	}
	p.asked = append(p.asked, fmt.Sprint(at))
	page := strings.Repeat(`,{}`, min(limit, max(0, p.items-at)))
	r.Answer = fmt.Sprintf(`{"TotalCount":%d,"Infos":[%[2]s],"LocalAuditWords":[%[2]s]}`, p.total, strings.TrimPrefix(page, ","))
	return r.Call(ctx, cmd, req, resp)
}

func TestLists(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		items, total int
		cloud, local []string // the places that are asked for
	}{
		{0, 0, []string{"0"}, []string{"0"}},
		{99, 99, []string{"0"}, []string{"0"}},
		{100, 100, []string{"0"}, []string{"0", "100"}}, // what the total is of is not documented for local words
		{250, 250, []string{"0", "100", "200"}, []string{"0", "100", "200"}},
		{200, 0, []string{"0", "100", "200"}, []string{"0", "100", "200"}}, // a total that cannot be
		{150, 300, []string{"0", "100"}, []string{"0", "100"}},             // words went meanwhile
	} {
		p := &pager{items: tc.items, total: tc.total}
		words, err := conform.Drain(moderation.NewClient(p).CloudKeywords(t.Context(), lib))
		require.NoError(t, err)
		assert.Len(t, words, tc.items)
		assert.Equal(t, tc.cloud, p.asked)
		p.asked = nil
		local, err := conform.Drain(moderation.NewClient(p).LocalKeywords(t.Context()))
		require.NoError(t, err)
		assert.Len(t, local, tc.items)
		assert.Equal(t, tc.local, p.asked)
	}
}

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c, ctx := moderation.NewClient(&conform.Recorder{Err: down}), t.Context()
	for name, call := range map[string]func() (any, error){
		"one":       func() (any, error) { return c.Moderate(ctx, moderation.C2C, text) },
		"batch":     func() (any, error) { return c.ModerateBatch(ctx, moderation.C2C, []moderation.Content{text}) },
		"libraries": func() (any, error) { return conform.Drain(c.Libraries(ctx)) },
		"cloud":     func() (any, error) { return conform.Drain(c.CloudKeywords(ctx, lib)) },
		"delete":    func() (any, error) { return c.DeleteCloudKeywords(ctx, lib, []string{"a"}) },
		"local":     func() (any, error) { return conform.Drain(c.LocalKeywords(ctx)) },
	} {
		got, err := call()
		require.ErrorIs(t, err, down, name)
		assert.Empty(t, got, name)
	}
}
