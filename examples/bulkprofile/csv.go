package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// csvReader reads CSV with a header.
type csvReader struct {
	rows    *csv.Reader
	columns []column
}

type column struct {
	name  string
	field field // unset for the columns of the user and the error
}

func newCSVReader(r io.Reader) (*csvReader, error) {
	c := &csvReader{rows: csv.NewReader(r)}
	header, err := c.rows.Read()
	if err != nil {
		return nil, fmt.Errorf("the header cannot be read: %w", err)
	}
	all := newFields()
	seen := make(map[string]bool)
	for _, name := range header {
		name = strings.TrimSpace(name)
		if seen[name] {
			return nil, fmt.Errorf("the header has the column %q twice", name)
		}
		seen[name] = true
		col := column{name: name}
		if name != userColumn && name != errorColumn {
			if col.field, err = all.lookup(name); err != nil {
				return nil, fmt.Errorf("the header: %w", err)
			}
		}
		c.columns = append(c.columns, col)
	}
	if !seen[userColumn] {
		return nil, fmt.Errorf("the header has no column %s", userColumn)
	}
	return c, nil
}

// header returns the columns that a failures file has before the one for errors.
func (c *csvReader) header() []string {
	var names []string
	for _, col := range c.columns {
		if col.name != errorColumn {
			names = append(names, col.name)
		}
	}
	return names
}

func (c *csvReader) read() (*record, error) {
	row, err := c.rows.Read()
	var syntax *csv.ParseError
	switch {
	case errors.As(err, &syntax):
		// Where a quote is not closed the record may end many lines further down.
		where := ""
		if syntax.Line != syntax.StartLine {
			where = fmt.Sprintf(", up to line %d", syntax.Line)
		}
		return nil, &rowError{syntax.StartLine, fmt.Errorf("%w%s", syntax.Err, where)}
	case err != nil:
		return nil, err
	}
	line, _ := c.rows.FieldPos(0)
	r := &record{line: line}
	for i, col := range c.columns {
		text := row[i]
		for strings.Contains(text, "\r\n") { // as encoding/csv itself does with one, so that a row can be written and read again
			text = strings.ReplaceAll(text, "\r\n", "\n")
		}
		switch {
		case col.name == errorColumn:
			continue
		case col.name == userColumn:
			r.userID = text
		case text != "":
			item, bad := col.field.text(text)
			if bad != nil {
				err = errors.Join(err, bad)
			}
			r.items = append(r.items, item)
		}
		r.cells = append(r.cells, cell{col.name, text})
	}
	if err != nil {
		return r, &rowError{line, err}
	}
	return r, nil
}

// csvWriter writes rows that failed, in the form in which csvReader reads them.
type csvWriter struct {
	rows *csv.Writer
}

func newCSVWriter(w io.Writer, header []string) (*csvWriter, error) {
	c := &csvWriter{rows: csv.NewWriter(w)}
	err := c.rows.Write(append(slices.Clone(header), errorColumn))
	c.rows.Flush()
	return c, errors.Join(err, c.rows.Error())
}

func (c *csvWriter) write(r *record, why string) error {
	var row []string
	for _, cell := range r.cells {
		row = append(row, cell.raw)
	}
	err := c.rows.Write(append(row, why))
	c.rows.Flush()
	return errors.Join(err, c.rows.Error())
}
