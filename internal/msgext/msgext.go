// Package msgext is the wire call of the extensions of messages, which those of users and those of groups share. The
// requests of the two embed what is the same: a Change or a Since.
package msgext

import (
	"context"
	"strconv"

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

// MaxKeys is how many keys one call can name.
const MaxKeys = 20

const (
	maxKey   = 100 // bytes
	maxValue = 1000
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

// Sets is the change that sets pairs, whatever version they have, with the keys of it. It refuses pairs that cannot be
// set.
func Sets(cmd restapi.Command, pairs []Pair) (change Change, keys []string, err error) {
	if err := check.Count(cmd, "ExtensionList", len(pairs), MaxKeys); err != nil {
		return change, nil, err
	}
	change.OperateType = Set
	named := make(map[string]bool, len(pairs))
	for i, pair := range pairs {
		field := "ExtensionList[" + strconv.Itoa(i) + "]."
		if err := checkKey(cmd, field+"Key", pair.Key); err != nil {
			return change, nil, err
		}
		if err := check.Text(cmd, field+"Value", pair.Value, maxValue); err != nil {
			return change, nil, err
		}
		if named[pair.Key] {
			return change, nil, check.Argument(cmd, field+"Key", "is named twice")
		}
		named[pair.Key] = true
		keys = append(keys, pair.Key)
		change.ExtensionList = append(change.ExtensionList, Pair{Key: pair.Key, Value: pair.Value})
	}
	return change, keys, nil
}

// Deletes is the change that deletes keys, each named once. It refuses what is not a key.
func Deletes(cmd restapi.Command, keys []string) (change Change, err error) {
	if err := check.Count(cmd, "ExtensionList", len(keys), MaxKeys); err != nil {
		return change, err
	}
	for i, key := range keys {
		if err := checkKey(cmd, "ExtensionList["+strconv.Itoa(i)+"].Key", key); err != nil {
			return change, err
		}
	}
	change.OperateType = Delete
	for _, key := range check.Unique(keys) {
		change.ExtensionList = append(change.ExtensionList, Pair{Key: key})
	}
	return change, nil
}

func checkKey(cmd restapi.Command, field, key string) error {
	if key == "" {
		return check.Argument(cmd, field, "is empty")
	}
	return check.Text(cmd, field, key, maxKey)
}

type changeRow struct {
	batch.Status

	Extension Pair
}

// Do calls cmd, which changes an extension, and returns a result for each of the keys, in their order: what of makes of
// the pair that is there now, and of why it is not the one that was sent.
func Do[R any](
	ctx context.Context, c restapi.Caller, cmd restapi.Command, req any, keys []string,
	of func(Pair, restapi.Outcome) R,
) ([]R, error) {
	resp, err := restapi.Do[struct{ ExtensionList []changeRow }](ctx, c, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.ExtensionList, func(r *changeRow) (string, R) {
		return r.Extension.Key, of(r.Extension, r.Outcome(cmd))
	})
	return batch.Collate(keys, answered, func(key string) R {
		return of(Pair{Key: key}, restapi.Failed(check.Missing(cmd)))
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
