package account_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestDeleteReadsTheDocumentedAnswer(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: string(conform.Documented(t, account.CommandAccountDelete).ResponseExamples[1])}
	got, err := account.NewClient(r).Delete(t.Context(), []string{"old_12", "old_11", "old_13"})
	require.NoError(t, err)
	require.Len(t, got, 3)
	require.ErrorIs(t, got[0].Err(), restapi.CodeAccountNotFound)
	require.ErrorIs(t, got[0].Err(), restapi.ErrAccountNotFound)
	require.NoError(t, got[1].Err())
	require.ErrorIs(t, got[2].Err(), restapi.ErrBadResponse, "an account missing from the answer is not a success")
	assert.Equal(t, "old_13", got[2].UserID)
}
