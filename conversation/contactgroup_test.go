package conversation_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An answer without the conversation group is not as documented.
func TestTheGroupOfAnAnswer(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	ids := numbered(1)
	for name, call := range map[string]func(c *conversation.Client) (any, error){
		"create": func(c *conversation.Client) (any, error) { return c.CreateContactGroup(ctx, "ana", "work", ids) },
		"update": func(c *conversation.Client) (any, error) { return c.UpdateContactGroup(ctx, "ana", "work", ids, nil) },
		"rename": func(c *conversation.Client) (any, error) { return c.RenameContactGroup(ctx, "ana", "work", "office") },
		"delete": func(c *conversation.Client) (any, error) { return c.DeleteContactGroup(ctx, "ana", "work") },
	} {
		got, err := call(conversation.NewClient(&conform.Recorder{Answer: `{}`}))
		require.ErrorIs(t, err, restapi.ErrBadResponse, name)
		assert.Empty(t, got, name)
	}
	c := answering(t, conversation.CommandUpdateContactGroup, 0)
	renamed, err := c.RenameContactGroup(ctx, "ana", "work", "office")
	require.NoError(t, err)
	assert.Equal(t, conversation.ContactGroup{GroupName: "office", GroupID: 1}, renamed)
	gone, err := answering(t, conversation.CommandDelContactGroup, 0).DeleteContactGroup(ctx, "ana", "work")
	require.NoError(t, err)
	assert.Equal(t, conversation.ContactGroup{GroupName: "work", GroupID: 2}, gone)
}
