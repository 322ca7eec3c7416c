package callback_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	gotoken "go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// exports returns where the compiler has put what it knows of this package and of what it imports.
func exports(t *testing.T) importer.Lookup {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}", ".")
	out, err := cmd.Output()
	require.NoError(t, err)
	files := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		name, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		files[name] = file
	}
	return func(path string) (io.ReadCloser, error) { return os.Open(files[path]) }
}

// TestWrongProgramsDoNotCompile type-checks small programs against the compiled package.
func TestWrongProgramsDoNotCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	t.Parallel()
	const head = `package p
import ("context"; "github.com/go-tencentchat/tencentchat/callback")
var h *callback.Handler
var ctx context.Context
type own struct{ callback.Meta }
func (*own) Command() string { return "own" }
type foreign struct{}
func (foreign) Command() string { return "foreign" }
func (foreign) Metadata() *callback.Meta { return nil }
func f() { `
	fset := gotoken.NewFileSet()
	compiled := importer.ForCompiler(fset, "gc", exports(t))
	for name, c := range map[string]struct {
		code string
		err  string // empty: it compiles
	}{
		"on":     {`callback.On(h, func(context.Context, *callback.StateChange) error { return nil })`, ""},
		"answer": {`callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) { return e.Allow(), nil })`, ""},
		"handle": {`h.Handle("x", func(context.Context, *callback.Unknown) (any, error) { return nil, nil })`, ""},
		"before-event to On": {
			`callback.On(h, func(context.Context, *callback.GroupBeforeSendMsg) error { return nil })`, "AfterEvent",
		},
		"after-event to Answer": {
			`callback.Answer(h, func(context.Context, *callback.StateChange) (callback.GroupBeforeSendMsgAnswer, error) { panic(0) })`, "StateChange",
		},
		"wrong answer": {
			`callback.Answer(h, func(context.Context, *callback.GroupBeforeSendMsg) (callback.Reply, error) { panic(0) })`, "GroupBeforeSendMsg",
		},
		"event by value":      {`callback.On(h, func(context.Context, callback.StateChange) error { return nil })`, "StateChange"},
		"unknown to On":       {`callback.On(h, func(context.Context, *callback.Unknown) error { return nil })`, "AfterEvent"},
		"no context":          {`callback.On(h, func(*callback.StateChange) error { return nil })`, "func"},
		"no error":            {`callback.On(h, func(context.Context, *callback.StateChange) {})`, "func"},
		"event of one's own":  {`callback.On(h, func(context.Context, *own) error { return nil })`, "AfterEvent"},
		"event without Meta":  {`var _ callback.Event = foreign{}`, "method event"},
		"answer to an after":  {`callback.On(h, func(context.Context, *callback.StateChange) (callback.Reply, error) { panic(0) })`, "func"},
		"reject on its after": {`(&callback.StateChange{}).Reject("x")`, "Reject"},
	} {
		file, err := parser.ParseFile(fset, name+".go", head+c.code+"\n}\n", 0)
		require.NoError(t, err, name)
		conf := types.Config{Importer: compiled}
		_, err = conf.Check("p", fset, []*ast.File{file}, nil)
		if c.err == "" {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorContains(t, err, c.err, name)
		assert.NotContains(t, err.Error(), "could not import", name)
	}
}
