package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A record is one row of the input.
type record struct {
	line   int
	userID string
	items  profile.Items
	cells  []cell // as they were read, for the failures file
}

// A cell is one named value of a row: the text of a CSV field, or a raw JSON value.
type cell struct{ name, raw string }

// A rowError is a row that is bad in itself; reading goes on behind it.
type rowError struct {
	line int
	err  error
}

func (e *rowError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }
func (e *rowError) Unwrap() error { return e.err }

// A reader reads the rows of one format. Together with a *rowError it returns what could be read of the row: nil when
// that was nothing. Any other error is the end of the input; io.EOF is the good one.
type reader interface {
	read() (*record, error)
}

type format int

const (
	formatCSV format = iota
	formatJSONLines
)

func (f format) extension() string {
	if f == formatCSV {
		return ".csv"
	}
	return ".jsonl"
}

// input is an input that has been opened.
type input struct {
	reader reader
	format format
	header []string // of CSV: the columns without the one for errors
	err    error    // what ended records before the end
}

// newInput finds out the format and, in CSV, reads the header.
func newInput(r io.Reader) (*input, error) {
	buffered := bufio.NewReader(r)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = buffered.Discard(len(mark))
	}
	first, err := firstByte(buffered)
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the input is empty")
	case err != nil:
		return nil, fmt.Errorf("reading the input: %w", err)
	case first == '{':
		return &input{reader: newJSONReader(buffered), format: formatJSONLines}, nil
	}
	rows, err := newCSVReader(buffered)
	if err != nil {
		return nil, err
	}
	return &input{reader: rows, format: formatCSV, header: rows.header()}, nil
}

// firstByte peeks at the first byte that is not a space. It looks at no more than a few of them.
func firstByte(r *bufio.Reader) (byte, error) {
	for n := 1; ; n++ {
		seen, err := r.Peek(n)
		if err != nil {
			return 0, err
		}
		switch last := seen[n-1]; last {
		case ' ', '\t', '\r', '\n':
			if n == r.Size() {
				return last, nil
			}
		default:
			return last, nil
		}
	}
}

// records yields the rows. One that is bad in itself comes with its error, as nil where nothing of it could be read. A
// second row of one user is bad. When something ends the input before its end, err says what.
func (in *input) records() iter.Seq2[*record, error] {
	return func(yield func(*record, error) bool) {
		lines := make(map[string]int)
		for {
			row, err := in.reader.read()
			var bad *rowError
			if err != nil && !errors.As(err, &bad) {
				if !errors.Is(err, io.EOF) {
					in.err = fmt.Errorf("reading the input: %w", err)
				}
				return
			}
			if row != nil && err == nil {
				err = accept(row, lines)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// nowhere is a Caller that sends nothing, so that what comes before the network can be had alone.
type nowhere struct{}

func (nowhere) Call(context.Context, restapi.Command, any, any) error { return nil }

// accept refuses a row that names no user or one that is in lines already, that sets nothing, or that the SDK would
// refuse before the network. It adds the user to lines.
func accept(row *record, lines map[string]int) error {
	first, again := lines[row.userID]
	switch {
	case row.userID == "":
		return &rowError{row.line, errors.New("user_id is empty")}
	case again:
		return &rowError{row.line, fmt.Errorf("the user has a row already, in line %d", first)}
	}
	lines[strings.Clone(row.userID)] = row.line // without the row that it is a part of
	if len(row.items) == 0 {
		return &rowError{row.line, errors.New("no field has a value")}
	}
	if err := profile.NewClient(nowhere{}).SetProfile(context.Background(), row.userID, row.items...); err != nil {
		return &rowError{row.line, row.translate(err)}
	}
	return nil
}

// open opens the file of that name or, for "-", takes stdin. A regular file can be gone through beforehand, to count.
func open(name string, stdin io.Reader) (in *input, closeInput func() error, err error) {
	if name == standardInput {
		in, err = newInput(stdin)
		return in, func() error { return nil }, err
	}
	file, err := os.Open(name) //nolint:gosec // the operator names it
	if err != nil {
		return nil, nil, err
	}
	in, err = newInput(file)
	if err != nil {
		_ = file.Close()
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	return in, file.Close, nil
}

// countable says whether the input can be read twice.
func countable(name string) bool {
	if name == standardInput {
		return false
	}
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
