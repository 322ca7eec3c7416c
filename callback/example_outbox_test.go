package callback_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/http/httptest"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
)

// outbox is a Sink over a table of a database: any *sql.DB will do. The primary key keeps a webhook that comes again from
// being stored twice.
//
//	CREATE TABLE webhooks (id TEXT PRIMARY KEY, command TEXT, app INTEGER, platform TEXT, ip TEXT, received TIMESTAMP, body BLOB)
type outbox struct {
	db interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	}
}

func (o outbox) Put(ctx context.Context, e callback.Envelope) error {
	_, err := o.db.ExecContext(ctx,
		"INSERT INTO webhooks VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
		e.ID, e.Command, e.SDKAppID, e.OptPlatform, e.ClientIP, e.ReceivedAt, e.Body)
	return err
}

// memory stands in for the database here.
type memory map[any][]any

func (m memory) ExecContext(_ context.Context, _ string, args ...any) (sql.Result, error) {
	if _, there := m[args[0]]; !there {
		m[args[0]] = args
	}
	return driver.RowsAffected(1), nil
}

// Webhooks are kept in the database that the backend has anyway, and answered once they are committed.
func Example_outbox() {
	rows := memory{}
	h, err := callback.NewHandler(callbacktest.SDKAppID, callback.WithToken(callbacktest.Token), callback.WithSink(outbox{rows}))
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 2 { // the vendor sends it again
		w := httptest.NewRecorder()
		h.ServeHTTP(w, callbacktest.NewRequest(&callback.FollowAfterFollowAdd{FromAccount: "u-1", EventTime: 1741589712000}))
		fmt.Println(w.Code)
	}
	for _, row := range rows {
		fmt.Println(len(rows), "row:", row[1])
	}
	// Output:
	// 200
	// 200
	// 1 row: Follow.CallbackAfterFollowAdd
}
