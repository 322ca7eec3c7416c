package account_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestDuplicatesAreSentOnce(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"ResultItem":[{"UserID":"a","ResultCode":0,"ResultInfo":"","AccountStatus":"Imported"}]}`}
	got, err := account.NewClient(r).Check(t.Context(), []string{"a", "a"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"CheckItem":[{"UserID":"a"}]}`, r.Body)
	require.Len(t, got, 2)
	assert.Equal(t, account.Imported, got[0].Status)
	assert.Equal(t, got[0], got[1])
}

func TestCheckReadsTheDocumentedAnswer(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: string(conform.Documented(t, account.CommandAccountCheck).ResponseExamples[1])}
	got, err := account.NewClient(r).Check(t.Context(), []string{"kay", "lee", "moe", "ned"})
	require.NoError(t, err)
	require.Len(t, got, 4)
	assert.Equal(t, account.Imported, got[0].Status)
	require.NoError(t, got[1].Err())
	assert.Equal(t, account.NotImported, got[1].Status)
	require.ErrorIs(t, got[2].Err(), restapi.CodeAccountTimeout)
	assert.Empty(t, got[2].Status)
	require.ErrorIs(t, got[3].Err(), restapi.ErrBadResponse)
}

func TestAnAccountThatFailedHasNoStatus(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"ResultItem":[{"UserID":"a","ResultCode":70169,"ResultInfo":"","AccountStatus":"Imported"}]}`}
	got, err := account.NewClient(r).Check(t.Context(), []string{"a"})
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodeAccountTimeout)
	assert.Empty(t, got[0].Status, "Status alone says whether the account is imported")
}
