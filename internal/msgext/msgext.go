// Package msgext is the wire call of the extensions of messages, which those of users and those of groups share. The
// requests of the two embed what is the same: a Change or a Since.
package msgext

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// The values of OperateType.
const (
	Set    = 1
	Delete = 2
	Clear  = 3
)

// A Pair is one key of an extension with its value.
type Pair struct {
	Key   string `json:"Key"`
	Value string `json:"Value"`
	Seq   int64  `json:"Seq"` // the version; 0 in what an administrator sends
}

// A Change is what a request that changes an extension has besides the message that it is about.
type Change struct {
	OperateType   int    `json:"OperateType"`
	ExtensionList []Pair `json:"ExtensionList,omitempty"`
}

// A Result is what became of one pair: the one that is there now, and why it is not the one that was sent.
type Result struct {
	Pair

	restapi.Outcome
}

type changeRow struct {
	batch.Status

	Extension Pair
}

// Do calls cmd, which changes an extension, and returns a result for each of the keys, in their order.
func Do(ctx context.Context, c restapi.Caller, cmd restapi.Command, req any, keys []string) ([]Result, error) {
	resp, err := restapi.Do[struct{ ExtensionList []changeRow }](ctx, c, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.ExtensionList, func(r *changeRow) (string, Result) {
		return r.Extension.Key, Result{r.Extension, r.Outcome(cmd)}
	})
	return batch.Collate(keys, answered, func(key string) Result {
		return Result{Pair{Key: key}, restapi.Failed(check.Missing(cmd))}
	}), nil
}

// Since is what a request that reads an extension has besides the message that it is about.
type Since struct {
	StartSeq uint64 `json:"StartSeq,omitempty"`
}

// SinceOf reads the cursor of a page.
func SinceOf(cmd restapi.Command, cursor restapi.Cursor) (s Since, err error) {
	err = batch.ReadCursor(cmd, "StartSeq", cursor, &s.StartSeq)
	return s, err
}

// A Page is one page of the pairs of an extension.
type Page struct {
	ExtensionList []Pair
	CompleteFlag  int
	LatestSeq     int64
	ClearSeq      int64
}

// Next is the cursor of the page after the one that begins at s: above the highest version that it has.
func (p *Page) Next(s Since) restapi.Cursor {
	if p.CompleteFlag == 1 {
		return ""
	}
	next := s.StartSeq
	for _, pair := range p.ExtensionList {
		if pair.Seq >= 0 {
			next = max(next, uint64(pair.Seq)+1)
		}
	}
	return batch.CursorOf(next)
}
