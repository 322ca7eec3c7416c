package account_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func numbered(n int) []string {
	users := make([]string, n)
	for i := range users {
		users[i] = "u" + strconv.Itoa(i)
	}
	return users
}

func TestWhatIsEmptyIsNotSent(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{}`}
	c := account.NewClient(r)
	require.NoError(t, c.Import(t.Context(), account.Account{UserID: "ann"}))
	assert.JSONEq(t, `{"UserID":"ann"}`, r.Body)
	_, err := c.MultiImport(t.Context(), []account.Account{{UserID: "ann"}, {UserID: "bob", Nick: "Bob"}})
	require.NoError(t, err)
	assert.JSONEq(t, `{"AccountList":[{"UserID":"ann"},{"UserID":"bob","Nick":"Bob"}]}`, r.Body)
	_, err = c.QueryOnlineStatus(t.Context(), []string{"ann"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"To_Account":["ann"]}`, r.Body)
}

func second[T any](_ T, err error) error { return err }

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c := account.NewClient(&conform.Recorder{Err: down})
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
			r := &conform.Recorder{}
			err := tc.call(account.NewClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			var argument *restapi.ArgumentError
			require.ErrorAs(t, err, &argument)
			assert.Equal(t, tc.field, argument.Field)
			assert.NotEmpty(t, argument.Command.Name)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
}

func TestTheLargestCallsPass(t *testing.T) {
	t.Parallel()
	c := account.NewClient(&conform.Recorder{Answer: `{}`})
	got, err := c.Delete(t.Context(), numbered(account.MaxAccounts))
	require.NoError(t, err)
	assert.Len(t, got, 100)
	status, err := c.QueryOnlineStatus(t.Context(), numbered(account.MaxStatusAccounts))
	require.NoError(t, err)
	assert.Len(t, status, 500)
}
