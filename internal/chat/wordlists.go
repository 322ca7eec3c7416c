package chat

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func wordLists() area {
	return area{
		admin:   restapi.CodeModerationUnauthorized,
		syntax:  restapi.CodeModerationInvalidParameter,
		invalid: restapi.CodeModerationInvalidParameter,
		commands: []command{
			does(moderation.CommandGetCloudAuditKeywordsIDs, getLibraries),
			does(moderation.CommandGetCloudAuditKeywords, getCloudWords),
			does(moderation.CommandAddCloudAuditKeywords, addCloudWords),
			does(moderation.CommandDeleteCloudAuditKeywords, deleteCloudWords),
			does(moderation.CommandGetLocalAuditKeywords, getLocalWords),
			does(moderation.CommandAddLocalAuditKeywords, addLocalWords),
			does(moderation.CommandDeleteLocalAuditKeywords, deleteLocalWords),
		},
		kinds: wordKinds(),
	}
}

// maxWordPage is how many items a page of a list may have.
const maxWordPage = 100

// A listedApp is the app that all commands about lists name.
type listedApp struct {
	SDKAppID uint64 `json:"SdkAppId"`
}

func (l listedApp) check(a *App) error {
	switch {
	case slices.Contains(a.set.Off, FeatureModeration):
		return errNoModeration
	case l.SDKAppID != a.cfg.SDKAppID:
		return badModeration("SdkAppId is not that of the URL")
	}
	return nil
}

// wordPage is which page is wanted.
type wordPage struct {
	listedApp

	Offset uint64
	Limit  uint64
}

func (p wordPage) check(a *App) error {
	if err := p.listedApp.check(a); err != nil {
		return err
	}
	if p.Limit == 0 || p.Limit > maxWordPage {
		return badModeration("Limit is not 1 to 100")
	}
	return nil
}

// pageOf cuts the page out of a list.
func pageOf[T any](p wordPage, list []T) []T {
	from := min(p.Offset, uint64(len(list)))
	return slices.Clone(list[from:min(from+p.Limit, uint64(len(list)))])
}

// A doneBy is the answer of commands that say no more.
type doneBy struct {
	RequestID string `json:"RequestId"`
}

type infos[T any] struct {
	RequestID  string `json:"RequestId"`
	TotalCount int
	Infos      []T
}

func getLibraries(a *App, _ *call, req *wordPage) (any, error) {
	if err := req.check(a); err != nil {
		return nil, err
	}
	var list []moderation.Library
	for _, l := range a.words.libraries {
		list = append(list, l.Library)
	}
	return infos[moderation.Library]{a.words.nextCheck(), len(list), pageOf(*req, list)}, nil
}

// library returns a library, or the refusal where there is none. The command says the app and what else it does.
func (a *App) library(of interface{ check(a *App) error }, id string) (*library, error) {
	if err := of.check(a); err != nil {
		return nil, err
	}
	if l := a.words.library(id); l != nil {
		return l, nil
	}
	return nil, badModeration("there is no library of that LibID")
}

func getCloudWords(a *App, _ *call, req *struct {
	wordPage

	LibID, Content string
},
) (any, error) {
	l, err := a.library(req, req.LibID)
	if err != nil {
		return nil, err
	}
	list := []moderation.CloudKeyword{}
	for _, w := range l.words {
		if strings.Contains(w.Content, req.Content) {
			list = append(list, w.CloudKeyword)
		}
	}
	return infos[moderation.CloudKeyword]{a.words.nextCheck(), len(list), pageOf(req.wordPage, list)}, nil
}

// checkWords refuses a list of words that is empty or too long, or has an empty one.
func checkWords[T any](list []T, word func(T) string) error {
	switch {
	case len(list) == 0:
		return badModeration("there are no words")
	case len(list) > moderation.MaxKeywords:
		return refuse(restapi.CodeModerationTooManyWords, "there are over 10 words")
	case slices.ContainsFunc(list, func(item T) bool { return word(item) == "" }):
		return badModeration("a word is empty")
	}
	return nil
}

// addCloudWords adds words. One that is there stays as it is, which is a guess.
func addCloudWords(a *App, c *call, req *struct {
	listedApp

	LibID        string
	UserKeywords []moderation.Keyword
},
) (any, error) {
	l, err := a.library(req, req.LibID)
	if err != nil {
		return nil, err
	}
	if err := checkWords(req.UserKeywords, func(k moderation.Keyword) string { return k.Content }); err != nil {
		return nil, err
	}
	for _, k := range req.UserKeywords {
		if l.has(k.Content) {
			continue
		}
		a.words.lastCloud++
		l.words = append(l.words, cloudWord{moderation.CloudKeyword{
			ID: strconv.FormatUint(a.words.lastCloud, 10), Content: k.Content,
			CreateTime: c.now.In(beijing).Format(time.DateTime),
		}, k.Label})
	}
	return doneBy{a.words.nextCheck()}, nil
}

func (l *library) has(word string) bool {
	return slices.ContainsFunc(l.words, func(w cloudWord) bool { return w.Content == word })
}

type deletedWord struct {
	KeywordID string
	Keyword   string
	Deleted   bool
	ErrorInfo string
}

func deleteCloudWords(a *App, _ *call, req *struct {
	listedApp

	LibID    string
	Keywords []string
},
) (any, error) {
	l, err := a.library(req, req.LibID)
	if err != nil {
		return nil, err
	}
	if err := checkWords(req.Keywords, func(word string) string { return word }); err != nil {
		return nil, err
	}
	var result struct {
		RequestID string `json:"RequestId"`
		Count     int
		Details   []deletedWord
	}
	for _, word := range req.Keywords {
		i := slices.IndexFunc(l.words, func(w cloudWord) bool { return w.Content == word })
		if i < 0 {
			result.Details = append(result.Details, deletedWord{Keyword: word, ErrorInfo: "the word is not in the library"})
			continue
		}
		result.Details = append(result.Details, deletedWord{KeywordID: l.words[i].ID, Keyword: word, Deleted: true})
		result.Count++
		l.words = slices.Delete(l.words, i, i+1)
	}
	result.RequestID = a.words.nextCheck()
	return result, nil
}
