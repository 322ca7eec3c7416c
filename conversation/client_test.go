package conversation_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// answering returns a client of a service that answers every call with the documented answer of that number.
func answering(tb testing.TB, cmd restapi.Command, example int) *conversation.Client {
	tb.Helper()
	return conversation.NewClient(&conform.Recorder{Answer: string(conform.Documented(tb, cmd).ResponseExamples[example])})
}

func numbered(n int) []conversation.ID {
	ids := make([]conversation.ID, n)
	for i := range ids {
		ids[i] = conversation.C2C("u" + strconv.Itoa(i))
	}
	return ids
}

func marked(ids []conversation.ID) []conversation.MarkItem {
	items := make([]conversation.MarkItem, len(ids))
	for i, id := range ids {
		items[i] = conversation.MarkItem{ContactItem: id, SetMark: []conversation.Mark{conversation.MarkStar}}
	}
	return items
}

func second[T any](_ T, err error) error { return err }

func TestRequestsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	ben, team := conversation.C2C("ben"), conversation.Group("team7")
	both := []conversation.ID{ben, team}
	type calls = []func(c *conversation.Client) error
	for _, tc := range []struct {
		cmd   restapi.Command
		calls calls // in the order of the documented requests
	}{
		{conversation.CommandGetList, calls{
			func(c *conversation.Client) error { return second(c.ConversationPage(ctx, "ana", "")) },
		}},
		{conversation.CommandDelete, calls{
			func(c *conversation.Client) error {
				return c.Delete(ctx, "ana", ben, conversation.WithClearRamble())
			},
			func(c *conversation.Client) error { return c.Delete(ctx, "ana", team) },
		}},
		{conversation.CommandTop, calls{
			func(c *conversation.Client) error {
				return c.Pin(ctx, "ana", []conversation.ID{ben, conversation.Group("@TGS#1FGHIJ"), ben})
			},
		}},
		{conversation.CommandMarkContact, calls{
			func(c *conversation.Client) error {
				return second(c.Mark(ctx, "ana", []conversation.MarkItem{
					{
						ContactItem: ben, SetMark: []conversation.Mark{conversation.MarkStar, conversation.MarkUnread, 33},
						ClearMark: []conversation.Mark{conversation.MarkHide}, CustomMark: restapi.Some("vip"),
					},
					{ContactItem: team, CustomMark: restapi.Some("")},
				}))
			},
		}},
		{conversation.CommandCreateContactGroup, calls{
			func(c *conversation.Client) error {
				return second(c.CreateContactGroup(ctx, "ana", "work", append(both, ben)))
			},
		}},
		{conversation.CommandUpdateContactGroup, calls{
			func(c *conversation.Client) error {
				return second(c.RenameContactGroup(ctx, "ana", "work", "office"))
			},
			func(c *conversation.Client) error {
				return second(c.UpdateContactGroup(ctx, "ana", "office", []conversation.ID{ben, ben}, both[1:]))
			},
		}},
		{conversation.CommandDelContactGroup, calls{
			func(c *conversation.Client) error { return second(c.DeleteContactGroup(ctx, "ana", "work")) },
		}},
		{conversation.CommandGetContactGroup, calls{
			func(c *conversation.Client) error { return second(c.ContactPage(ctx, "ana", "")) },
		}},
		{conversation.CommandSearchContactGroup, calls{
			func(c *conversation.Client) error {
				return second(c.SearchContacts(ctx, "ana", append(both, team)))
			},
		}},
	} {
		t.Run(tc.cmd.Name, func(t *testing.T) {
			t.Parallel()
			doc := conform.Documented(t, tc.cmd)
			require.Len(t, doc.RequestExamples, len(tc.calls))
			for i, call := range tc.calls {
				r := &conform.Recorder{Answer: string(doc.ResponseExamples[0])}
				require.NoError(t, call(conversation.NewClient(r)))
				assert.Equal(t, tc.cmd, r.Command)
				assert.JSONEq(t, string(doc.RequestExamples[i]), r.Body)
			}
		})
	}
}

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c := conversation.NewClient(&conform.Recorder{Err: down})
	ids := numbered(2)
	for name, call := range map[string]func(context.Context) (any, error){
		"list":   func(ctx context.Context) (any, error) { return conform.Drain(c.Conversations(ctx, "ana")) },
		"delete": func(ctx context.Context) (any, error) { return nil, c.Delete(ctx, "ana", ids[0]) },
		"pin":    func(ctx context.Context) (any, error) { return nil, c.Pin(ctx, "ana", ids) },
		"unpin":  func(ctx context.Context) (any, error) { return nil, c.Unpin(ctx, "ana", ids) },
		"mark":   func(ctx context.Context) (any, error) { return c.Mark(ctx, "ana", marked(ids)) },
		"create": func(ctx context.Context) (any, error) { return c.CreateContactGroup(ctx, "ana", "work", ids) },
		"update": func(ctx context.Context) (any, error) { return c.UpdateContactGroup(ctx, "ana", "work", ids, nil) },
		"rename": func(ctx context.Context) (any, error) { return c.RenameContactGroup(ctx, "ana", "work", "office") },
		"del":    func(ctx context.Context) (any, error) { return c.DeleteContactGroup(ctx, "ana", "work") },
		"page":   func(ctx context.Context) (any, error) { return conform.Drain(c.Contacts(ctx, "ana")) },
		"search": func(ctx context.Context) (any, error) { return c.SearchContacts(ctx, "ana", ids) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := call(t.Context())
			require.ErrorIs(t, err, down)
			assert.Empty(t, got)
		})
	}
}

func TestTheLargestCallsPass(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := conversation.NewClient(&conform.Recorder{Answer: `{"GroupResultItem":[{}],"UpdateGroupResult":{}}`})
	got, err := c.Mark(ctx, "ana", marked(numbered(conversation.MaxMark)))
	require.NoError(t, err)
	assert.Len(t, got, 100)
	require.NoError(t, second(c.SearchContacts(ctx, "ana", numbered(conversation.MaxSearch))))
	require.NoError(t, second(c.CreateContactGroup(ctx, "ana", "work", numbered(1000))))
	require.NoError(t, c.Pin(ctx, "ana", numbered(1001)), "no limit is documented")
	require.NoError(t, second(c.UpdateContactGroup(ctx, "ana", "work", nil, numbered(1001))), "no limit is documented")
}
