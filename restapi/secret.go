package restapi

import (
	"errors"
	"io"
	"net/url"
	"strings"
)

// redact takes the UserSig out of a text of the server's, where a gateway has put in the URL it was called with.
func (t *token) redact(text string) string {
	if t == nil || text == "" {
		return text
	}
	text = strings.ReplaceAll(text, t.query, "[query]")
	text = strings.ReplaceAll(text, t.sig, "[usersig]")
	return strings.ReplaceAll(text, url.QueryEscape(t.sig), "[usersig]")
}

// conceal does the same for an error of a transport or decoder. Such an error can still be matched, not unwrapped.
func (t *token) conceal(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if clean := t.redact(text); clean != text {
		return &concealed{text: clean, err: err}
	}
	return err
}

type concealed struct {
	text string
	err  error
}

func (c *concealed) Error() string        { return c.text }
func (c *concealed) Is(target error) bool { return errors.Is(c.err, target) }

// concealingBody hides the UserSig in the errors of a body: a RoundTripper further out may note them.
type concealingBody struct {
	io.ReadCloser

	token *token
}

func (b concealingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // a reader's end is io.EOF itself, and must stay so
		err = b.token.conceal(err)
	}
	return n, err
}
