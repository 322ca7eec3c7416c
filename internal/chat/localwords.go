package chat

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/moderation"
)

// A localLine is a local word on the wire.
type localLine struct {
	ID              uint64 `json:"Id"`
	Keyword         string
	WordType        moderation.WordType
	FilterType      moderation.FilterType
	ReplacedContent string `json:",omitempty"`
	UpdateTime      string `json:",omitempty"`
}

func (l *localLine) word() (w localWord, err error) {
	w.LocalKeyword = moderation.LocalKeyword{
		Keyword: l.Keyword, WordType: l.WordType, FilterType: l.FilterType, ReplacedContent: l.ReplacedContent,
		ID: l.ID, UpdateTime: l.UpdateTime,
	}
	switch {
	case l.FilterType != moderation.FilterReplace && l.FilterType != moderation.FilterBlock:
		return w, badModeration("FilterType is not 1 or 2")
	case l.WordType == moderation.WordRegexp:
		if w.pattern, err = regexp.Compile(l.Keyword); err != nil {
			return w, badModeration("Keyword is not a regular expression that is known here")
		}
	case l.WordType != moderation.WordText:
		return w, badModeration("WordType is not 1 or 2")
	}
	return w, nil
}

func (w *localWord) line() localLine {
	return localLine{w.ID, w.Keyword, w.WordType, w.FilterType, w.ReplacedContent, w.UpdateTime}
}

// is says whether both are the same word, whatever becomes of what has it.
func (w *localWord) is(other moderation.LocalKeyword) bool {
	return w.Keyword == other.Keyword && w.WordType == other.WordType
}

func getLocalWords(a *App, _ *call, req *struct {
	wordPage

	FilterType moderation.FilterType
	Keyword    string
},
) (any, error) {
	if err := req.check(a); err != nil {
		return nil, err
	}
	var result struct {
		RequestID                                        string `json:"RequestId"`
		LocalAuditWords                                  []localLine
		TotalCount, TotalRegCount, CurCount, CurRegCount int
	}
	list := []localLine{}
	for _, w := range a.words.local {
		total, current := &result.TotalCount, &result.CurCount
		if w.pattern != nil {
			total, current = &result.TotalRegCount, &result.CurRegCount
		}
		*total++
		if strings.Contains(w.Keyword, req.Keyword) && (req.FilterType == 0 || req.FilterType == w.FilterType) {
			*current++
			list = append(list, w.line())
		}
	}
	result.RequestID, result.LocalAuditWords = a.words.nextCheck(), pageOf(req.wordPage, list)
	return result, nil
}

type localRequest struct {
	listedApp

	LocalAuditWords []localLine
}

func (r *localRequest) check(a *App) error {
	if err := r.listedApp.check(a); err != nil {
		return err
	}
	return checkWords(r.LocalAuditWords, func(l localLine) string { return l.Keyword })
}

// addLocalWords adds words. One that is there is changed, which is a guess.
func addLocalWords(a *App, c *call, req *localRequest) (any, error) {
	if err := req.check(a); err != nil {
		return nil, err
	}
	var added []localWord
	for _, line := range req.LocalAuditWords {
		w, err := line.word()
		if err != nil {
			return nil, err
		}
		w.UpdateTime = c.now.In(beijing).Format(time.DateTime)
		added = append(added, w)
	}
	for _, w := range added {
		i := slices.IndexFunc(a.words.local, func(old localWord) bool { return old.is(w.LocalKeyword) })
		if i >= 0 {
			w.ID = a.words.local[i].ID
			a.words.local[i] = w
			continue
		}
		a.words.lastLocal++
		w.ID = a.words.lastLocal
		a.words.local = append(a.words.local, w)
	}
	return doneBy{a.words.nextCheck()}, nil
}

// deleteLocalWords takes words away that have the ID, or, where none is given, the text and the type. One that is not
// there is no error. All of that is a guess.
func deleteLocalWords(a *App, _ *call, req *localRequest) (any, error) {
	if err := req.check(a); err != nil {
		return nil, err
	}
	a.words.local = slices.DeleteFunc(a.words.local, func(w localWord) bool {
		return slices.ContainsFunc(req.LocalAuditWords, func(l localLine) bool {
			if l.ID != 0 {
				return l.ID == w.ID
			}
			return w.Keyword == l.Keyword && w.WordType == l.WordType
		})
	})
	return doneBy{a.words.nextCheck()}, nil
}
