package friend_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCheckReadsTheDocumentedAnswer(t *testing.T) {
	t.Parallel()
	asked := []string{"fay", "eve", "dan", "cat", "bob"}
	got, err := answering(t, friend.CommandFriendCheck, 0).Check(t.Context(), "ann", asked, friend.Both)
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodeRelationInternalError)
	assert.Empty(t, got[0].Relation, "what could not be checked is not known")
	for i, want := range []friend.Relation{friend.NoRelation, friend.BWithA, friend.AWithB, friend.BothWay} {
		assert.Equal(t, friend.CheckResult{UserID: asked[i+1], Relation: want}, got[i+1])
	}
}

func TestCheckBlockedReadsTheDocumentedAnswer(t *testing.T) {
	t.Parallel()
	asked := []string{"fay", "eve", "dan", "cat", "bob"}
	got, err := answering(t, friend.CommandBlackListCheck, 0).CheckBlocked(t.Context(), "ann", asked, friend.Both)
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodeRelationTimeout)
	assert.Empty(t, got[0].Relation, "what could not be checked is not known")
	for i, want := range []friend.BlockRelation{friend.NoBlock, friend.BBlocksA, friend.ABlocksB, friend.BothBlocking} {
		assert.Equal(t, friend.BlockResult{UserID: asked[i+1], Relation: want}, got[i+1])
	}
}
