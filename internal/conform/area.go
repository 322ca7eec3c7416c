package conform

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Row is one method of an area with the command that it calls.
type Row struct {
	Command restapi.Command
	// Call calls the method through c, with every argument set to a value of its own, and returns all that the method
	// returned. An iterator is drained into a slice.
	Call func(ctx context.Context, c restapi.Caller) (any, error)
	// Method names the method, such as "Client.Followers", where the stack of its call does not show it: an iterator that
	// another method makes. "" for all others.
	Method string
	// Hints are the values of fields of the answer that cannot be made up, by their documented paths. Most rows have none.
	Hints map[string]any
}

// Asked is the hint that a field of the answer names what the request names at that path: its values are answered, one
// for each element of a list.
type Asked string

// Key is the hint that the keys of an object, which are the app's own, are written as this one is: a number, say.
type Key string

// An Exception is a fault that is meant, with the reason. One that excuses nothing is a fault itself.
type Exception struct {
	Command restapi.Command
	// Request or Answer is the documented path of the field, or that of a Go field that is not documented. Method, such
	// as "Client.SetProfiles", is one that has no row. Without any of them the whole command has no row.
	Request, Answer, Method string
	Reason                  string
}

func (e Exception) String() string {
	side := "the command"
	switch {
	case e.Request != "":
		side = "request " + e.Request
	case e.Answer != "":
		side = "answer " + e.Answer
	case e.Method != "":
		side = e.Method
	}
	return e.Command.String() + ": " + side
}

// T is what Area needs of a [testing.TB].
type T interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Logf(format string, args ...any)
}

// Area holds every command that the spec assigns to a package against the methods of the rows, and reports what is not
// as documented, see the package. It is called in a test of that package.
func Area(t T, pkg string, rows []Row, exceptions ...Exception) {
	t.Helper()
	docs, err := spec.Commands()
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	docs = slices.DeleteFunc(docs, func(doc spec.Command) bool { return doc.Go.Package != pkg })
	area(t, pkg, docs, rows, exceptions)
}

func area(t T, pkg string, docs []spec.Command, rows []Row, exceptions []Exception) {
	t.Helper()
	r := &report{t: t, exceptions: exceptions, used: make([]bool, len(exceptions))}
	rowsOf := map[string][]Row{}
	for _, row := range rows {
		rowsOf[row.Command.Path()] = append(rowsOf[row.Command.Path()], row)
	}
	for _, doc := range docs {
		if rows := rowsOf[doc.Path]; len(rows) > 0 {
			r.command(t.Context(), pkg, doc, rows)
		} else {
			r.fault(Exception{Command: commandOf(doc)}, "has no row")
		}
		delete(rowsOf, doc.Path)
	}
	for _, path := range slices.Sorted(maps.Keys(rowsOf)) {
		t.Errorf("%s: the spec knows no such command of %s", path, pkg)
	}
	for i, e := range exceptions {
		switch {
		case !r.used[i]:
			t.Errorf("%s: the exception is not needed", e)
		case e.Reason == "":
			t.Errorf("%s: the exception has no reason", e)
		default:
			t.Logf("%s: except %s", e, e.Reason)
		}
	}
	t.Logf("%s: %d commands, %d rows, %d exceptions", pkg, len(docs), len(rows), len(exceptions))
}

func commandOf(doc spec.Command) restapi.Command {
	service, name, _ := strings.Cut(doc.Name(), "/")
	return restapi.Command{Service: service, Name: name}
}

// A report takes faults and leaves out those that are excepted.
type report struct {
	t          T
	exceptions []Exception
	used       []bool
}

// fault reports what is wrong at a place, which is an Exception as it would have to be to excuse it.
func (r *report) fault(at Exception, format string, args ...any) {
	r.t.Helper()
	for i, e := range r.exceptions {
		if e.Command.Path() == at.Command.Path() &&
			e.Request == at.Request && e.Answer == at.Answer && e.Method == at.Method {
			r.used[i] = true
			return
		}
	}
	r.t.Errorf("%s %s", at, fmt.Sprintf(format, args...))
}

// A command is what the walks have found of one command over all of its rows.
type command struct {
	*report

	doc     spec.Command
	name    restapi.Command
	shape   *shape.Command
	carried [2]map[string]bool // by type; of the request, of the answer
	seen    [2]map[string]bool // by value
	why     map[string]string  // an answer's field is not seen
	methods []string
}

