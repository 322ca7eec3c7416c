package account_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestDuplicatesAreSentOnce(t *testing.T) {
	t.Parallel()
	r := &recorder{answer: `{"ResultItem":[{"UserID":"a","ResultCode":0,"ResultInfo":"","AccountStatus":"Imported"}]}`}
	got, err := account.NewClient(r).Check(t.Context(), []string{"a", "a"})
	require.NoError(t, err)
	assert.JSONEq(t, `{"CheckItem":[{"UserID":"a"}]}`, r.lastBody)
	require.Len(t, got, 2)
	assert.True(t, got[0].Imported() && got[1].Imported())
}

func TestCheckReadsTheDocumentedAnswer(t *testing.T) {
	t.Parallel()
	r := &recorder{answer: string(documented(t, account.CommandCheck).ResponseExamples[1])}
	got, err := account.NewClient(r).Check(t.Context(), []string{"kay", "lee", "moe", "ned"})
	require.NoError(t, err)
	require.Len(t, got, 4)
	assert.Equal(t, account.Imported, got[0].Status)
	assert.True(t, got[0].Imported())
	require.NoError(t, got[1].Err())
	assert.Equal(t, account.NotImported, got[1].Status)
	assert.False(t, got[1].Imported())
	require.ErrorIs(t, got[2].Err(), restapi.CodeAccountTimeout)
	assert.False(t, got[2].Imported())
	require.ErrorIs(t, got[3].Err(), restapi.ErrBadResponse)
}
