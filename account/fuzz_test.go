package account_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// FuzzAnswers reads anything as an answer: every account asked for has a result of its own, in the order asked.
func FuzzAnswers(f *testing.F) {
	for _, cmd := range []restapi.Command{
		account.CommandMultiAccountImport, account.CommandAccountDelete, account.CommandAccountCheck,
		account.CommandQueryOnlineStatus,
	} {
		for _, example := range conform.Documented(f, cmd).ResponseExamples {
			f.Add(string(example))
		}
	}
	f.Add(`{"ResultItem":[{},{"UserID":"ann","ResultCode":-1}],"QueryResult":[null],"ErrorList":[{}],"FailAccounts":["","ann"]}`)
	users := []string{"ann", "old_11", "ann", "kay"}
	f.Fuzz(func(t *testing.T, data string) {
		c := account.NewClient(&conform.Recorder{Answer: data})
		if got, err := c.Delete(t.Context(), users); err == nil {
			require.Len(t, got, len(users))
			for i, r := range got {
				require.Equal(t, users[i], r.UserID)
			}
		}
		if got, err := c.Check(t.Context(), users); err == nil {
			require.Len(t, got, len(users))
			for i, r := range got {
				require.Equal(t, users[i], r.UserID)
				require.False(t, r.Err() != nil && r.Status != "")
			}
		}
		if got, err := c.QueryOnlineStatus(t.Context(), users); err == nil {
			require.Len(t, got, len(users))
			for i, r := range got {
				require.Equal(t, users[i], r.UserID)
				require.False(t, r.Err() != nil && r.Status != "")
			}
		}
		if got, err := c.MultiImport(t.Context(), []account.Account{{UserID: "ann"}, {UserID: "kay"}}); err == nil {
			require.Len(t, got, 2)
		}
	})
}
