package shape

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/go-tencentchat/tencentchat/internal/spec"
)

// A Shape is the documented fields of one body as a tree.
type Shape struct {
	// Root stands for the body itself, with the fields of its top level.
	Root *Field
}

// A Field is one documented field, with those below it.
type Field struct {
	Name string // the key; "*" for any key of an object whose keys are free
	// Path is where the field is documented: with [] for the elements of an array, and .* for free keys.
	Path     string
	Type     string // as documented
	Required bool
	// Fields are the members of the object, or of each object in the array; nil where nothing is documented below.
	Fields []*Field

	types types
	elems types // of the elements of an array
	open  bool  // an object of which no members are documented: any will do
}

// Walk calls f for the fields below f in their documented order, those at the top before what is below them.
func (f *Field) Walk(visit func(*Field)) {
	for _, child := range f.Fields {
		visit(child)
		child.Walk(visit)
	}
}

// find returns the field that a key of the object stands for, nil if there is none.
func (f *Field) find(key []byte) (int, *Field) {
	for i, child := range f.Fields {
		if child.Name == string(key) || child.Name == "*" {
			return i, child
		}
	}
	return -1, nil
}

// shared are the structures that several commands have. Where the file of a command does not repeat their fields, they
// are taken from here.
var shared = map[string]string{
	"OfflinePushInfo": "types/offline_push_info.json",
	"MsgBody":         "types/msg_body.json",
}

// Of compiles documented fields. A field stands behind the one that it is in.
func Of(fields []spec.Field) (*Shape, error) {
	root := &Field{types: object}
	byPath := map[string]*Field{"": root}
	for _, doc := range fields {
		if err := add(byPath, doc); err != nil {
			return nil, err
		}
	}
	for _, f := range byPath {
		f.open = f != root && len(f.Fields) == 0
	}
	for path, f := range byPath {
		if file := shared[f.Name]; file != "" && f.open && (f.types|f.elems)&object != 0 {
			if err := f.share(file, path); err != nil {
				return nil, err
			}
		}
	}
	return &Shape{Root: root}, nil
}

// add puts a field into the tree. The elements of an array are below the array's own field.
func add(byPath map[string]*Field, doc spec.Field) error {
	parent, name := "", doc.Path
	if dot := strings.LastIndexByte(doc.Path, '.'); dot >= 0 {
		parent, name = strings.TrimSuffix(doc.Path[:dot], "[]"), doc.Path[dot+1:]
	}
	in := byPath[parent]
	if in == nil || name == "" || byPath[doc.Path] != nil || (in.types|in.elems)&object == 0 {
		return fmt.Errorf("shape: %q has no object to stand in, or is there twice", doc.Path)
	}
	f := &Field{Name: name, Path: doc.Path, Type: doc.Type, Required: doc.Required}
	for one := range strings.SplitSeq(doc.Type, "|") {
		elem, isArray := strings.CutPrefix(one, "array<")
		t, known := typeNames[strings.TrimSuffix(elem, ">")]
		if !known {
			return fmt.Errorf("shape: %s has an unknown type %q", doc.Path, doc.Type)
		}
		if isArray {
			f.types |= array
			f.elems |= t
		} else {
			f.types |= t
		}
	}
	byPath[doc.Path] = f
	in.Fields = append(in.Fields, f)
	return nil
}

// share takes the fields of f from the file of a shared structure.
func (f *Field) share(file, path string) error {
	var structure struct {
		Fields []spec.Field `json:"fields"`
	}
	if err := spec.Read(file, &structure); err != nil {
		return err
	}
	s, err := Of(structure.Fields)
	if err != nil {
		return err
	}
	if f.elems != 0 {
		path += "[]"
	}
	s.Root.Walk(func(below *Field) { below.Path = path + "." + below.Path })
	f.Fields, f.open = s.Root.Fields, false
	return nil
}

// A Command is the shapes of one REST command.
type Command struct {
	Request, Answer *Shape
}

// common are the fields that every answer can have; the files of the commands leave the first three out.
var common = []spec.Field{
	{Path: "ActionStatus", Type: "string"},
	{Path: "ErrorCode", Type: "int"},
	{Path: "ErrorInfo", Type: "string"},
}

// OfCommand compiles the request and the answer of a command. The answer has ActionStatus, ErrorCode and ErrorInfo too.
func OfCommand(doc spec.Command) (*Command, error) {
	request, err := Of(doc.Request)
	if err != nil {
		return nil, fmt.Errorf("%s: request: %w", doc.Path, err)
	}
	answer, err := Of(append(slices.Clip(common), doc.Response...))
	if err != nil {
		return nil, fmt.Errorf("%s: answer: %w", doc.Path, err)
	}
	return &Command{request, answer}, nil
}

// A Book holds the shapes of commands, each compiled when it is first asked for. Its zero value is ready, and it is
// safe for concurrent use.
type Book struct {
	commands sync.Map // path -> func() (*Command, error)
}

// Command returns the shapes of the command of that path, such as "v4/profile/portrait_set".
func (b *Book) Command(path string) (*Command, error) {
	compiled, ok := b.commands.Load(path)
	if !ok {
		compiled, _ = b.commands.LoadOrStore(path, sync.OnceValues(func() (*Command, error) {
			doc, err := spec.LookupCommand(path)
			if err != nil {
				return nil, err
			}
			return OfCommand(doc)
		}))
	}
	return compiled.(func() (*Command, error))()
}
