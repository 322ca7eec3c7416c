package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

const (
	extension = ".jsonl"
	maxLine   = 16 << 20 // what the format allows

	formatName    = "tencentchat-local"
	formatVersion = 1
)

// A file is one file of the input.
type file struct {
	name, path string
	partial    bool            // what its lines name may be on the service alone
	kinds      map[string]bool // that it has
	done       bits            // the lines that are done
	doneSum    uint64          // of their digests
}

// A line is one thing of the input.
type line struct {
	file   *file
	number int
	kind   string
	fields map[string]json.RawMessage // for the failures file
	digest uint64
	item   item
	bad    error // why it cannot be imported
}

func (l *line) String() string { return fmt.Sprintf("%s:%d", l.file.name, l.number) }

// set gives a field the value that has been decided on, so that a line that fails says the same when it is read again.
func (l *line) set(field string, value any) {
	raw, err := json.Marshal(value)
	if err != nil { // numbers always encode
		panic(err)
	}
	l.fields[field] = raw
}

// draw returns a number for the line that is the same whenever it is read, and not 0.
func (l *line) draw() uint32 {
	hash := fnv.New32a()
	_, _ = fmt.Fprintf(hash, "%x %s", l.digest, l)
	return max(hash.Sum32(), 1)
}

// openInput lists the files of a folder, or the one that is named.
func openInput(path string) ([]*file, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	paths := []string{path}
	if info.IsDir() {
		if paths, err = filepath.Glob(filepath.Join(escaped(path), "*"+extension)); err != nil {
			return nil, err
		}
	}
	var files []*file
	for _, path := range paths {
		files = append(files, &file{name: filepath.Base(path), path: path, kinds: make(map[string]bool)})
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s has no %s files", path, extension)
	}
	return files, nil
}

// escaped is a folder in a pattern.
func escaped(folder string) string {
	return strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(folder)
}

// lines yields the lines of the kinds that are wanted. One that cannot be read comes with its error, and without a kind
// where not even that is known; an error without a line is the end.
func (f *file) lines(want func(kind string) bool) iter.Seq2[*line, error] {
	return func(yield func(*line, error) bool) {
		in, err := os.Open(f.path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = in.Close() }()
		scanner := bufio.NewScanner(in)
		scanner.Buffer(nil, maxLine)
		number := 0
		for scanner.Scan() {
			number++
			raw := bytes.TrimSpace(bytes.TrimPrefix(scanner.Bytes(), []byte("\ufeff")))
			if len(raw) == 0 {
				continue
			}
			if isHeader, err := f.header(number, raw); err != nil {
				yield(nil, fmt.Errorf("%s: %w", f.name, err))
				return
			} else if isHeader {
				continue
			}
			kind, err := kindOf(raw)
			if err == nil && !want(kind) {
				continue
			}
			l := &line{file: f, number: number, kind: kind}
			if err == nil {
				err = l.read(raw)
			}
			if !yield(l, err) {
				return
			}
		}
		if err := scanner.Err(); err != nil {
			yield(nil, fmt.Errorf("%s:%d: %w", f.name, number+1, err))
		}
	}
}

// header reads a first line that is the header. Whose app it names does not matter.
func (f *file) header(number int, raw []byte) (bool, error) {
	if number > 1 || !bytes.Contains(raw, []byte(`"format"`)) {
		return false, nil
	}
	var h struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
		Partial bool   `json:"partial"`
	}
	switch err := json.Unmarshal(raw, &h); {
	case err != nil:
		return false, fmt.Errorf("the header is not JSON: %w", err)
	case h.Format == "":
		return false, nil
	case h.Format != formatName || h.Version != formatVersion:
		return false, fmt.Errorf("is a file of format %q, version %d, not %s, version %d",
			h.Format, h.Version, formatName, formatVersion)
	}
	f.partial = h.Partial
	return true, nil
}

// kindOf reads the kind alone, which stands at the beginning of most lines.
func kindOf(raw []byte) (string, error) {
	if after, ok := bytes.CutPrefix(raw, []byte(`{"kind":"`)); ok {
		if kind, _, ok := bytes.Cut(after, []byte{'"'}); ok && steps[string(kind)] != nil {
			return steps[string(kind)].kind, nil // one string for all
		}
	}
	var l struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(raw, &l); err != nil {
		return "", fmt.Errorf("is not a JSON object: %w", err)
	}
	if l.Kind == "" {
		return "", errors.New("has no kind")
	}
	return l.Kind, nil
}

// read reads the line into an item of its kind.
func (l *line) read(raw []byte) error {
	hash := fnv.New64a()
	_, _ = hash.Write(raw)
	l.digest = hash.Sum64()
	if err := json.Unmarshal(raw, &l.fields); err != nil {
		return fmt.Errorf("is not a JSON object: %w", err)
	}
	s := steps[l.kind]
	if s == nil {
		return nil
	}
	l.item = s.item()
	if err := json.Unmarshal(raw, l.item); err != nil {
		return fmt.Errorf("is not a %s: %w", l.kind, err)
	}
	return nil
}
