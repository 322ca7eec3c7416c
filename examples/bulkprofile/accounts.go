package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// ratePause is how long accounts wait that the service refused for the rate of calls: its limits are those of a second.
const ratePause = time.Second

// withAccounts imports the accounts of rows, and yields the rows whose account is there. It imports as many as one call
// can name while the rows before those are being set.
func (m *importer) withAccounts(
	ctx context.Context, accounts *account.Client, rows iter.Seq[*record],
) iter.Seq[*record] {
	return func(yield func(*record) bool) {
		ready, enough := make(chan []*record), make(chan struct{})
		var ahead sync.WaitGroup
		defer ahead.Wait()
		defer close(enough)
		ahead.Go(func() {
			defer close(ready)
			for chunk := range chunks(rows, account.MaxAccounts) {
				select {
				case ready <- m.importAccounts(ctx, accounts, chunk):
				case <-enough:
					return
				}
			}
		})
		for chunk := range ready {
			for _, row := range chunk {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// chunks yields rows size at a time, fewer at the end.
func chunks(rows iter.Seq[*record], size int) iter.Seq[[]*record] {
	return func(yield func([]*record) bool) {
		var chunk []*record
		for row := range rows {
			if chunk = append(chunk, row); len(chunk) < size {
				continue
			}
			if !yield(chunk) {
				return
			}
			chunk = nil
		}
		if len(chunk) > 0 {
			yield(chunk)
		}
	}
}

// importAccounts imports the accounts of rows and returns the rows whose account is there. The others have failed, or
// are left for -resume where the import has ended.
func (m *importer) importAccounts(ctx context.Context, accounts *account.Client, rows []*record) (ready []*record) {
	users := make([]account.Account, len(rows)) // without nickname and avatar, which come with the profile
	for i, row := range rows {
		users[i].UserID = row.userID
	}
	if m.ended(ctx) {
		return nil
	}
	results, err := accounts.MultiImport(context.WithoutCancel(ctx), users)
	for errors.Is(err, restapi.ErrRateLimited) && errors.Is(err, restapi.ErrTemporary) {
		if wait(ctx, ratePause); m.ended(ctx) {
			return nil
		}
		results, err = accounts.MultiImport(context.WithoutCancel(ctx), users)
	}
	for i, row := range rows {
		one := err
		if err == nil {
			one = results[i].Err()
		}
		if one == nil {
			ready = append(ready, row)
			continue
		}
		m.report(row.userID, fmt.Errorf("the account is not imported: %w", one))
	}
	return ready
}

// wait returns after d, and earlier when ctx ends.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
