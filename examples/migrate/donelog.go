package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// errInUse says that another import writes to the files which this one would write to.
var errInUse = errors.New("is in use by another import")

// bits are a set of small numbers.
type bits []uint64

func (b bits) has(n int) bool { return n/64 < len(b) && b[n/64]&(1<<(n%64)) != 0 }

func (b *bits) add(n int) {
	for n/64 >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[n/64] |= 1 << (n % 64)
}

// A doneLog notes the lines that are done, by file, number and digest. In memory a line takes one bit, in the file that
// it is of: the digests of all are a sum, to tell whether lines that are done have been changed. An import keeps the
// log locked to the end, which goes for its failures file too.
type doneLog struct {
	file    *os.File
	resumed bool // there was one
	lines   int
}

// openDoneLog opens the log of that name. What it holds is noted in the files, or must be nothing where the import does
// not resume.
func openDoneLog(name string, resume bool, files []*file) (*doneLog, error) {
	opened, err := openLocked(name, os.O_RDWR|os.O_CREATE|os.O_EXCL)
	resumed := errors.Is(err, os.ErrExist)
	if resumed {
		opened, err = openLocked(name, os.O_RDWR)
	}
	if err != nil {
		return nil, err
	}
	if resumed && !resume {
		_ = opened.Close()
		return nil, leftOver(name)
	}
	log := &doneLog{file: opened, resumed: resumed}
	if err := log.load(files); err != nil {
		_ = opened.Close()
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return log, nil
}

func leftOver(name string) error {
	return fmt.Errorf("%s is there from an earlier import: go on with -resume, or remove it to start anew", name)
}

// load reads the log and sets the file to its end. A last line that was cut short by a crash is dropped.
func (d *doneLog) load(files []*file) error {
	byName := make(map[string]*file)
	for _, f := range files {
		byName[f.name] = f
	}
	lines := bufio.NewReader(d.file)
	var whole int64
	for {
		text, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		whole += int64(len(text))
		name, number, digest, err := parseDone(text)
		f := byName[name]
		switch {
		case err != nil:
			return err
		case f == nil:
			return fmt.Errorf("lines of %s are done, which is not there any more", name)
		case !f.done.has(number):
			f.done.add(number)
			f.doneSum += digest
			d.lines++
		}
	}
	if err := d.file.Truncate(whole); err != nil {
		return err
	}
	_, err := d.file.Seek(whole, io.SeekStart)
	return err
}

// parseDone reads a line of the log: digest, number and name.
func parseDone(text string) (name string, number int, digest uint64, err error) {
	parts := strings.SplitN(strings.TrimSuffix(text, "\n"), " ", 3)
	if len(parts) == 3 {
		name = parts[2]
		number, err = strconv.Atoi(parts[1])
		if err == nil {
			digest, err = strconv.ParseUint(parts[0], 16, 64)
		}
	}
	if len(parts) != 3 || err != nil || number <= 0 {
		return "", 0, 0, errors.New("it is not a done log")
	}
	return name, number, digest, nil
}

// add notes lines. They are with the operating system when add returns, so that a kill does not lose them.
func (d *doneLog) add(lines ...*line) error {
	var text strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&text, "%016x %d %s\n", l.digest, l.number, l.file.name)
		l.file.done.add(l.number)
	}
	d.lines += len(lines)
	_, err := d.file.WriteString(text.String())
	return err
}

// finish closes the log, and removes it when nothing is left to be done: before it is closed, as it may be another
// import's after that.
func (d *doneLog) finish(all bool) error {
	var err error
	if all {
		err = os.Remove(d.file.Name()) //nolint:gosec // the operator names it
	}
	return errors.Join(err, d.file.Close())
}
