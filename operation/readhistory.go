package operation

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxLine is how long a line of a log may be, in bytes. A message has 12 KB, and what it is about a few more.
const maxLine = 1 << 20

// maxHead is how many lines may come before the first message. There is one in logs as they are documented.
const maxHead = 100

var (
	errNotLog   = errors.New("it is not a log of messages")
	errLongLine = errors.New("it is over 1 MiB long")
	errMessage  = errors.New("it is not a message")
	errBehind   = errors.New("there is something behind the end of the log")
)

// ReadHistory goes through the messages of a log, in gzip as [HistoryFile.Download] gives it. It keeps one line in
// memory, of at most 1 MiB. What a log has of a message besides the fields of [message.RelayMessage], such as ClientIP,
// is in its Extra.
//
// An error is yielded once, as the last thing: one of reading, among them [io.ErrUnexpectedEOF] for a log that is cut
// off, or [restapi.ErrBadResponse] for one that is not as documented, with the number of the line.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1650
func ReadHistory(gzipped io.Reader) iter.Seq2[message.RelayMessage, error] {
	return func(yield func(message.RelayMessage, error) bool) {
		unpacked, err := gzip.NewReader(gzipped)
		if err != nil {
			yield(message.RelayMessage{}, fmt.Errorf("%s: log: %w", CommandGetHistory, err))
			return
		}
		l := &log{lines: bufio.NewReaderSize(unpacked, maxLine)}
		for m, err := range l.messages {
			if err != nil {
				err = fmt.Errorf("%s: log, line %d: %w", CommandGetHistory, l.number, err)
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// A log is read line by line. Its first line opens a list, each of the others has a message with a comma behind it, and
// the last one closes the list. A comma that is missing, an empty line and a head over several lines are let pass, and
// so is a log that is all in one line.
type log struct {
	lines  *bufio.Reader
	number int
}

// next reads a line, without white space around it. It is good until the next one. At the end the error is io.EOF.
func (l *log) next() ([]byte, error) {
	for {
		line, err := l.lines.ReadSlice('\n')
		l.number++
		text := bytes.TrimSpace(line)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			return nil, wrong(errLongLine)
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case len(text) > 0:
			return text, nil
		case err != nil:
			return nil, io.EOF
		}
	}
}

func (l *log) messages(yield func(message.RelayMessage, error) bool) {
	whole, err := l.head()
	if err != nil {
		yield(message.RelayMessage{}, err)
		return
	}
	for one := range wire.Elements(whole) {
		if m, err := messageOf(one); !yield(m, err) || err != nil {
			return
		}
	}
	for whole == nil {
		m, end, err := l.message()
		if end && err == nil {
			break
		}
		if !yield(m, err) || err != nil {
			return
		}
	}
	if err := l.end(); err != nil {
		yield(message.RelayMessage{}, err)
	}
}

// head reads what comes before the first message, or all of a log that ends with it: then it returns its messages.
func (l *log) head() (whole []byte, err error) {
	var head []byte
	for range maxHead {
		line, err := l.next()
		if err != nil {
			return nil, cut(err)
		}
		if head = append(head, line...); len(head) > maxLine {
			return nil, wrong(errLongLine)
		}
		switch {
		case wire.Valid(head):
			list := listOf(head)
			if len(list) == 0 || list[0] != '[' {
				return nil, wrong(errNotLog)
			}
			return list, nil
		case head[0] != '{':
			return nil, wrong(errNotLog)
		case head[len(head)-1] != '[':
			continue
		}
		if open := append(bytes.Clone(head), "]}"...); wire.Valid(open) && listOf(open) != nil {
			return nil, nil
		}
	}
	return nil, wrong(errNotLog)
}

// listOf returns the messages of a whole log, nil where it has none.
func listOf(log []byte) []byte {
	log = bytes.TrimSpace(log)
	if log[0] != '{' {
		return nil
	}
	_, list := wire.Cut(log, "MsgList")
	return bytes.TrimSpace(list)
}

// message reads one message, or the end of the list.
func (l *log) message() (m message.RelayMessage, end bool, err error) {
	line, err := l.next()
	switch {
	case err != nil:
		return m, false, cut(err)
	case line[0] != ']':
		m, err = messageOf(bytes.TrimSuffix(line, []byte{','}))
		return m, false, err
	}
	for rest := line[1:]; ; {
		rest = bytes.TrimSpace(rest)
		switch {
		case string(rest) == "}":
			return m, true, nil
		case len(rest) > 0:
			return m, false, wrong(errNotLog)
		}
		if rest, err = l.next(); err != nil {
			return m, false, cut(err)
		}
	}
}

// end reads on to the end of the file, where gzip has the sum of all.
func (l *log) end() error {
	switch _, err := l.next(); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	return wrong(errBehind)
}

func messageOf(line []byte) (m message.RelayMessage, err error) {
	line = bytes.TrimSpace(line)
	if len(line) == 0 || line[0] != '{' || m.UnmarshalJSON(line) != nil {
		return message.RelayMessage{}, wrong(errMessage)
	}
	return m, nil
}

// cut is the error of reading on in the middle of a log.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func wrong(err error) error { return fmt.Errorf("%w: %w", restapi.ErrBadResponse, err) }
