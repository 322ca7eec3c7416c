package callback_test

import (
	"go/ast"
	"go/doc/comment"
	"go/parser"
	gotoken "go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

// sources parses the package's files, by name, without those of tests.
func sources(t testing.TB) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	files := make(map[string]*ast.File)
	fset := gotoken.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files[name], err = parser.ParseFile(fset, name, nil, parser.ParseComments)
		require.NoError(t, err)
	}
	return files
}

// eventDocs returns the doc comment of every type with a method Command, but Unknown.
func eventDocs(files map[string]*ast.File) map[string]string {
	docs, events := map[string]string{}, map[string]string{}
	for _, file := range files {
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == gotoken.TYPE {
				for _, s := range d.Specs {
					docs[s.(*ast.TypeSpec).Name.Name] = d.Doc.Text()
				}
			}
		}
	}
	for _, file := range files {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "Command" {
				continue
			}
			star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
			if !ok {
				continue
			}
			if name := star.X.(*ast.Ident).Name; name != "Unknown" {
				events[name] = docs[name]
			}
		}
	}
	return events
}

// A row is one line of the table in the package's documentation.
type row struct {
	command, name, when, page string
}

// table reads the rows. A name in brackets that is not in events is not a link, as on a page.
func table(t testing.TB, text string, events map[string]string) (rows []row) {
	t.Helper()
	parser := comment.Parser{LookupSym: func(_, name string) bool { _, ok := events[name]; return ok }}
	doc := parser.Parse(text)
	require.IsType(t, &comment.Heading{}, doc.Content[0])
	assert.Equal(t, comment.Plain("Webhooks"), doc.Content[0].(*comment.Heading).Text[0])
	list, ok := doc.Content[len(doc.Content)-1].(*comment.List)
	require.True(t, ok, "the list is last")
	for _, item := range list.Items {
		words := item.Content[0].(*comment.Paragraph).Text
		require.Len(t, words, 4, "command, type, when, page: %v", words)
		command, colon := strings.CutSuffix(string(words[0].(comment.Plain)), ": ")
		assert.True(t, colon, words)
		link, ok := words[1].(*comment.DocLink)
		require.True(t, ok, "%s names no type", command)
		assert.Empty(t, link.ImportPath)
		when := strings.Trim(string(words[2].(comment.Plain)), ", \n")
		page := words[3].(*comment.Link)
		assert.True(t, page.Auto)
		rows = append(rows, row{command, link.Name, when, page.URL})
	}
	return rows
}

// The table has every webhook, in the order of the commands, with the type that Decode returns, whether it is answered,
// and the page that the type names too.
func TestTableOfWebhooks(t *testing.T) {
	t.Parallel()
	files := sources(t)
	docs := eventDocs(files)
	rows := table(t, files["webhooks.go"].Doc.Text(), docs)
	all := webhooks(t)
	var names []string
	for i, w := range all {
		require.Less(t, i, len(rows), "%s is not in the list of webhooks.go", w.Command)
		got := rows[i]
		require.Equal(t, w.Command, got.command, "the next in the list of webhooks.go, which has the order of the alphabet")
		e, err := callback.Decode(w.Command, []byte(`{}`))
		require.NoError(t, err)
		assert.Equal(t, typeName(w.Command), got.name)
		_, after := e.(callback.AfterEvent)
		kind := "before"
		if after {
			kind = "after"
		}
		assert.Equal(t, w.Kind, kind, w.Command)
		assert.True(t, strings.HasPrefix(got.when, kind+" "), "%s is a %s-event: %s", w.Command, kind, got.when)
		assert.Greater(t, len(strings.Fields(got.when)), 3, got.command)
		assert.Equal(t, w.Doc[0], got.page, "%s: the first doc of its file in internal/spec/callback", w.Command)
		assert.True(t, strings.HasSuffix(docs[got.name], "\n\nVendor page: "+got.page+"\n"), "%s: %s", got.name, docs[got.name])
		assert.True(t, strings.HasPrefix(docs[got.name], got.name+" "), "%s: %s", got.name, docs[got.name])
		names = append(names, got.name)
	}
	require.Len(t, rows, len(all), "a line of webhooks.go that has no file in internal/spec/callback")
	slices.Sort(names)
	assert.Equal(t, slices.Sorted(maps.Keys(docs)), names, "a type that the table does not have")
}

// The package's documentation opens with what it is for. The table comes after it and does not grow into it.
func TestTableComesLast(t *testing.T) {
	t.Parallel()
	var with []string
	for name, file := range sources(t) {
		if file.Doc != nil {
			with = append(with, name)
		}
	}
	slices.Sort(with)
	assert.Equal(t, []string{"doc.go", "webhooks.go"}, with)
	data, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	assert.Less(t, strings.Count(string(data), "\n"), 120)
}
