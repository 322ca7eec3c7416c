package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// digestLength is what a line of the done log begins with, in hexadecimal digits.
const digestLength = 16

// errInUse says that another import writes to the files which this one would write to.
var errInUse = errors.New("is in use by another import")

// A doneLog notes the rows that were set: a line for each, of a digest of its fields and the user ID. The digest makes
// a row that was mended since count as another one. An import keeps it locked to the end, which goes for its failures
// file too.
type doneLog struct {
	file    *os.File
	resumed bool              // there was one
	done    map[string]string // user ID -> digest, of earlier runs
	added   int               // users that none of those has set
}

// openDoneLog opens the log of that name. What it holds is read, or must be nothing where the import does not resume.
func openDoneLog(name string, resume bool) (*doneLog, error) {
	file, err := openLocked(name, os.O_RDWR|os.O_CREATE|os.O_EXCL)
	resumed := errors.Is(err, os.ErrExist)
	if resumed {
		file, err = openLocked(name, os.O_RDWR)
	}
	if err != nil {
		return nil, err
	}
	if resumed && !resume {
		_ = file.Close()
		return nil, leftOver(name)
	}
	log := &doneLog{file: file, resumed: resumed, done: make(map[string]string)}
	if err := log.load(); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return log, nil
}

func leftOver(name string) error {
	return fmt.Errorf("%s is there from an earlier import: go on with -resume, or remove it to start anew", name)
}

// load reads the log and sets the file to its end. A last line that was cut short by a crash is dropped.
func (l *doneLog) load() error {
	lines := bufio.NewReader(l.file)
	var whole int64
	for {
		line, err := lines.ReadString('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		whole += int64(len(line))
		digest, userID, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok || len(digest) != digestLength {
			return errors.New("it is not a done log")
		}
		l.done[userID] = digest
	}
	if err := l.file.Truncate(whole); err != nil {
		return err
	}
	_, err := l.file.Seek(whole, io.SeekStart)
	return err
}

// has says whether an earlier run has set the row.
func (l *doneLog) has(r *record) bool {
	return len(l.done) > 0 && l.done[r.userID] == digest(r)
}

// add notes a row. It is with the operating system when add returns, so that a kill does not lose it.
func (l *doneLog) add(r *record) error {
	_, err := l.file.WriteString(digest(r) + " " + r.userID + "\n")
	if _, before := l.done[r.userID]; err == nil && !before {
		l.added++
	}
	return err
}

// users is how many users the log has.
func (l *doneLog) users() int { return len(l.done) + l.added }

// finish closes the log, and removes it when nothing is left to be done: before it is closed, as it may be another
// import's after that.
func (l *doneLog) finish(all bool) error {
	var err error
	if all {
		err = os.Remove(l.file.Name()) //nolint:gosec // the operator names it
	}
	return errors.Join(err, l.file.Close())
}

func digest(r *record) string {
	hash := sha256.New()
	for _, item := range r.items {
		_, _ = fmt.Fprintf(hash, "%q %q\n", item.Tag, item.Value)
	}
	return hex.EncodeToString(hash.Sum(nil))[:digestLength]
}
