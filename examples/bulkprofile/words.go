package main

import (
	"cmp"
	"errors"
	"regexp"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// A translated error is one of the SDK or the service in the words of the file.
type translated struct {
	text string
	err  error
}

func (t *translated) Error() string { return t.text }
func (t *translated) Unwrap() error { return t.err }

var wireWord = regexp.MustCompile(`\w+`)

// translate returns err, which is about the row, with the names of its columns in place of the tags, and with the words
// for the values of a field that the file may use. Where the SDK refused the row it leaves out the command, which the
// file does not have.
func (r *record) translate(err error) error {
	words := r.fileWords()
	inFile := func(word string) string { return cmp.Or(words[word], word) }
	text := wireWord.ReplaceAllStringFunc(err.Error(), inFile)
	if refused, ok := errors.AsType[*restapi.ArgumentError](err); ok {
		text = inFile(refused.Field) + " " + wireWord.ReplaceAllStringFunc(refused.Reason, inFile)
	}
	return &translated{text, err}
}

// fileWords returns the file's words by those of the wire.
func (r *record) fileWords() map[string]string {
	words := map[string]string{"From_Account": userColumn}
	for _, f := range standardFields() {
		words[f.tag] = f.name
		for ours, wire := range f.words {
			words[wire] = ours
		}
	}
	all := newFields()
	for _, c := range r.cells {
		if f, err := all.lookup(c.name); err == nil {
			words[f.tag] = f.name
		}
	}
	return words
}
