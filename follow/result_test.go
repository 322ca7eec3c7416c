package follow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestResultsAreInTheOrderAsked(t *testing.T) {
	t.Parallel()
	asked := []string{"eve", "cat", "bob", "cat"}
	got, err := answering(t, follow.CommandFollowDelete, 1).Delete(t.Context(), "ann", asked)
	require.NoError(t, err)
	require.Len(t, got, len(asked))
	for i, userID := range asked {
		assert.Equal(t, userID, got[i].UserID)
	}
	require.ErrorIs(t, got[0].Err(), restapi.ErrBadResponse, "a user missing from the answer is not a success")
	require.ErrorIs(t, got[1].Err(), restapi.CodeRelationAccountNotFound)
	require.NoError(t, got[2].Err())
	assert.Equal(t, got[1], got[3])
}

func TestCheckReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	got, err := answering(t, follow.CommandFollowCheck, 0).Check(t.Context(), "ann", []string{"cat", "eve", "bob"})
	require.NoError(t, err)
	assert.Equal(t, follow.CheckResult{UserID: "cat", FollowType: follow.Mutual}, got[0])
	require.ErrorIs(t, got[1].Err(), restapi.ErrBadResponse)
	assert.Equal(t, follow.CheckResult{UserID: "bob", FollowType: follow.NoFollow}, got[2])

	got, err = answering(t, follow.CommandFollowCheck, 1).Check(t.Context(), "ann", []string{"zed", "bob"})
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodeRelationAccountNotFound)
	assert.Equal(t, follow.CheckResult{UserID: "bob", FollowType: follow.Following}, got[1])
}

func TestInfoReadsTheDocumentedAnswer(t *testing.T) {
	t.Parallel()
	got, err := answering(t, follow.CommandFollowGetInfo, 0).Info(t.Context(), "ann", []string{"bob", "eve", "ann"})
	require.NoError(t, err)
	assert.Equal(t, follow.Info{UserID: "bob", FollowerCount: 1}, got[0])
	require.ErrorIs(t, got[1].Err(), restapi.ErrBadResponse)
	assert.Equal(t, follow.Info{UserID: "ann", FollowingCount: 2}, got[2])
}

func TestAUserWhoFailedHasNothingElse(t *testing.T) {
	t.Parallel()
	checked, err := follow.NewClient(&conform.Recorder{
		Answer: `{"ResultItem":[{"To_Account":"bob","ResultCode":30006,"FollowType":3}]}`,
	}).Check(t.Context(), "ann", []string{"bob"})
	require.NoError(t, err)
	require.ErrorIs(t, checked[0].Err(), restapi.ErrTemporary)
	assert.Zero(t, checked[0].FollowType)
	read, err := follow.NewClient(&conform.Recorder{
		Answer: `{"FollowInfo":[{"To_Account":"bob","ResultCode":30006,"FollowerCount":7}]}`,
	}).Info(t.Context(), "ann", []string{"bob"})
	require.NoError(t, err)
	require.ErrorIs(t, read[0].Err(), restapi.ErrTemporary)
	assert.Zero(t, read[0].FollowerCount)
}
