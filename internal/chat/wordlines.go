package chat

import (
	"cmp"
	"errors"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/moderation"
)

// wordKinds are what a snapshot has of moderation.
func wordKinds() []kind {
	return []kind{
		keeps("library", libraryLines, func([]libraryLine) {}, loadLibrary),
		keeps("cloudword", cloudLines, func([]cloudLine) {}, loadCloudWord),
		keeps("localword", localLines, func([]localLine) {}, loadLocalWord),
	}
}

// libraryLine is a library in a snapshot.
type libraryLine struct {
	ID         string
	LibName    string `json:",omitempty"`
	Describe   string `json:",omitempty"`
	CreateTime string `json:",omitempty"`
	Suggestion moderation.Decision
}

// libraryLines has all libraries but the one that is there from the start, unless that was changed.
func libraryLines(s *state) (lines []libraryLine) {
	for _, l := range s.words.libraries {
		if l.Library != firstLibrary().Library {
			lines = append(lines, libraryLine(l.Library))
		}
	}
	return lines
}

func loadLibrary(s *state, line *libraryLine) error {
	switch line.Suggestion {
	case moderation.Pass, moderation.Review, moderation.Block:
	default:
		return errors.New("the Suggestion is not Pass, Review or Block")
	}
	switch l := s.words.library(line.ID); {
	case line.ID == "":
		return errors.New("ID is empty")
	case l == nil:
		s.words.libraries = append(s.words.libraries, &library{Library: moderation.Library(*line)})
	case l.Library != firstLibrary().Library:
		return errors.New("the library is there twice")
	default:
		l.Library = moderation.Library(*line)
	}
	return nil
}

// cloudLine is a word of a library in a snapshot.
type cloudLine struct {
	LibID      string
	ID         string `json:",omitempty"` // empty: the next one
	Content    string
	Label      moderation.Label `json:",omitempty"`
	CreateTime string           `json:",omitempty"`
}

func cloudLines(s *state) (lines []cloudLine) {
	for _, l := range s.words.libraries {
		for _, w := range l.words {
			lines = append(lines, cloudLine{l.ID, w.ID, w.Content, w.Label, w.CreateTime})
		}
	}
	return lines
}

func loadCloudWord(s *state, line *cloudLine) error {
	l := s.words.library(line.LibID)
	id := s.words.lastCloud + 1
	if line.ID != "" {
		id, _ = strconv.ParseUint(line.ID, 10, 64)
	}
	switch {
	case l == nil:
		return errors.New("LibID is not that of a library")
	case line.Content == "" || l.has(line.Content):
		return errors.New("the Content is empty, or is in the library already")
	case id <= s.words.lastCloud && s.words.hasID(line.ID), id == 0:
		return errors.New("ID is not a number above 0, or is there twice")
	}
	s.words.lastCloud = max(s.words.lastCloud, id)
	word := moderation.CloudKeyword{
		ID: strconv.FormatUint(id, 10), Content: line.Content, CreateTime: line.CreateTime,
	}
	l.words = append(l.words, cloudWord{word, line.Label})
	return nil
}

// hasID says whether a word of a library has that ID.
func (w *words) hasID(id string) bool {
	return slices.ContainsFunc(w.libraries, func(l *library) bool {
		return slices.ContainsFunc(l.words, func(w cloudWord) bool { return w.ID == id })
	})
}

func localLines(s *state) (lines []localLine) {
	for _, w := range s.words.local {
		lines = append(lines, w.line())
	}
	return lines
}

func loadLocalWord(s *state, line *localLine) error {
	w, err := line.word()
	switch {
	case err != nil:
		return err
	case line.Keyword == "":
		return errors.New("the Keyword is empty")
	}
	w.ID = cmp.Or(line.ID, s.words.lastLocal+1)
	for _, old := range s.words.local {
		if old.ID == w.ID || old.is(w.LocalKeyword) {
			return errors.New("the word is there twice")
		}
	}
	s.words.lastLocal = max(s.words.lastLocal, w.ID)
	s.words.local = append(s.words.local, w)
	return nil
}
