package conform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"net/url"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A seam is the Caller that a row's method is given: it keeps what it is asked, and answers what make says.
type seam struct {
	pkg  string
	make func(asked map[string][]any) any

	mu    sync.Mutex
	calls []call
}

// A call is what a method handed to its Caller.
type call struct {
	cmd         restapi.Command
	req         any
	resp        reflect.Type // nil: not wanted
	body        []byte
	query       url.Values
	asked       map[string][]any // the values in the body, by documented path
	method      string           // of the area, such as "Client.Import"
	sameContext bool
}

type marker struct{}

const maxCalls = 100 // of one method with the answers of one probe

var errEndless = errors.New("the method calls without end")

// Call keeps the call and answers it.
func (s *seam) Call(ctx context.Context, cmd restapi.Command, req, resp any) error {
	body, err := encode(req)
	if err != nil {
		return err
	}
	var sent any
	if err := json.Unmarshal(body, &sent); err != nil {
		return err
	}
	c := call{
		cmd: cmd, req: req, body: body, asked: valuesOf(sent), method: caller(s.pkg),
		sameContext: ctx != nil && ctx.Value(marker{}) == s,
	}
	if r, ok := req.(interface{ Query() url.Values }); ok {
		c.query = r.Query()
	}
	if resp != nil {
		c.resp = reflect.TypeOf(resp)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	switch {
	case len(s.calls) > maxCalls:
		return errEndless
	case resp == nil:
		return nil
	}
	text, err := json.Marshal(s.make(c.asked))
	if err != nil {
		return err
	}
	return wire.Unmarshal(text, resp)
}

// valuesOf lists what is in a body by its path: the plain values, and objects and lists as they are.
func valuesOf(body any) map[string][]any {
	all := map[string][]any{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			all[path] = append(all[path], v)
			for key, value := range v {
				walk(strings.TrimPrefix(path+"."+key, "."), value)
			}
		case []any:
			for _, value := range v {
				if _, object := value.(map[string]any); object {
					all[path] = append(all[path], value)
					walk(path+"[]", value)
				} else {
					walk(path, value)
				}
			}
		default:
			all[path] = append(all[path], v)
		}
	}
	walk("", body)
	return all
}

// sent marks the documented fields that a call sends with a value: 0, "", false and null are none.
func (c *command) sent(call call) {
	c.shape.Request.Root.Walk(func(f *shape.Field) {
		values := call.asked[f.Path]
		if in, free := strings.CutSuffix(f.Path, ".*"); free {
			for _, object := range call.asked[in] {
				for _, value := range object.(map[string]any) {
					values = append(values, value)
				}
			}
		}
		for _, value := range call.query[f.Path] {
			c.carried[request][f.Path] = true
			values = append(values, value)
		}
		for _, value := range values {
			if value != nil && !reflect.ValueOf(value).IsZero() {
				c.seen[request][f.Path] = true
			}
			if name, ok := value.(string); ok && name != f.Name && c.hasName(name) {
				c.fault(c.at(request, f.Path), "is sent as %q", name)
			}
		}
	})
}

// hasName says whether a text is the name of a field of the request: then it was meant for that.
func (c *command) hasName(name string) bool {
	return slices.ContainsFunc(c.doc.Request, func(f spec.Field) bool { return lastName(f.Path) == name })
}

// caller returns the method of the package that the test called, such as "Client.Import": of those on the stack the
// outermost.
func caller(pkg string) (method string) {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		frame, more := frames.Next()
		if name := methodOf(frame.Function, pkg); name != "" {
			method = name
		}
		if !more {
			return method
		}
	}
}

// methodOf returns the method of the package that a function of the stack is, or is inside of. Its receiver is a
// pointer, "(*Client)", or a part of a client, "Members", which is a value; a test is neither.
func methodOf(function, pkg string) string {
	parts := strings.Split(function[strings.LastIndexByte(function, '/')+1:], ".")
	if strings.TrimSuffix(parts[0], "_test") != pkg {
		return ""
	}
	for i := 1; i+1 < len(parts); i++ {
		receiver := strings.TrimSuffix(strings.TrimPrefix(parts[i], "(*"), ")")
		if token.IsExported(receiver) && token.IsExported(parts[i+1]) && !strings.HasPrefix(receiver, "Test") {
			return receiver + "." + parts[i+1]
		}
	}
	return ""
}

// documented reports a method whose comment does not give the vendor's page or the rate.
func (c *command) documented(method string) {
	if method == "" {
		c.t.Errorf("%s: no method of the package calls it", c.name)
		return
	}
	comment, err := commentOf(method)
	if err != nil {
		c.t.Errorf("%s: the method that is called is not found: %v", c.name, err)
		return
	}
	text := strings.Join(strings.Fields(comment), " ")
	if !slices.ContainsFunc(c.doc.Doc, func(page string) bool { return strings.Contains(text, page) }) {
		c.t.Errorf("%s: the comment of %s does not name the vendor's page, such as %s", c.name, method, c.doc.Doc[0])
	}
	rate := strconv.Itoa(c.doc.PerSecond) + " calls a second"
	if c.doc.PerSecond == 1 {
		rate = "one call a second"
	}
	if c.doc.PerSecond > 0 && !strings.Contains(strings.ToLower(text), rate) {
		c.t.Errorf("%s: the comment of %s does not name its rate, %s", c.name, method, rate)
	}
}

// commentOf returns the comment of a method. Tests run in the folder of their package, which is where the method is; in
// which file the stack does not say for an iterator, whose frames are those of the function that makes it.
func commentOf(method string) (string, error) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		return "", err
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return "", err
		}
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv == nil {
				continue
			}
			receiver := strings.TrimPrefix(types.ExprString(fn.Recv.List[0].Type), "*")
			if receiver+"."+fn.Name.Name == method {
				return fn.Doc.Text(), nil
			}
		}
	}
	return "", fmt.Errorf("%s is in none of %d files", method, len(files))
}
