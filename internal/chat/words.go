package chat

import (
	"regexp"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// words are the lists of moderation. Those of the settings stand beside them: all are looked at by inspect.
type words struct {
	libraries []*library  // of cloud moderation; the first is there from the start
	local     []localWord // in the order in which they came

	lastCloud, lastLocal uint64 // IDs of words
	checks               uint64 // by which checks are named
}

// A library is a list of cloud moderation.
type library struct {
	moderation.Library

	words []cloudWord
}

type cloudWord struct {
	moderation.CloudKeyword
	moderation.Label
}

// A localWord is a word of local moderation.
type localWord struct {
	moderation.LocalKeyword

	pattern *regexp.Regexp // of a WordRegexp
}

// firstLibrary is the library that every app has.
func firstLibrary() *library {
	return &library{Library: moderation.Library{
		ID: "00000000-0000-4000-8000-000000000001", LibName: "local", CreateTime: "2026-01-01 00:00:00 +0800 CST",
		Suggestion: moderation.Block,
	}}
}

func newWords() words { return words{libraries: []*library{firstLibrary()}} }

// library returns the library of that ID, nil where there is none.
func (w *words) library(id string) *library {
	if i := slices.IndexFunc(w.libraries, func(l *library) bool { return l.ID == id }); i >= 0 {
		return w.libraries[i]
	}
	return nil
}

// none says whether no list has a word.
func (w *words) none() bool {
	return len(w.local) == 0 && !slices.ContainsFunc(w.libraries, func(l *library) bool { return len(l.words) > 0 })
}

// in says whether the word is in a text. Capital letters and small ones are not the same, which is a guess.
func (w *localWord) in(text string) bool {
	if w.pattern != nil {
		return w.pattern.MatchString(text)
	}
	return strings.Contains(text, w.Keyword)
}

// replace puts what takes its place in the place of the word.
func (w *localWord) replace(text string) string {
	if w.pattern != nil {
		return w.pattern.ReplaceAllLiteralString(text, w.ReplacedContent)
	}
	return strings.ReplaceAll(text, w.Keyword, w.ReplacedContent)
}

// A finding is what the lists say of a text.
type finding struct {
	text     string   // that was looked at
	stopped  bool     // by a word of the settings, or a local one
	library  *library // that would do most about it of those that have a word of it; nil: none has
	label    moderation.Label
	keywords []string // of that library
}

// blocks says whether the text is stopped.
func (f *finding) blocks() bool {
	return f.stopped || f.library != nil && f.library.Suggestion == moderation.Block
}

// violates says whether the text has a word of a library that wants something done about it.
func (f *finding) violates() bool { return f.library != nil && f.library.Suggestion != moderation.Pass }

// severity puts decisions in order.
var severity = []moderation.Decision{moderation.Pass, moderation.Review, moderation.Block}

// inspect looks for the words of all lists in a text.
func (s *state) inspect(text string) finding {
	f := finding{text: text}
	f.stopped = slices.ContainsFunc(s.set.ForbidWords, func(word string) bool { return strings.Contains(text, word) }) ||
		slices.ContainsFunc(s.words.local, func(w localWord) bool {
			return w.FilterType == moderation.FilterBlock && w.in(text)
		})
	for _, l := range s.words.libraries {
		var hit []string
		label := moderation.LabelIllegal // for a word without one, which is a guess
		for _, w := range l.words {
			if !strings.Contains(text, w.Content) {
				continue
			}
			if hit = append(hit, w.Content); len(hit) == 1 && w.Label != "" {
				label = w.Label
			}
		}
		worse := f.library == nil ||
			slices.Index(severity, l.Suggestion) > slices.Index(severity, f.library.Suggestion)
		if hit != nil && worse {
			f.library, f.label, f.keywords = l, label, hit
		}
	}
	return f
}

// forbids says whether a text is stopped. Words that are replaced in messages are not replaced elsewhere, which is a
// guess.
func (s *state) forbids(text string) bool {
	f := s.inspect(text)
	return f.blocks()
}

// screen looks for the words of all lists in the texts of a message, and returns the body with local words replaced.
func (a *App) screen(body message.Body) (message.Body, finding) {
	if len(a.set.ForbidWords) == 0 && a.words.none() {
		return body, finding{}
	}
	return a.replaced(body), a.inspect(body.Text())
}

// screened is what a message is changed to, with local words replaced. It is refused with a word that is stopped.
func (a *App) screened(to content) (content, error) {
	body, found := a.screen(to.body)
	if found.blocks() {
		return to, refuse(restapi.CodeSensitiveText, "the text contains a forbidden word")
	}
	to.body = body
	return to, nil
}

// replaced is a body with local words replaced. It is another one where there are any: bodies are shared.
func (a *App) replaced(body message.Body) message.Body {
	changed := false
	for i, elem := range body {
		e, ok := elem.(*message.TextElem)
		if !ok {
			continue
		}
		text := e.Text
		for _, w := range a.words.local {
			if w.FilterType == moderation.FilterReplace {
				text = w.replace(text)
			}
		}
		if text == e.Text {
			continue
		}
		if !changed {
			body, changed = slices.Clone(body), true
		}
		other := *e
		other.Text = text
		body[i] = &other
	}
	return body
}
