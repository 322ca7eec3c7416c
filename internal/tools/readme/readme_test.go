// Package readme_test compiles what README.md shows.
package readme_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var program = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

func TestProgramsCompile(t *testing.T) {
	t.Parallel()
	page := readme(t)
	programs := program.FindAllStringSubmatch(page, -1)
	require.Len(t, programs, 3, "one message, one handler of webhooks, one UserSig")
	assert.Equal(t, strings.Count(page, "```"), 2*len(programs), "every fenced block is a Go program")
	for i, p := range programs {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "main.go")
			require.NoError(t, os.WriteFile(file, []byte(p[1]), 0o600))
			vet(t, file)
		})
	}
}

// vet compiles a program.
func vet(t *testing.T, file string) {
	t.Helper()
	vet := exec.CommandContext(t.Context(), "go", "vet", file) // in this folder, so that imports are this module's
	out, err := vet.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestLengthAndLinks(t *testing.T) {
	t.Parallel()
	page := readme(t)
	assert.LessOrEqual(t, strings.Count(page, "\n"), 150)
	for _, link := range regexp.MustCompile(`\]\(([^)#]+)`).FindAllStringSubmatch(page, -1) {
		name, isPackage := strings.CutPrefix(link[1], "https://pkg.go.dev/github.com/go-tencentchat/tencentchat/")
		if !isPackage && strings.Contains(name, "://") {
			continue
		}
		_, err := os.Stat(filepath.Join("..", "..", "..", name))
		assert.NoError(t, err, "%s", link[1])
	}
	for _, command := range regexp.MustCompile("go run (\\./[^\\s`]+)").FindAllStringSubmatch(page, -1) {
		_, err := os.Stat(filepath.Join("..", "..", "..", command[1], "main.go"))
		assert.NoError(t, err)
	}
}

func readme(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "README.md"))
	require.NoError(t, err)
	return string(page)
}
