package batch_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var command = restapi.Command{Service: "svc", Name: "list"}

func TestCollate(t *testing.T) {
	t.Parallel()
	type row struct {
		ID string
		N  int
	}
	rows := []row{{"c", 3}, {"x", 9}, {"a", 0}, {"a", 1}}
	answered := batch.Rows(rows, func(r *row) (string, int) { return r.ID, r.N })
	got := batch.Collate([]string{"a", "b", "c", "a"}, answered, func(string) int { return -1 })
	assert.Equal(t, []int{1, -1, 3, 1}, got)
	assert.Empty(t, batch.Collate(nil, maps.All(map[string]int{"a": 1}), func(string) int { return -1 }))
	for range answered {
		break // a loop may end early
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	require.NoError(t, batch.Status{ResultInfo: "fine"}.Outcome(command).Err())
	for name, s := range map[string]batch.Status{
		"result": {ResultCode: 40003, ResultInfo: "gone"},
		"error":  {ErrorCode: 40003, ErrorInfo: "gone"},
		"ret":    {RetCode: 40003, ErrorInfo: "gone"},
	} {
		err := s.Outcome(command).Err()
		require.ErrorIs(t, err, restapi.CodeProfileAccountNotFound, name)
		assert.ErrorContains(t, err, `"gone"`, name)
	}
}

// pages is a list whose pages say which comes next.
func pages(next map[restapi.Cursor]restapi.Cursor) (iter.Seq2[string, error], *int) {
	asked := new(int)
	return batch.Pages(context.Background(), command, func(ctx context.Context, c restapi.Cursor) (restapi.Page[string], error) {
		*asked++
		return restapi.Page[string]{Items: []string{"1:" + string(c), "2:" + string(c)}, Next: next[c]}, ctx.Err()
	}), asked
}

func collect(list iter.Seq2[string, error]) (items []string, err error) {
	for item, e := range list {
		if e != nil {
			return items, e
		}
		items = append(items, item)
	}
	return items, nil
}

func TestPages(t *testing.T) {
	t.Parallel()
	list, asked := pages(map[restapi.Cursor]restapi.Cursor{"": "b", "b": "c"})
	items, err := collect(list)
	require.NoError(t, err)
	assert.Equal(t, []string{"1:", "2:", "1:b", "2:b", "1:c", "2:c"}, items)
	assert.Equal(t, 3, *asked)

	for item := range list {
		assert.Equal(t, "1:", item)
		break
	}
	assert.Equal(t, 4, *asked, "a loop that ends early asks for no more")
}

func TestPagesEndWithAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	list := batch.Pages(t.Context(), command, func(_ context.Context, c restapi.Cursor) (restapi.Page[int], error) {
		if c == "b" {
			return restapi.Page[int]{Items: []int{7}}, broken
		}
		return restapi.Page[int]{Items: []int{1}, Next: "b"}, nil
	})
	var got []string
	for item, err := range list {
		got = append(got, fmt.Sprint(item, err))
	}
	assert.Equal(t, []string{"1 <nil>", "0 broken"}, got)
}

// A list of every shape that never ends: some pages, then a cycle.
func TestPagesThatNeverEnd(t *testing.T) {
	t.Parallel()
	for before := range 9 {
		for length := 1; length < 9; length++ {
			next := map[restapi.Cursor]restapi.Cursor{"": "0"}
			for i := range before + length {
				next[restapi.Cursor(strconv.Itoa(i))] = restapi.Cursor(strconv.Itoa(i + 1))
			}
			next[restapi.Cursor(strconv.Itoa(before+length-1))] = restapi.Cursor(strconv.Itoa(before))
			list, asked := pages(next)
			_, err := collect(list)
			require.ErrorIs(t, err, restapi.ErrBadResponse, "%d pages and a cycle of %d", before, length)
			assert.True(t, strings.HasPrefix(err.Error(), "svc/list: "), err)
			assert.LessOrEqual(t, *asked, 4*(before+length)+2, "%d pages and a cycle of %d", before, length)
		}
	}
}

// A long list without a cycle is gone through to its end.
func TestLongList(t *testing.T) {
	t.Parallel()
	list := batch.Pages(t.Context(), command, func(_ context.Context, c restapi.Cursor) (restapi.Page[int], error) {
		n, _ := strconv.Atoi(string(c))
		if n == 10_000 {
			return restapi.Page[int]{}, nil
		}
		return restapi.Page[int]{Items: []int{n}, Next: restapi.Cursor(strconv.Itoa(n + 1))}, nil
	})
	n := 0
	for _, err := range list {
		require.NoError(t, err)
		n++
	}
	assert.Equal(t, 10_000, n)
}

func TestRefused(t *testing.T) {
	t.Parallel()
	refusal := func(account string, code int) batch.Refusal {
		return batch.Refusal{Status: batch.Status{ErrorCode: code}, ToAccount: account}
	}
	codes := func(asked []string, list ...batch.Refusal) (all []string) {
		for _, outcome := range batch.Refused(command, asked, list) {
			switch e, _ := errors.AsType[*restapi.Error](outcome.Err()); {
			case e == nil:
				all = append(all, "done")
			case errors.Is(e, restapi.ErrBadResponse):
				all = append(all, "any")
			case e.Code == 0:
				all = append(all, "unexplained")
			default:
				all = append(all, strconv.Itoa(int(e.Code)))
			}
		}
		return all
	}
	asked := []string{"a", "b", "a"}
	assert.Equal(t, []string{"done", "done", "done"}, codes(asked))
	assert.Equal(t, []string{"70107", "done", "70107"}, codes(asked, refusal("a", 70107)))
	assert.Equal(t, []string{"done", "unexplained", "done"}, codes(asked, refusal("b", 0)))
	assert.Equal(t, []string{"any", "70107", "any"}, codes(asked, refusal("b", 70107), refusal("x", 70107)))
	assert.Equal(t, []string{"unexplained", "any", "unexplained"}, codes(asked, refusal("a", 0), refusal("x", 0)))
}
