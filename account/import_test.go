package account_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMultiImportTellsWhoFailed(t *testing.T) {
	t.Parallel()
	r := &recorder{answer: string(documented(t, account.CommandMultiImport).ResponseExamples[1])}
	got, err := account.NewClient(r).MultiImport(t.Context(),
		[]account.Account{{UserID: "rio_1"}, {UserID: "rio_2"}, {UserID: "rio_3"}})
	require.NoError(t, err)
	require.Len(t, got, 3)
	require.NoError(t, got[0].Err())
	assert.Equal(t, "rio_1", got[0].UserID)
	for _, failed := range got[1:] {
		var refusal *restapi.Error
		require.ErrorAs(t, failed.Err(), &refusal)
		assert.Equal(t, account.CommandMultiImport, refusal.Command)
		assert.Contains(t, refusal.Error(), "FailAccounts")
	}
}
