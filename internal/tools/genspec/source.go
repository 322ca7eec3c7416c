package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/spec"
)

// source is what there is of an area.
type source struct {
	doc     string          // doc.go
	methods map[string]bool // exported, such as "Client.Import"; whether it takes a context
}

// read reads the area in dir. It is fs.ErrNotExist when there is no doc.go.
func read(dir string) (source, error) {
	doc, err := fs.ReadFile(os.DirFS(dir), "doc.go")
	if err != nil {
		return source{}, err
	}
	s := source{doc: string(doc), methods: map[string]bool{}}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return source{}, err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return source{}, err
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil && f.Name.IsExported() {
				s.methods[receiver(f)+"."+f.Name.Name] = takesContext(f)
			}
		}
	}
	return s, nil
}

// receiver returns the name of the method's type; none for a generic one, which carries no command.
func receiver(f *ast.FuncDecl) string {
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if ident, ok := t.(*ast.Ident); ok {
		return ident.Name
	}
	return ""
}

func takesContext(f *ast.FuncDecl) bool {
	params := f.Type.Params.List
	if len(params) == 0 {
		return false
	}
	t, ok := params[0].Type.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := t.X.(*ast.Ident)
	return ok && pkg.Name == "context" && t.Sel.Name == "Context"
}

// check compares an area with its commands and returns those that have methods, without the methods that are missing.
func (s source) check(commands []spec.Command, unfinished bool) ([]spec.Command, error) {
	var written []spec.Command
	var missing, errs []error
	carriers := map[string]bool{} // types that carry commands
	named := map[string]bool{}
	for _, c := range commands {
		var there []string
		for _, method := range c.Go.Methods {
			carrier, _, _ := strings.Cut(method, ".")
			carriers[carrier], named[method] = true, true
			if _, ok := s.methods[method]; ok {
				there = append(there, method)
			} else {
				missing = append(missing, fmt.Errorf("%s has no method %s", c.Name(), method))
			}
		}
		if len(there) > 0 {
			c.Go.Methods = there
			written = append(written, c)
		}
	}
	if !s.hasSection() {
		if len(written) > 0 {
			return nil, fmt.Errorf("doc.go has no section # Commands, where %s belongs", written[0].Go.Methods[0])
		}
		return nil, nil // types alone
	}
	switch {
	case !unfinished:
		errs = append(errs, missing...)
	case len(missing) == 0:
		errs = append(errs, errors.New("is not unfinished any more"))
	}
	for method, context := range s.methods {
		carrier, _, _ := strings.Cut(method, ".")
		if context && carriers[carrier] && !named[method] {
			errs = append(errs, fmt.Errorf("method %s is in none of the files of internal/spec/rest", method))
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return written, errors.Join(errs...)
}
