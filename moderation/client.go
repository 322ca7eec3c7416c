package moderation

import (
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What one call can name at most.
const (
	MaxContents = 10 // contents that one [Client.ModerateBatch] can check
	MaxKeywords = 10 // words that one call can add or delete
)

const (
	maxText = 8 << 10 // bytes of a text that is checked
	maxPage = 100     // of every list
)

// A Client has content checked, and keeps the word lists that it is checked by. It is safe for concurrent use. Its
// errors are those of package restapi: [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }

// An app is the app that a body names. The client knows it where the request is made.
type app struct {
	SDKAppID uint64 `json:"SdkAppId,omitempty"`
}

// A pageOf is what the requests of all lists have.
type pageOf struct {
	app

	Offset uint64 `json:"Offset"`
	Limit  int    `json:"Limit"`
}

// pageAt is the page that begins at a cursor.
func pageAt(cmd restapi.Command, cursor restapi.Cursor, limit int) (p pageOf, err error) {
	switch {
	case limit < 0:
		return p, check.Argument(cmd, "Limit", "is %d, must not be negative", limit)
	case limit > maxPage:
		return p, check.Argument(cmd, "Limit", "is %d, at most %d are allowed", limit, maxPage)
	case limit == 0:
		limit = maxPage
	}
	p.Limit = limit
	return p, batch.ReadCursor(cmd, "Offset", cursor, &p.Offset)
}

// next is the cursor of the page after one of n items. A page that is not full is the last one, and so is one that ends
// at the total, 0 where that is not to be trusted.
func (p pageOf) next(n, total int) restapi.Cursor {
	end := p.Offset + uint64(n)
	if n < p.Limit || total > 0 && end >= uint64(total) {
		return ""
	}
	return batch.CursorOf(end)
}

// words refuses a list of words of which one is empty or not UTF-8, or that is empty or too long. name says what the
// word of an item is, and where.
func words[T any](cmd restapi.Command, field string, items []T, name func(T) (word, at string)) error {
	if err := check.Count(cmd, field, len(items), MaxKeywords); err != nil {
		return err
	}
	for i, item := range items {
		word, at := name(item)
		if err := check.Filled(cmd, field+"["+strconv.Itoa(i)+"]"+at, word); err != nil {
			return err
		}
	}
	return nil
}

// once refuses a list in which two items have the same key.
func once[T any, K comparable](cmd restapi.Command, field string, items []T, key func(T) K) error {
	seen := make(map[K]bool, len(items))
	for i, item := range items {
		if seen[key(item)] {
			return check.Argument(cmd, field+"["+strconv.Itoa(i)+"]", "is named twice")
		}
		seen[key(item)] = true
	}
	return nil
}
