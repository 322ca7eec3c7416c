package chat

import (
	"fmt"
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func checks() area {
	return area{
		admin:   restapi.CodeModerationUnauthorized,
		syntax:  restapi.CodeModerationInvalidParameter,
		invalid: restapi.CodeModerationInvalidParameter,
		commands: []command{
			does(moderation.CommandContentModeration, contentModeration),
			does(moderation.CommandBatchContentModeration, batchContentModeration),
		},
	}
}

func badModeration(info string) error { return refuse(restapi.CodeModerationInvalidParameter, info) }

var errNoModeration = refuse(restapi.CodeModerationNotEnabled, "moderation is switched off")

// maxChecked is how long a text may be that is checked, in bytes.
const maxChecked = 8 << 10

// A checked content is something to be checked.
type checkedContent struct {
	ContentType moderation.ContentType
	Content     string
}

// check refuses what cannot be checked.
func (c *checkedContent) check() error {
	switch c.ContentType {
	case moderation.Text, moderation.Image, moderation.Audio, moderation.Video:
	default:
		return badModeration("ContentType is not Text, Image, Audio or Video")
	}
	switch {
	case c.Content == "":
		return badModeration("Content is empty")
	case c.ContentType == moderation.Text && len(c.Content) > maxChecked:
		return badModeration("Content is over 8 KB")
	}
	return nil
}

// auditFields are the fields that both commands have.
type auditFields struct {
	AuditName   moderation.AuditName
	ExtSender   string
	ExtReceiver string
}

// permit refuses a name that no configuration has. Which ones the app has made is not known here.
func (r *auditFields) permit(a *App) error {
	switch {
	case slices.Contains(a.set.Off, FeatureModeration):
		return errNoModeration
	case r.AuditName == "":
		return badModeration("AuditName is empty")
	}
	return nil
}

// A verdictOf is what a check has found.
type verdictOf struct {
	RequestID string              `json:"RequestId"`
	Result    moderation.Decision `json:",omitempty"`
	Score     *int                `json:",omitempty"`
	Label     moderation.Label    `json:",omitempty"`
	SubLabel  *string             `json:",omitempty"` // of the batch alone
	Keywords  []string            `json:",omitempty"`
}

// scores are what decisions have as their Score, which are guesses.
var scores = map[moderation.Decision]int{moderation.Pass: 0, moderation.Review: 70, moderation.Block: 100}

// verdict is what a check says of a finding.
func (f *finding) verdict(id string) verdictOf {
	v := verdictOf{RequestID: id, Result: moderation.Pass, Label: moderation.LabelNormal}
	if f.library != nil {
		v.Result, v.Label, v.Keywords = f.library.Suggestion, f.label, f.keywords
	}
	score := scores[v.Result]
	v.Score = &score
	return v
}

// nextCheck is the ID of a check.
func (w *words) nextCheck() string {
	w.checks++
	return fmt.Sprintf("00000000-0000-4000-9000-%012d", w.checks)
}

// contentModeration checks one content. Of a file nothing is known but its address: a word in that stands for something
// in the file.
func contentModeration(a *App, c *call, req *struct {
	auditFields
	checkedContent
},
) (any, error) {
	if err := req.permit(a); err != nil {
		return nil, err
	}
	if err := req.check(); err != nil {
		return nil, err
	}
	id, found := a.words.nextCheck(), a.inspect(req.Content)
	if req.ContentType == moderation.Text || req.ContentType == moderation.Image {
		return found.verdict(id), nil
	}
	e := a.result(&found, id)
	e.Scene, e.FromAccount = req.AuditName, req.ExtSender
	e.ContentType, e.FileURL, e.TextContent = req.ContentType, req.Content, nil
	c.after("moderation", e)
	return verdictOf{RequestID: id}, nil
}

type batchVerdict struct {
	verdictOf

	ErrorCode restapi.Code
	ErrorInfo string
	ContentID int `json:"ContentId"`
}

func batchContentModeration(a *App, _ *call, req *struct {
	auditFields

	Contents []struct {
		checkedContent

		ContentID int `json:"ContentId"`
	}
},
) (any, error) {
	if err := req.permit(a); err != nil {
		return nil, err
	}
	if n := len(req.Contents); n == 0 || n > moderation.MaxContents {
		return nil, badModeration("Contents has none, or over 10")
	}
	seen := make(map[int]bool)
	for _, one := range req.Contents {
		if err := one.check(); err != nil {
			return nil, err
		}
		switch {
		case one.ContentType == moderation.Audio || one.ContentType == moderation.Video:
			return nil, badModeration("only texts and images are checked in a batch")
		case seen[one.ContentID]:
			return nil, badModeration("ContentId is there twice")
		}
		seen[one.ContentID] = true
	}
	var result struct{ AuditResults []batchVerdict }
	for _, one := range req.Contents {
		found := a.inspect(one.Content)
		v := batchVerdict{verdictOf: found.verdict(a.words.nextCheck()), ContentID: one.ContentID}
		v.SubLabel = new(string)
		result.AuditResults = append(result.AuditResults, v)
	}
	return result, nil
}

// result is the webhook that tells of a finding, without what it was found in.
func (a *App) result(f *finding, id string) *callback.ContentResultNotify {
	e := &callback.ContentResultNotify{
		BodySDKAppID: a.cfg.SDKAppID, ContentType: moderation.Text, TextContent: []string{f.text}, CtxcbRequestID: id,
		CtxcbSuggestion: callback.ContentSuggestionNormal, CtxcbLabel: moderation.LabelNormal,
	}
	if f.blocks() {
		e.CtxcbResult = callback.ContentResultStopped
	}
	if f.violates() {
		e.CtxcbSuggestion = callback.ContentSuggestion(f.library.Suggestion)
		e.CtxcbKeywords, e.CtxcbLabel, e.CtxcbLibName = f.keywords, f.label, f.library.LibName
	}
	return e
}

// report tells the backend of a text of a user that has a word of a library, whether it was stopped or not. more adds
// what it was. Texts without such a word are not reported, though the console can ask for that.
func (a *App) report(
	c *call, lane string, f *finding, scene moderation.AuditName, from string, more func(*callback.ContentResultNotify),
) {
	if !f.violates() {
		return
	}
	e := a.result(f, a.words.nextCheck())
	e.Scene, e.FromAccount = scene, from
	if more != nil {
		more(e)
	}
	if f.blocks() {
		c.refusedToo(lane, e)
	} else {
		c.after(lane, e)
	}
}

// reportMsg reports a one-to-one message.
func (a *App) reportMsg(c *call, s *sending, to string) {
	if !s.found.violates() { // nearly all: no lane is made for them
		return
	}
	a.report(c, pairOf(s.from, to).lane(), &s.found, moderation.C2C, s.from, func(e *callback.ContentResultNotify) {
		e.ContactItem = callback.ContentContact{ContactType: conversation.TypeC2C, ToAccount: to}
		e.MsgID, e.CloudCustomData = s.MsgKey, s.cloud
	})
}
