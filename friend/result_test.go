package friend_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestResultsAreInTheOrderAsked(t *testing.T) {
	t.Parallel()
	asked := []string{"dan", "bob", "eve", "cat", "bob"}
	got, err := answering(t, friend.CommandBlackListAdd, 1).Block(t.Context(), "ann", asked)
	require.NoError(t, err)
	require.Len(t, got, len(asked))
	for i, userID := range asked {
		assert.Equal(t, userID, got[i].UserID)
	}
	require.ErrorIs(t, got[0].Err(), restapi.CodeRelationInvalidAccount)
	require.NoError(t, got[1].Err())
	require.ErrorIs(t, got[2].Err(), restapi.ErrBadResponse, "a user missing from the answer is not a success")
	require.ErrorIs(t, got[3].Err(), restapi.CodeRelationInvalidParameter)
	assert.Equal(t, got[1], got[4])
}

// No failure gets lost, whichever of the ways the service has to tell of it.
func TestFailuresWithoutACode(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"Fail_Account":                `{"Fail_Account":["bob"]}`,
		"Invalid_Account":             `{"Invalid_Account":["bob"]}`,
		"listed in Fail_Account with": `{"ResultItem":[{"To_Account":"bob","ResultCode":0}],"Fail_Account":["bob"]}`,
	} {
		got, err := friend.NewClient(&conform.Recorder{Answer: answer}).Unblock(t.Context(), "ann", []string{"bob"})
		require.NoError(t, err)
		require.ErrorContains(t, got[0].Err(), "without a code", name)
		assert.NotErrorIs(t, got[0].Err(), restapi.ErrBadResponse, name)
	}
	// The row has the code: that says more.
	answer := `{"ResultItem":[{"To_Account":"bob","ResultCode":30003}],"Fail_Account":["bob"]}`
	got, err := friend.NewClient(&conform.Recorder{Answer: answer}).Unblock(t.Context(), "ann", []string{"bob"})
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodeRelationAccountNotFound)
}
