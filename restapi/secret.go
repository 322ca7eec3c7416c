package restapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// shortestPart is the least part of a UserSig that is taken out. 16 characters must never show. Half of that is looked
// for, as what stands in front of a part can look like an escape and hide its first characters: "%" before "2f".
const shortestPart = 8

// A secret is what no text may show of the URL of a request: the UserSig that it was signed with, and the query.
type secret struct {
	*token // nil: it was not signed

	query string // that the request asked for
}

// redact takes the UserSig and all its parts out of a text of the server's, where a gateway has put in the URL it was
// called with: as it was sent, or escaped, folded and cut in some way. It takes time in proportion to the text.
func (s secret) redact(text string) string {
	if s.token == nil || text == "" {
		return text
	}
	if s.query != "" {
		text = strings.ReplaceAll(text, s.fixed+"&"+s.query, "[query]")
	}
	text = strings.ReplaceAll(text, s.fixed, "[query]")
	sig, shown := plainOf(s.sig).chars, plainOf(text)
	length := min(len(sig), shortestPart)
	if length == 0 {
		return text
	}
	var clean strings.Builder
	done, end := 0, -1 // of the text and of shown, both behind the last part found
	for i := range len(shown.chars) - length + 1 {
		if !bytes.Contains(sig, shown.chars[i:i+length]) {
			continue
		}
		if i > end {
			clean.WriteString(text[done:shown.from[i]])
			clean.WriteString("[usersig]")
		}
		end = i + length
		done = shown.to[end-1]
	}
	if end < 0 {
		return text
	}
	clean.WriteString(text[done:])
	return clean.String()
}

// redactInfos is redact for the texts of an answer that say how its items went, ResultInfo and the like: errors are
// made of them later, where nobody knows the UserSig. Nearly all are empty, and the answer stays as it is.
func (s secret) redactInfos(answer []byte) []byte {
	if s.token == nil {
		return answer
	}
	var clean []byte
	done := 0
	for key := range bytesIndices(answer, `Info"`) {
		from := len(answer) - len(bytes.TrimLeft(answer[key:], ": \t\r\n"))
		value := answer[from:]
		value = value[:wire.StringLen(value)]
		if from == key || len(value) <= len(`""`) {
			continue
		}
		if text := s.redact(string(value)); text != string(value) {
			clean = append(append(clean, answer[done:from]...), text...)
			done = from + len(value)
		}
	}
	if clean == nil {
		return answer
	}
	return append(clean, answer[done:]...)
}

// bytesIndices goes through the places behind each part in data.
func bytesIndices(data []byte, part string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for from := 0; ; {
			at := bytes.Index(data[from:], []byte(part))
			if at < 0 {
				return
			}
			if from += at + len(part); !yield(from) {
				return
			}
		}
	}
}

// conceal is redact for an error of a transport or decoder, in every form that can be printed of it and of what it
// wraps. Such an error can still be matched, not unwrapped.
func (s secret) conceal(err error) error {
	if err == nil || s.token == nil || !s.shownBy(err) {
		return err
	}
	return &concealed{text: s.redact(err.Error()), is: func(target error) bool { return errors.Is(err, target) }}
}

func (s secret) shownBy(err error) bool {
	text := err.Error()
	for _, form := range []string{text, fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
		if s.redact(form) != form {
			return true
		}
	}
	switch e := err.(type) { //nolint:errorlint // one step down the chain, as errors.Is does it
	case *concealed:
		return false
	case interface{ Unwrap() error }:
		cause := e.Unwrap()
		return cause != nil && s.shownBy(cause)
	case interface{ Unwrap() []error }:
		for _, cause := range e.Unwrap() {
			if cause != nil && s.shownBy(cause) {
				return true
			}
		}
	}
	return false
}

// concealed has the error behind a function: no verb of fmt prints what that holds.
type concealed struct {
	text string
	is   func(target error) bool
}

func (c *concealed) Error() string        { return c.text }
func (c *concealed) Is(target error) bool { return c.is(target) }

// concealingBody hides the UserSig in the errors of a body: a RoundTripper further out may note them.
type concealingBody struct {
	io.ReadCloser

	secret secret
}

func (b concealingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // a reader's end is io.EOF itself, and must stay so
		err = b.secret.conceal(err)
	}
	return n, err
}

func (b concealingBody) Close() error { return b.secret.conceal(b.ReadCloser.Close()) }
