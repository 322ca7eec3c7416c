package chat

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// A snapshot is JSON Lines, as SNAPSHOT.md has it.
const (
	format  = "tencentchat-local"
	version = 1
	maxLine = 16 << 20 // bytes
)

// header is the first line.
type header struct {
	Format   string `json:"format"`
	Version  int    `json:"version"`
	SDKAppID uint64 `json:"sdkappid,omitempty"`
}

// A kind is one kind of line. Areas keep what they have of the state in kinds of their own.
type kind struct {
	name string
	// copy copies what the state has of the kind, while the state is locked. What it returns sorts and writes that.
	copy func(s *state) func(w *bufio.Writer) error
	// load puts one line into a state that nobody else sees.
	load func(s *state, line []byte) error
}

// keeps is a kind whose lines are of the type R. copied returns what of the state goes into lines, and must share
// nothing with it that changes; sort puts it into an order that does not depend on chance, and load takes one line.
func keeps[R any](name string, copied func(*state) []R, sort func([]R), load func(*state, *R) error) kind {
	return kind{
		name: name,
		copy: func(s *state) func(*bufio.Writer) error {
			lines := copied(s)
			return func(w *bufio.Writer) error {
				sort(lines)
				for i := range lines {
					if err := writeLine(w, name, &lines[i]); err != nil {
						return err
					}
				}
				return nil
			}
		},
		load: func(s *state, line []byte) error {
			decoder := json.NewDecoder(bytes.NewReader(line))
			decoder.DisallowUnknownFields()
			r := new(R)
			if err := decoder.Decode(r); err != nil {
				return err
			}
			return load(s, r)
		},
	}
}

// writeLine writes an object, with its kind in front of its own keys.
func writeLine(w *bufio.Writer, kind string, v any) error {
	body, err := wire.Marshal(v)
	if err != nil {
		return err
	}
	_, _ = w.WriteString(`{"kind":"` + kind + `"`)
	if len(body) > len("{}") {
		_ = w.WriteByte(',')
	}
	_, _ = w.Write(body[1:])
	return w.WriteByte('\n')
}

// kinds lists the kinds of all areas, in the order in which they are written.
func (a *App) kinds() []kind {
	all := []kind{settingsKind()}
	for _, area := range a.areas {
		all = append(all, area.kinds...)
	}
	return all
}

// Snapshot writes the whole state but for devices.
func (a *App) Snapshot(w io.Writer) error {
	out := bufio.NewWriterSize(w, 64<<10)
	head, err := wire.Marshal(header{format, version, a.cfg.SDKAppID})
	if err != nil {
		return err
	}
	_, _ = out.Write(append(head, '\n'))
	for _, write := range a.copies() {
		if err := write(out); err != nil {
			return err
		}
	}
	return out.Flush()
}

// copies are what Snapshot writes, all of one moment.
func (a *App) copies() []func(*bufio.Writer) error {
	kinds := a.kinds()
	copies := make([]func(*bufio.Writer) error, len(kinds))
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, k := range kinds {
		copies[i] = k.copy(&a.state)
	}
	return copies
}

// Restore replaces the state by that of a snapshot, or leaves it as it is and returns an error with the number of the
// line. Devices are kicked.
func (a *App) Restore(r io.Reader) error {
	kinds := make(map[string]kind)
	for _, k := range a.kinds() {
		kinds[k.name] = k
	}
	fresh := newState()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		if err := a.restoreLine(&fresh, kinds, n, bytes.TrimSpace(lines.Bytes())); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("line %d: %w", n+1, err)
	}
	if n == 0 {
		return errors.New("line 1: the header is missing")
	}
	a.replace(fresh)
	return nil
}

func (a *App) restoreLine(s *state, kinds map[string]kind, n int, line []byte) error {
	switch {
	case n == 1:
		return a.checkHeader(line)
	case len(line) == 0:
		return nil
	case line[0] != '{' || !wire.Valid(line):
		return errors.New("it is not a JSON object")
	}
	name, rest, err := cutKind(line)
	if err != nil {
		return err
	}
	k, known := kinds[name]
	if !known {
		return fmt.Errorf("the kind %.32q is not known", name)
	}
	if err := k.load(s, rest); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (a *App) checkHeader(line []byte) error {
	var h header
	switch err := json.Unmarshal(line, &h); {
	case err != nil || h.Format != format:
		return errors.New("it is not the header of a snapshot")
	case h.Version != version:
		return fmt.Errorf("version %d is not known: this program reads version %d", h.Version, version)
	case h.SDKAppID != 0 && h.SDKAppID != a.cfg.SDKAppID:
		return fmt.Errorf("it is of the app %d: take sdkappid out of the header to use it for another", h.SDKAppID)
	}
	return nil
}

// cutKind takes the kind, which comes first, off an object.
func cutKind(line []byte) (kind string, rest []byte, err error) {
	for key, value := range wire.Members(line) {
		name, _ := wire.Unquote(key)
		text, isText := wire.Unquote(value)
		if name != "kind" || !isText {
			break
		}
		rest = bytes.TrimLeft(line[cap(line)-cap(value)+len(value):], " \t\r\n,") // value is a part of line
		return text, append([]byte("{"), rest...), nil
	}
	return "", nil, errors.New(`the first key is not "kind" with a text`)
}
