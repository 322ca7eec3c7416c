package internal_test

import (
	"errors"
	"go/ast"
	"go/build"
	"go/doc"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// packages returns the documented packages that programs import, by their folders.
func packages(t *testing.T) map[string]*doc.Package {
	t.Helper()
	all := map[string]*doc.Package{}
	err := filepath.WalkDir("..", func(dir string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		switch name := entry.Name(); {
		case name == "internal", name == "testdata", name == "examples", strings.HasPrefix(name, ".") && dir != "..":
			return filepath.SkipDir
		}
		p, err := build.ImportDir(dir, 0)
		if _, none := errors.AsType[*build.NoGoError](err); none {
			return nil // a folder above others
		}
		require.NoError(t, err)
		fset := token.NewFileSet()
		var files []*ast.File
		for _, name := range slices.Concat(p.GoFiles, p.XTestGoFiles) {
			file, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, parser.ParseComments)
			require.NoError(t, err)
			files = append(files, file)
		}
		all[dir], err = doc.NewFromFiles(fset, files, module)
		return err
	})
	require.NoError(t, err)
	require.Greater(t, len(all), 10)
	return all
}

// Examples that belong to the whole package stand at the end of its page, where nobody looks who does not know of them.
func TestPackagesNameTheirExamples(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`Example \((\w+)\)`)
	for dir, p := range packages(t) {
		var there, said []string
		for _, example := range p.Examples {
			if example.Suffix != "" {
				there = append(there, strings.ToUpper(example.Suffix[:1])+example.Suffix[1:])
			}
		}
		for _, m := range named.FindAllStringSubmatch(strings.ReplaceAll(p.Doc, "\n", " "), -1) {
			said = append(said, m[1])
		}
		assert.ElementsMatch(t, there, said, "%s: Example (X) in its documentation, and func Example_x", dir)
	}
}

// A name in brackets that is not a name of the package is shown with its brackets.
func TestLinksOfPackagesLeadSomewhere(t *testing.T) {
	t.Parallel()
	bracketed := regexp.MustCompile(`\[\*?[A-Z]\w*(\.\w+)?\]`)
	for dir, p := range packages(t) {
		for _, text := range texts(p.Parser().Parse(p.Doc).Content) {
			assert.Empty(t, bracketed.FindAllString(text, -1), dir)
		}
	}
}

// texts returns what is plain text in the blocks of a comment.
func texts(blocks []comment.Block) []string {
	var all []string
	for _, block := range blocks {
		var words []comment.Text
		switch block := block.(type) {
		case *comment.Paragraph:
			words = block.Text
		case *comment.List:
			for _, item := range block.Items {
				all = append(all, texts(item.Content)...)
			}
		}
		for _, word := range words {
			if plain, ok := word.(comment.Plain); ok {
				all = append(all, string(plain))
			}
		}
	}
	return all
}
