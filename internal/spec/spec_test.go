package spec_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
)

func TestEveryFileReads(t *testing.T) {
	t.Parallel()
	commands, err := spec.Commands()
	require.NoError(t, err)
	require.Len(t, commands, 174)
	webhooks, err := spec.Webhooks()
	require.NoError(t, err)
	require.Len(t, webhooks, 64)
	codes, err := spec.ErrorCodes()
	require.NoError(t, err)
	require.Len(t, codes, 328)
}

func TestLookup(t *testing.T) {
	t.Parallel()
	command, err := spec.LookupCommand("v4/profile/portrait_set")
	require.NoError(t, err)
	require.Equal(t, 200, command.PerSecond)
	webhook, err := spec.LookupWebhook("Group.CallbackBeforeSendMsg")
	require.NoError(t, err)
	require.Equal(t, "before", webhook.Kind)
	_, err = spec.LookupWebhook("No.Such")
	require.Error(t, err)
}
