package internal_test

import (
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/go-tencentchat/tencentchat"

// floors are the packages of this module from the ground up. A package imports those of lower floors alone; tests may
// import what they like. A name that ends in /* stands for all packages below it. Some are still to come.
var floors = [][]string{
	{".", "internal/wire", "internal/userid", "internal/ctxerr", "internal/spec", "internal/tools/generate"},
	{"usersig", "internal/spec/shape"},
	{"restapi"},
	{"internal/check", "internal/profilefields"},
	{"internal/batch", "internal/friendfields"},
	{"internal/msgext"},
	{"profile", "message"},
	{"account", "bot", "conversation", "follow", "friend", "group", "moderation", "official", "operation", "push"},
	{"callback"},
	{"callback/callbacktest"},
	{"internal/chat"},
	{"internal/inspector"},
	{"restapi/restapitest"},
	{"internal/conform", "internal/faultserver", "internal/tools/*", "examples/*"},
	{"internal/oncetest"},
}

// readers may import internal/spec and what is below it, which no backend should link.
var readers = []string{
	"callback/callbacktest", "internal/chat", "internal/inspector", "restapi/restapitest", "internal/conform",
	"internal/spec/shape", "internal/tools/*",
}

func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	root := ".."
	seen := 0
	err := filepath.WalkDir(root, func(dir string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if dir != root {
			if name := entry.Name(); name == "testdata" || strings.HasPrefix(name, ".") {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				return filepath.SkipDir // a module of its own
			}
		}
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || !slices.ContainsFunc(files, func(f string) bool { return !strings.HasSuffix(f, "_test.go") }) {
			return err
		}
		p, err := build.ImportDir(dir, 0) // in this process, so that go test sees the files change
		require.NoError(t, err)
		name, err := filepath.Rel(root, dir)
		require.NoError(t, err)
		seen++
		for _, fault := range faults(filepath.ToSlash(name), p.Imports) {
			assert.Fail(t, fault)
		}
		return nil
	})
	require.NoError(t, err)
	assert.Greater(t, seen, 20)
}

// faults says which imports of a package are not as they should be.
func faults(name string, imports []string) []string {
	own := floor(name)
	if own < 0 {
		return []string{homeless(name)}
	}
	var found []string
	for _, imported := range imports {
		to, ok := strings.CutPrefix(imported, module+"/")
		switch {
		case !ok:
		case floor(to) < 0:
			found = append(found, homeless(to))
		case floor(to) >= own:
			found = append(found, fmt.Sprintf("%s imports %s, which is not below it", name, to))
		case among(to, []string{"internal/spec", "internal/spec/*"}) && !among(name, readers):
			found = append(found, fmt.Sprintf("%s imports %s, which a backend would link", name, to))
		}
	}
	return found
}

func homeless(name string) string {
	return name + " has no floor: give it one in internal/imports_test.go"
}

// floor returns the number of the lowest floor with the package, -1 for none.
func floor(name string) int {
	return slices.IndexFunc(floors, func(packages []string) bool { return among(name, packages) })
}

func among(name string, packages []string) bool {
	return slices.ContainsFunc(packages, func(p string) bool {
		below, all := strings.CutSuffix(p, "*")
		return name == p || all && strings.HasPrefix(name, below)
	})
}

func TestFaultsOfImports(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ from, to, want string }{
		{"account", "restapi", ""},
		{"account", "message", ""},
		{"account", "internal/userid", ""},
		{"callback", "group", ""},
		{"callback/callbacktest", "internal/spec", ""},
		{"internal/tools/genspec", "internal/spec", ""},
		{"usersig", "restapi", "usersig imports restapi, which is not below it"},
		{"profile", "message", "profile imports message, which is not below it"},
		{"message", "group", "message imports group, which is not below it"},
		{"group", "official", "group imports official, which is not below it"},
		{"restapi", "internal/check", "restapi imports internal/check, which is not below it"},
		{"internal/wire", "internal/userid", "internal/wire imports internal/userid, which is not below it"},
		{"callback", "restapi/restapitest", "callback imports restapi/restapitest, which is not below it"},
		{"internal/chat", "restapi/restapitest", "internal/chat imports restapi/restapitest, which is not below it"},
		{"restapi/restapitest", "examples/x", "restapi/restapitest imports examples/x, which is not below it"},
		{"account", "internal/spec", "account imports internal/spec, which a backend would link"},
		{"account", "internal/spec/shape", "account imports internal/spec/shape, which a backend would link"},
		{"examples/backend", "internal/spec", "examples/backend imports internal/spec, which a backend would link"},
		{"account", "internal/new", "internal/new has no floor: give it one in internal/imports_test.go"},
		{"internal/new", "restapi", "internal/new has no floor: give it one in internal/imports_test.go"},
	} {
		t.Run(tc.from+" "+tc.to, func(t *testing.T) {
			t.Parallel()
			var want []string
			if tc.want != "" {
				want = []string{tc.want}
			}
			assert.Equal(t, want, faults(tc.from, []string{"context", module + "/" + tc.to, module + "ish/x"}))
		})
	}
}
