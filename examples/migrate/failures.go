package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
)

// errorField is what a line of the failures file says why it is there in. It is ignored on reading.
const errorField = "error"

// failures is the file for lines that failed, in the form of the input. It is made with the first of them.
type failures struct {
	name string
	file *os.File
}

// newFailures makes sure that no file is overwritten; that of an import which is resumed is removed.
func newFailures(name string, resumed bool) (*failures, error) {
	switch _, err := os.Stat(name); { //nolint:gosec // the operator names it
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		return nil, err
	case !resumed:
		return nil, leftOver(name)
	default:
		if err := os.Remove(name); err != nil { //nolint:gosec // the operator names it
			return nil, err
		}
	}
	return &failures{name: name}, nil
}

func (f *failures) add(l *line, why error) error {
	if f.file == nil {
		file, err := os.OpenFile(f.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		f.file = file
		// What else its lines name is in the input that they are from, and with the service by now.
		_, err = fmt.Fprintf(file, `{"format":%q,"version":%d,"partial":true}`+"\n", formatName, formatVersion)
		if err != nil {
			return err
		}
	}
	_, err := f.file.Write(l.withError(fmt.Sprintf("%s: %v", l, why)))
	return err
}

// withError returns the line with its kind first and the error last.
func (l *line) withError(why string) []byte {
	var b bytes.Buffer
	field := func(name string, value any) {
		raw, _ := json.Marshal(value) // raw JSON that was read, or a text: either always encodes
		fmt.Fprintf(&b, "%q:%s", name, raw)
	}
	b.WriteByte('{')
	field("kind", l.kind)
	for _, name := range slices.Sorted(maps.Keys(l.fields)) {
		if name != "kind" && name != errorField {
			b.WriteByte(',')
			field(name, l.fields[name])
		}
	}
	b.WriteByte(',')
	field(errorField, why)
	b.WriteString("}\n")
	return b.Bytes()
}

func (f *failures) close() error {
	if f.file == nil {
		return nil
	}
	return f.file.Close()
}
