package conversation_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
)

func TestUnpin(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{}
	ben := conversation.C2C("ben")
	require.NoError(t, conversation.NewClient(r).Unpin(t.Context(), "ana", []conversation.ID{ben, ben}))
	assert.JSONEq(t, `{"From_Account":"ana","OperationType":2,
		"RecentContactItem":[{"Type":1,"To_Account":"ben"}]}`, r.Body)
}
