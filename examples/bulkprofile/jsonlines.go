package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxLine bounds a line of JSON. All fields of a profile at their longest are some 20 KiB.
const maxLine = 1 << 20

// jsonReader reads JSON Lines.
type jsonReader struct {
	lines  *bufio.Scanner
	line   int
	fields fields
}

func newJSONReader(r io.Reader) *jsonReader {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	return &jsonReader{lines: lines, fields: newFields()}
}

func (j *jsonReader) read() (*record, error) {
	for j.lines.Scan() {
		j.line++
		line := bytes.TrimSpace(j.lines.Bytes())
		if len(line) == 0 {
			continue
		}
		r, err := j.parse(line)
		if err != nil {
			return r, &rowError{j.line, err}
		}
		return r, nil
	}
	if err := j.lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", j.line+1, err)
	}
	return nil, io.EOF
}

// parse reads one object. It returns no record when the line is not one, or does not say who the user is.
func (j *jsonReader) parse(line []byte) (*record, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("is not valid UTF-8")
	}
	members, err := members(line)
	if err != nil {
		return nil, err
	}
	r := &record{line: j.line}
	named := false
	for _, m := range members {
		switch m.name {
		case errorColumn:
			continue
		case userColumn:
			if named {
				return nil, errors.New("user_id is there twice")
			}
			named = true
			if m.raw[0] != '"' || json.Unmarshal([]byte(m.raw), &r.userID) != nil {
				return nil, errors.New("user_id must be a string")
			}
		default:
			f, bad := j.fields.lookup(m.name)
			if bad != nil {
				err = errors.Join(err, bad)
			} else if m.raw != "null" {
				item, bad := f.raw(json.RawMessage(m.raw))
				err = errors.Join(err, bad)
				r.items = append(r.items, item)
			}
		}
		r.cells = append(r.cells, m)
	}
	if !named {
		return nil, errors.New("user_id is missing")
	}
	return r, err
}

// members splits an object, in its order.
func members(line []byte) ([]cell, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, errors.New("is not a JSON object")
	}
	var all []cell
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("is not a JSON object: %w", err)
		}
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return nil, fmt.Errorf("is not a JSON object: %w", err)
		}
		all = append(all, cell{name.(string), string(raw)}) // the decoder lets no other key pass
	}
	if _, err := decoder.Token(); err != nil {
		return nil, fmt.Errorf("is not a JSON object: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("has something behind the JSON object")
	}
	return all, nil
}

// jsonWriter writes rows that failed, in the form in which jsonReader reads them.
type jsonWriter struct{ w io.Writer }

func (j jsonWriter) write(r *record, why string) error {
	var b bytes.Buffer
	b.WriteByte('{')
	for _, c := range r.cells {
		b.Write(quoted(c.name))
		b.WriteString(": ")
		b.WriteString(c.raw)
		b.WriteString(", ")
	}
	b.Write(quoted(errorColumn))
	b.WriteString(": ")
	b.Write(quoted(why))
	b.WriteString("}\n")
	_, err := j.w.Write(b.Bytes())
	return err
}

// quoted returns s as a JSON string.
func quoted(s string) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s) // a string always encodes
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'})
}
