// Package readme_test compiles what README.md shows, and holds README.zh-CN.md against it.
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

const (
	english = "README.md"
	chinese = "README.zh-CN.md"
)

var program = regexp.MustCompile("(?ms)^```go\n(.*?)^```$")

func TestProgramsCompile(t *testing.T) {
	t.Parallel()
	page := readme(t, english)
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

// What can be copied from the page in Chinese is what the page in English has.
func TestChineseHasTheSameProgramsAndCommands(t *testing.T) {
	t.Parallel()
	copied := map[string]*regexp.Regexp{
		"programs": program,
		"commands": regexp.MustCompile("(?m)^    .+$|`(?:go|curl) [^`]+`"),
		"packages": regexp.MustCompile(`\]\((https://pkg\.go\.dev/[^)]+)`),
	}
	for name, pattern := range copied {
		want := pattern.FindAllString(readme(t, english), -1)
		assert.ElementsMatch(t, want, pattern.FindAllString(readme(t, chinese), -1), name)
	}
	for _, link := range []string{
		"https://cloud.tencent.com/document/product/269", "https://console.cloud.tencent.com/im", "https://console.trtc.io",
	} {
		assert.Contains(t, readme(t, chinese), "]("+link+")")
	}
}

func TestLengthAndLinks(t *testing.T) {
	t.Parallel()
	for _, name := range []string{english, chinese} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := readme(t, name)
			assert.LessOrEqual(t, strings.Count(page, "\n"), 150)
			for _, link := range regexp.MustCompile(`\]\(([^)#]+)`).FindAllStringSubmatch(page, -1) {
				path, isPackage := strings.CutPrefix(link[1], "https://pkg.go.dev/github.com/go-tencentchat/tencentchat/")
				if !isPackage && strings.Contains(path, "://") {
					continue
				}
				_, err := os.Stat(filepath.Join("..", "..", "..", path))
				assert.NoError(t, err, "%s", link[1])
			}
			for _, command := range regexp.MustCompile("go run (\\./[^\\s`]+)").FindAllStringSubmatch(page, -1) {
				_, err := os.Stat(filepath.Join("..", "..", "..", command[1], "main.go"))
				assert.NoError(t, err)
			}
		})
	}
}

func readme(t *testing.T, name string) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "..", name))
	require.NoError(t, err)
	return string(page)
}
