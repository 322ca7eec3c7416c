package main

import (
	"errors"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/spec"
)

const (
	heading = "// # Commands\n"
	next    = "\n// # "

	width = 120 // of a line
)

const introduction = `//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
`

func (s source) hasSection() bool { return strings.Contains(s.doc, heading) }

// withSection returns doc.go with the section as it is to be. It ends at the next heading.
func (s source) withSection(commands []spec.Command) ([]byte, error) {
	before, rest, _ := strings.Cut(s.doc, heading)
	_, after, ok := strings.Cut(rest, next)
	if !ok {
		return nil, errors.New("doc.go has no heading after # Commands, where that section would end")
	}
	var b strings.Builder
	b.WriteString(before + heading + introduction)
	for _, c := range commands {
		words := []string{c.Name() + ":"}
		for i, method := range c.Go.Methods {
			if i < len(c.Go.Methods)-1 {
				words = append(words, "["+method+"],")
			} else {
				words = append(words, "["+method+"]")
			}
		}
		b.WriteString(wrap(words, "//   - ", "//     "))
	}
	b.WriteString("//" + next + after)
	return []byte(b.String()), nil
}

// wrap breaks words into lines that begin with first, and from the second on with others.
func wrap(words []string, first, others string) string {
	var b strings.Builder
	line := first
	for i, word := range words {
		switch {
		case i == 0:
			line += word
		case len(line)+1+len(word) > width:
			b.WriteString(line + "\n")
			line = others + word
		default:
			line += " " + word
		}
	}
	b.WriteString(line + "\n")
	return b.String()
}
