package account_test

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A recorder is a Caller that answers every call with one canned body.
type recorder struct {
	answer   string
	err      error
	calls    int
	command  restapi.Command
	lastBody string
}

func (r *recorder) Call(_ context.Context, cmd restapi.Command, req, resp any) error {
	r.calls++
	r.command = cmd
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	r.lastBody = string(body)
	if r.err != nil || resp == nil {
		return r.err
	}
	return json.Unmarshal([]byte(r.answer), resp)
}

func documented(tb testing.TB, cmd restapi.Command) spec.Command {
	tb.Helper()
	doc, err := spec.LookupCommand(cmd.Path())
	require.NoError(tb, err)
	return doc
}

func numbered(n int) []string {
	users := make([]string, n)
	for i := range users {
		users[i] = "u" + strconv.Itoa(i)
	}
	return users
}

func TestRequestsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	mila := account.Account{UserID: "mila_0042", Nick: "Mila Vance", FaceURL: "https://cdn.example.com/a/mila.png"}
	rio := []account.Account{
		{UserID: "rio_1", Nick: "Rio", FaceURL: "https://cdn.example.com/rio.jpg"},
		{UserID: "rio_2", Nick: "Rio the second", FaceURL: "https://cdn.example.com/rio2.jpg"},
		{UserID: "rio_3"},
	}
	type call = func(context.Context, *account.Client) error
	imports := func(a account.Account) call {
		return func(ctx context.Context, c *account.Client) error { return c.Import(ctx, a) }
	}
	multi := func(a ...account.Account) call {
		return func(ctx context.Context, c *account.Client) error { return second(c.MultiImport(ctx, a)) }
	}
	deletes := func(users ...string) call {
		return func(ctx context.Context, c *account.Client) error { return second(c.Delete(ctx, users)) }
	}
	checks := func(users ...string) call {
		return func(ctx context.Context, c *account.Client) error { return second(c.Check(ctx, users)) }
	}
	status := func(opts []account.StatusOption, users ...string) call {
		return func(ctx context.Context, c *account.Client) error {
			return second(c.QueryOnlineStatus(ctx, users, opts...))
		}
	}
	state := func(opts []account.StatusOption, users ...string) call {
		return func(ctx context.Context, c *account.Client) error { return second(c.QueryState(ctx, users, opts...)) }
	}
	kick := func(ctx context.Context, c *account.Client) error { return c.Kick(ctx, "spammer_3") }
	detail := []account.StatusOption{account.WithDetail()}

	for _, tc := range []struct {
		cmd   restapi.Command
		calls []call // in the order of the documented requests
	}{
		{account.CommandAccountImport, []call{imports(account.Account{UserID: "mila_0042"}), imports(mila)}},
		{account.CommandMultiAccountImport, []call{multi(account.Account{UserID: "rio_1"}), multi(rio...)}},
		{account.CommandAccountDelete, []call{deletes("old_11"), deletes("old_11", "old_12")}},
		{account.CommandAccountCheck, []call{checks("kay"), checks("kay", "lee", "moe")}},
		{account.CommandKick, []call{kick}},
		{
			account.CommandQueryOnlineStatus,
			[]call{status(nil, "ann", "bob", "cat", "dan"), status(detail, "ann", "bob", "dan")},
		},
		{account.CommandQueryState, []call{state(nil, "ann", "bob", "cat"), state(detail, "ann")}},
	} {
		t.Run(tc.cmd.Name, func(t *testing.T) {
			t.Parallel()
			examples := documented(t, tc.cmd).RequestExamples
			if tc.cmd == account.CommandMultiAccountImport {
				examples = examples[:2] // the third is the older form, which is not sent
			}
			require.Len(t, examples, len(tc.calls))
			for i, call := range tc.calls {
				r := &recorder{answer: `{}`}
				require.NoError(t, call(t.Context(), account.NewClient(r)))
				assert.Equal(t, tc.cmd, r.command)
				assert.JSONEq(t, string(examples[i]), r.lastBody)
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c := account.NewClient(&recorder{err: down})
	ctx := t.Context()
	users := []string{"ann"}
	require.ErrorIs(t, c.Import(ctx, account.Account{UserID: "ann"}), down)
	require.ErrorIs(t, c.Kick(ctx, "ann"), down)
	imported, err := c.MultiImport(ctx, []account.Account{{UserID: "ann"}})
	require.ErrorIs(t, err, down)
	assert.Nil(t, imported)
	deleted, err := c.Delete(ctx, users)
	require.ErrorIs(t, err, down)
	assert.Nil(t, deleted)
	checked, err := c.Check(ctx, users)
	require.ErrorIs(t, err, down)
	assert.Nil(t, checked)
	status, err := c.QueryOnlineStatus(ctx, users)
	require.ErrorIs(t, err, down)
	assert.Nil(t, status)
}

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 501)
	many := make([]account.Account, 101)
	for i, userID := range numbered(101) {
		many[i].UserID = userID
	}
	ctx := t.Context()
	for name, tc := range map[string]struct {
		field string
		call  func(c *account.Client) error
	}{
		"import nobody": {"UserID", func(c *account.Client) error { return c.Import(ctx, account.Account{}) }},
		"import long id": {"UserID", func(c *account.Client) error {
			return c.Import(ctx, account.Account{UserID: strings.Repeat("u", 33)})
		}},
		"import long nick": {"Nick", func(c *account.Client) error {
			return c.Import(ctx, account.Account{UserID: "ann", Nick: long})
		}},
		"import nick that is not UTF-8": {"Nick", func(c *account.Client) error {
			return c.Import(ctx, account.Account{UserID: "ann", Nick: "\xff"})
		}},
		"import long avatar": {"FaceUrl", func(c *account.Client) error {
			return c.Import(ctx, account.Account{UserID: "ann", FaceURL: long})
		}},
		"import none":     {"AccountList", func(c *account.Client) error { return second(c.MultiImport(ctx, nil)) }},
		"import too many": {"AccountList", func(c *account.Client) error { return second(c.MultiImport(ctx, many)) }},
		"import one of them nobody": {"AccountList[1].UserID", func(c *account.Client) error {
			return second(c.MultiImport(ctx, []account.Account{{UserID: "ann"}, {}}))
		}},
		"import one of them long": {"AccountList[0].Nick", func(c *account.Client) error {
			return second(c.MultiImport(ctx, []account.Account{{UserID: "ann", Nick: long}}))
		}},
		"import twice": {"AccountList[1].UserID", func(c *account.Client) error {
			return second(c.MultiImport(ctx, []account.Account{{UserID: "ann"}, {UserID: "ann", Nick: "Ann"}}))
		}},
		"delete none":     {"DeleteItem", func(c *account.Client) error { return second(c.Delete(ctx, nil)) }},
		"delete too many": {"DeleteItem", func(c *account.Client) error { return second(c.Delete(ctx, numbered(101))) }},
		"check nobody":    {"CheckItem[0]", func(c *account.Client) error { return second(c.Check(ctx, []string{""})) }},
		"check too many":  {"CheckItem", func(c *account.Client) error { return second(c.Check(ctx, numbered(101))) }},
		"kick nobody":     {"UserID", func(c *account.Client) error { return c.Kick(ctx, "") }},
		"status of none":  {"To_Account", func(c *account.Client) error { return second(c.QueryOnlineStatus(ctx, nil)) }},
		"status of too many": {"To_Account", func(c *account.Client) error {
			return second(c.QueryOnlineStatus(ctx, numbered(501)))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{}
			err := tc.call(account.NewClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			var argument *restapi.ArgumentError
			require.ErrorAs(t, err, &argument)
			assert.Equal(t, tc.field, argument.Field)
			assert.NotEmpty(t, argument.Command.Name)
			assert.Zero(t, r.calls, "nothing may be sent")
		})
	}
}

func TestTheLargestCallsPass(t *testing.T) {
	t.Parallel()
	c := account.NewClient(&recorder{answer: `{}`})
	got, err := c.Delete(t.Context(), numbered(account.MaxAccounts))
	require.NoError(t, err)
	assert.Len(t, got, 100)
	status, err := c.QueryOnlineStatus(t.Context(), numbered(account.MaxStatusAccounts))
	require.NoError(t, err)
	assert.Len(t, status, 500)
}
