package account_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestQueryOnlineStatusReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	examples := conform.Documented(t, account.CommandQueryOnlineStatus).ResponseExamples
	query := func(example int, users ...string) []account.StatusResult {
		r := &conform.Recorder{Answer: string(examples[example])}
		got, err := account.NewClient(r).QueryOnlineStatus(t.Context(), users, account.WithDetail())
		require.NoError(t, err)
		require.Len(t, got, len(users))
		return got
	}
	got := query(0, "dan", "cat", "bob", "ann", "eve")
	require.ErrorIs(t, got[0].Err(), restapi.CodeAccountNotFound)
	assert.Equal(t, account.PushOnline, got[1].Status)
	assert.Equal(t, account.Online, got[2].Status)
	assert.Equal(t, account.Offline, got[3].Status)
	require.NoError(t, got[3].Err())
	require.ErrorIs(t, got[4].Err(), restapi.ErrBadResponse)
	assert.Empty(t, got[4].Status, "a status that is not known is not offline")

	got = query(1, "ann")
	assert.Equal(t, account.PushOnline, got[0].On("IPHONE"), "the case of letters does not matter")
	assert.Equal(t, account.Online, got[0].On(account.Web))
	assert.Equal(t, account.Offline, got[0].On(account.Android))

	got = query(2, "ann")
	assert.Equal(t, account.Online, got[0].Status, "State is read where Status is not there")
}

func TestQueryStateReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	for i, want := range [][]account.OnlineStatus{
		{account.Online}, {account.Offline, account.Online, account.PushOnline},
	} {
		r := &conform.Recorder{Answer: string(conform.Documented(t, account.CommandQueryState).ResponseExamples[i])}
		got, err := account.NewClient(r).QueryState(t.Context(), []string{"ann", "bob", "cat"}[:len(want)])
		require.NoError(t, err)
		for j, status := range want {
			require.NoError(t, got[j].Err())
			assert.Equal(t, status, got[j].Status)
		}
	}
}

func TestQueryStateTellsWhoseAccountIsMissing(t *testing.T) {
	t.Parallel()
	const ann = `{"To_Account":"ann","State":"Online"}`
	query := func(answer string, users ...string) []account.StatusResult {
		r := &conform.Recorder{Answer: `{"QueryResult":[` + answer + `]}`}
		got, err := account.NewClient(r).QueryState(t.Context(), users)
		require.NoError(t, err)
		require.Len(t, got, len(users))
		return got
	}
	for _, got := range [][]account.StatusResult{
		query(ann+`,{"To_Account":"@TLS#NOT_FOUND","State":"Offline"}`, "eve", "ann"),
		query(`{"To_Account":"@TLS#NOT_FOUND","State":"Offline"},`+ann, "@TLS#NOT_FOUND", "ann"),
	} {
		require.ErrorIs(t, got[0].Err(), restapi.CodeAccountNotFound)
		require.ErrorIs(t, got[0].Err(), restapi.ErrAccountNotFound)
		assert.NotErrorIs(t, got[0].Err(), restapi.ErrBadResponse)
		assert.Empty(t, got[0].Status, "a user who is not there is not offline")
		require.NoError(t, got[1].Err())
		assert.Equal(t, account.Online, got[1].Status)
	}
	require.ErrorIs(t, query(ann, "eve")[0].Err(), restapi.ErrBadResponse, "nothing says that the account is not there")
}

func TestStatusAndStateAreOne(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{
		`{"Status":"Online"}`, `{"State":"Online"}`, `{"Status":"Online","State":"Online"}`,
		`{"Status":"Online","State":""}`, `{"Status":"","State":"Online"}`, `{"Status":"Online","State":"Offline"}`,
	} {
		r := &conform.Recorder{Answer: `{"QueryResult":[{"To_Account":"ann",` + answer[1:] + `]}`}
		got, err := account.NewClient(r).QueryOnlineStatus(t.Context(), []string{"ann"})
		require.NoError(t, err)
		require.NoError(t, got[0].Err())
		assert.Equal(t, account.Online, got[0].Status, answer)
	}
}

func TestErrorListWithoutACodeIsAnError(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"QueryResult":[{"To_Account":"ann","Status":"Online"}],"ErrorList":[{"To_Account":"ann"}]}`}
	got, err := account.NewClient(r).QueryOnlineStatus(t.Context(), []string{"ann"})
	require.NoError(t, err)
	require.ErrorContains(t, got[0].Err(), "ErrorList")
}
