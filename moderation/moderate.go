package moderation

import (
	"context"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Decision is what the service would do about content. Words newer than this package are kept as they are.
type Decision string

// The documented decisions.
const (
	Pass   Decision = "Pass"
	Review Decision = "Review" // let a person look at it
	Block  Decision = "Block"
)

// A Content is something to be checked: a text, or the address of an image, an audio or a video.
type Content struct {
	ContentType ContentType `json:"ContentType"`
	Content     string      `json:"Content"`
}

// A Result is what a check has found. Its Err, of [Client.ModerateBatch], is why the content was not checked, a
// [*restapi.Error], and nil if it was. Audio and video are checked later: the Result of theirs has a RequestID alone.
type Result struct {
	Result   Decision
	Score    int // 0 to 100, higher is worse
	Label    Label
	SubLabel string   // the finer kind; of [Client.ModerateBatch] alone
	Keywords []string // words that were hit
	// RequestID is the ID of the check. The webhook ContentCallback.ResultNotify has it as CtxcbRequestID.
	RequestID       string
	restapi.Outcome `json:"-"`
}

// A ModerateOption changes what a check is told of the content.
type ModerateOption func(*people)

// people are who the content is from and for.
type people struct {
	ExtSender   string `json:"ExtSender,omitempty"`
	ExtReceiver string `json:"ExtReceiver,omitempty"`
}

// WithExtSender says who the content is from, for the statistics of the console.
func WithExtSender(userID string) ModerateOption {
	return func(p *people) { p.ExtSender = userID }
}

// WithExtReceiver says who the content is for, a user or a group, for the statistics of the console.
func WithExtReceiver(id string) ModerateOption {
	return func(p *people) { p.ExtReceiver = id }
}

type moderateRequest struct {
	AuditName AuditName `json:"AuditName"`
	Content
	people
}

type moderateAnswer struct {
	RequestID string `json:"RequestId"`
	Result    Decision
	Score     int
	Label     Label
	Keywords  []string
}

// Moderate checks one content by the configuration of that name: a text of at most 8 KB, an image of at most 5 MB, an
// audio or a video. Of texts and images the result says what was found. Audio and video take longer: their result has a
// RequestID, and the webhook ContentCallback.ResultNotify says later what was found.
//
// [restapi.ErrTemporary]: nothing was checked, and the content can be checked again. 200 calls a second and app.
// Repeated after a failure that leaves its outcome open, so that a check can be charged twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77827
func (c *Client) Moderate(
	ctx context.Context, name AuditName, content Content, opts ...ModerateOption,
) (Result, error) {
	if err := check.Filled(CommandContentModeration, "AuditName", string(name)); err != nil {
		return Result{}, err
	}
	if err := content.check(CommandContentModeration, ""); err != nil {
		return Result{}, err
	}
	req := moderateRequest{AuditName: name, Content: content}
	for _, opt := range opts {
		opt(&req.people)
	}
	resp, err := restapi.Do[moderateAnswer](ctx, c.caller, CommandContentModeration, req)
	if err != nil {
		return Result{}, err
	}
	return Result{
		Result: resp.Result, Score: resp.Score, Label: resp.Label, Keywords: resp.Keywords, RequestID: resp.RequestID,
	}, nil
}

// check refuses content that cannot be checked. Its fields are below at.
func (c Content) check(cmd restapi.Command, at string) error {
	if err := check.Filled(cmd, at+"ContentType", string(c.ContentType)); err != nil {
		return err
	}
	if err := check.Filled(cmd, at+"Content", c.Content); err != nil {
		return err
	}
	if c.ContentType != Text {
		return nil
	}
	return check.Text(cmd, at+"Content", c.Content, maxText)
}

type batchRequest struct {
	AuditName AuditName `json:"AuditName"`
	Contents  []numbered
	people
}

// A numbered content has a number by which the answer names it.
type numbered struct {
	ContentID int `json:"ContentId"`
	Content
}

type batchAnswer struct {
	AuditResults []struct {
		batch.Status

		ContentID int `json:"ContentId"`
		Result    Decision
		Score     int
		Label     Label
		SubLabel  string
		Keywords  []string
		RequestID string `json:"RequestId"`
	}
}

// ModerateBatch checks 1 to 10 texts and images by the configuration of that name. The result has one Result for each,
// in the order given. Look at the Err of each: what could not be checked does not fail the call.
//
// [restapi.ErrTemporary], of the call or of a result: the content can be checked again. 200 calls a second and app.
// Repeated after a failure that leaves its outcome open, so that a check can be charged twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77828
func (c *Client) ModerateBatch(
	ctx context.Context, name AuditName, contents []Content, opts ...ModerateOption,
) ([]Result, error) {
	cmd := CommandBatchContentModeration
	if err := check.Filled(cmd, "AuditName", string(name)); err != nil {
		return nil, err
	}
	if err := check.Count(cmd, "Contents", len(contents), MaxContents); err != nil {
		return nil, err
	}
	req := batchRequest{AuditName: name}
	numbers := make([]int, len(contents))
	for i, content := range contents {
		at := "Contents[" + strconv.Itoa(i) + "]."
		if err := content.check(cmd, at); err != nil {
			return nil, err
		}
		if content.ContentType == Audio || content.ContentType == Video {
			return nil, check.Argument(cmd, at+"ContentType", "is %s, which only single calls check", content.ContentType)
		}
		numbers[i] = i
		req.Contents = append(req.Contents, numbered{i, content})
	}
	for _, opt := range opts {
		opt(&req.people)
	}
	resp, err := restapi.Do[batchAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := func(yield func(int, Result) bool) {
		for _, r := range resp.AuditResults {
			result := Result{r.Result, r.Score, r.Label, r.SubLabel, r.Keywords, r.RequestID, r.Outcome(cmd)}
			if !yield(r.ContentID, result) {
				return
			}
		}
	}
	return batch.Collate(numbers, answered, func(int) Result {
		return Result{Outcome: restapi.Failed(check.Missing(cmd))}
	}), nil
}
