package readme_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// head declares what the calls of the table of tasks use.
const head = `package main

import (
	"context"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/bot"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/push"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var (
	client        restapi.Caller
	messages      = message.NewClient(client)
	conversations = conversation.NewClient(client)
	accounts      = account.NewClient(client)
	profiles      = profile.NewClient(client)
	friends       = friend.NewClient(client)
	follows       = follow.NewClient(client)
	groups        = group.NewClient(client)
	pushes        = push.NewClient(client)
	officials     = official.NewClient(client)
	bots          = bot.NewClient(client)
	moderations   = moderation.NewClient(client)
	operations    = operation.NewClient(client)

	ctx                    = context.Background()
	users                  []string
	id                     string
	m                      message.Message
	body                   message.Body
	sent                   message.Sent
	from, to, sentAt, hour time.Time
)

func main() {
`

// Each task of the package's documentation has a call that compiles, and every package that makes calls has one.
func TestTasksCompile(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "doc.go"))
	require.NoError(t, err)
	_, table, ok := strings.Cut(string(page), "// # Tasks and calls\n")
	require.True(t, ok)
	table, _, ok = strings.Cut(table, "// # ")
	require.True(t, ok)
	rows := regexp.MustCompile(`(?m)^//\t// (.+)\n//\t(.+)$`).FindAllStringSubmatch(table, -1)
	assert.GreaterOrEqual(t, len(rows), 50)
	assert.Equal(t, 2*len(rows), strings.Count(table, "//\t"), "a line is neither a task nor its call")
	var calls strings.Builder
	tasks := map[string]bool{}
	for _, row := range rows {
		assert.False(t, tasks[row[1]], "%s is there twice", row[1])
		tasks[row[1]] = true
		calls.WriteString("\t" + row[2] + "\n")
	}
	file := filepath.Join(t.TempDir(), "main.go")
	require.NoError(t, os.WriteFile(file, []byte(head+calls.String()+"}\n"), 0o600))
	vet(t, file)
}
