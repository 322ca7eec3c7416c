package main

import (
	"errors"
	"os"
)

// failures is the file for rows that failed. It is made with the first of them.
type failures struct {
	name   string
	format format
	header []string
	file   *os.File
	writer interface {
		write(r *record, why string) error
	}
}

// newFailures makes sure that no file is overwritten; that of an import which is resumed is removed.
func newFailures(name string, in *input, resumed bool) (*failures, error) {
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
	return &failures{name: name, format: in.format, header: in.header}, nil
}

func (f *failures) add(r *record, why string) error {
	if f.file == nil {
		file, err := os.OpenFile(f.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		f.file, f.writer = file, jsonWriter{file}
		if f.format == formatCSV {
			if f.writer, err = newCSVWriter(file, f.header); err != nil {
				return err
			}
		}
	}
	return f.writer.write(r, why)
}

func (f *failures) close() error {
	if f.file == nil {
		return nil
	}
	return f.file.Close()
}