const request, answer = 0, 1

// at is a place in the request or in the answer.
func (c *command) at(side int, path string) Exception {
	if side == request {
		return Exception{Command: c.name, Request: path}
	}
	return Exception{Command: c.name, Answer: path}
}

// ours are fields of answers that package restapi reads for all commands.
var ours = []string{"ActionStatus", "ErrorCode", "ErrorInfo", "ErrorDisplay"}

// command walks one command.
func (r *report) command(ctx context.Context, pkg string, doc spec.Command, rows []Row) {
	r.t.Helper()
	c := &command{report: r, doc: doc, name: commandOf(doc), why: map[string]string{}}
	for side := range 2 {
		c.carried[side], c.seen[side] = map[string]bool{}, map[string]bool{}
	}
	var err error
	if c.shape, err = shape.OfCommand(doc); err != nil {
		r.t.Errorf("%v", err)
		return
	}
	for _, row := range rows {
		c.row(ctx, pkg, row)
	}
	for _, method := range doc.Go.Methods {
		if !slices.Contains(c.methods, method) {
			r.fault(Exception{Command: c.name, Method: method}, "has no row")
		}
	}
	for side, root := range []*shape.Field{c.shape.Request.Root, c.shape.Answer.Root} {
		root.Walk(func(f *shape.Field) {
			switch {
			case side == answer && slices.Contains(ours, f.Path):
			case !c.carried[side][f.Path]:
				r.fault(c.at(side, f.Path), "is carried by no field of a Go type")
			case c.seen[side][f.Path] || f.Fields != nil:
			case side == request:
				r.fault(c.at(side, f.Path), "is not in a body that is sent")
			default:
				r.fault(c.at(side, f.Path), "is not in what is returned: %s", c.why[f.Path])
			}
		})
	}
}

// row walks one row: its command, then a call, then each field of the answer.
func (c *command) row(ctx context.Context, pkg string, row Row) {
	c.t.Helper()
	cmd := row.Command
	if want := cmp.Or(c.doc.PerSecond, restapi.Command{}.Limit()); cmd.Limit() != want {
		c.t.Errorf("%s: is called %d times a second, documented are %d", cmd, cmd.Limit(), want)
	}
	if cmd.Idempotent != c.doc.Idempotent.Value {
		c.t.Errorf("%s: Idempotent is %t, the spec says otherwise: %s", cmd, cmd.Idempotent, c.doc.Idempotent.Why)
	}
	r := &run{command: c, pkg: pkg, row: row, index: map[*shape.Field]int{}}
	c.shape.Answer.Root.Walk(func(f *shape.Field) { r.index[f] = len(r.index) + 1 })
	plain := r.try(ctx, probe{})
	if plain.err != nil {
		c.t.Errorf("%s: the call fails: %v", cmd, plain.err)
		return
	}
	if len(plain.calls) == 0 {
		c.t.Errorf("%s: nothing is called", cmd)
		return
	}
	method := cmp.Or(row.Method, plain.calls[0].method)
	c.methods = append(c.methods, method)
	c.documented(method)
	for _, call := range plain.calls {
		c.call(cmd, call)
	}
	for path := range row.Hints {
		if !slices.ContainsFunc(c.doc.Response, func(f spec.Field) bool { return f.Path == path }) {
			c.t.Errorf("%s: the hint %s is not of a documented field", cmd, path)
		}
	}
	r.answers(ctx)
	if r.wrongOrigin != "" {
		c.t.Errorf("%s: an item of %s fails with an error of %s", cmd, method, r.wrongOrigin)
	}
}

// call looks at one call that a method made.
func (c *command) call(cmd restapi.Command, call call) {
	c.t.Helper()
	if call.cmd != cmd {
		c.t.Errorf("%s: %s calls %+v", cmd, call.method, call.cmd)
	}
	if !call.sameContext {
		c.t.Errorf("%s: %s calls with a context that is not the caller's", cmd, call.method)
	}
	for _, fault := range c.shape.Request.Check(call.body) {
		c.t.Errorf("%s: %s sends %s: %s", cmd, call.method, call.body, fault)
	}
	c.sent(call)
	if req := forApp(call.req); req != nil {
		c.types(request, c.shape.Request.Root, reflect.TypeOf(req))
	}
	if call.resp != nil {
		c.types(answer, c.shape.Answer.Root, call.resp)
	}
}
