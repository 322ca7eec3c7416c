package account_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestSetDoNotDisturb(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	r := &conform.Recorder{}
	c := account.NewClient(r)
	d := account.DoNotDisturb{StartTime: time.Unix(1790805600, 0), EndTime: time.Unix(1790827200, 999), IsRepeated: true, Level: 1}
	require.NoError(t, c.SetDoNotDisturb(ctx, "ana", d))
	assert.JSONEq(t, string(conform.Documented(t, r.Command).RequestExamples[0]), r.Body)
	d.IsRepeated, d.Level = false, 0
	require.NoError(t, c.SetDoNotDisturb(ctx, "ana", d))
	assert.JSONEq(t, `{"To_Account":"ana","StartTime":1790805600,"EndTime":1790827200,"IsRepeated":0,"Level":0}`, r.Body,
		"the vendor asks for all of them")

	now := d.EndTime
	for reason, tc := range map[string]struct {
		userID     string
		start, end time.Time
	}{
		"To_Account is empty":           {"", now, now},
		"StartTime is the zero time":    {"ana", time.Time{}, now},
		"EndTime is the zero time":      {"ana", now, time.Time{}},
		"EndTime is not a moment from":  {"ana", now, time.Unix(1<<32, 0)},
		"StartTime is not a moment fro": {"ana", time.Unix(-1, 0), now},
	} {
		r.Calls = 0
		err := c.SetDoNotDisturb(ctx, tc.userID, account.DoNotDisturb{StartTime: tc.start, EndTime: tc.end})
		require.ErrorIs(t, err, restapi.ErrInvalidArgument)
		require.ErrorContains(t, err, reason)
		assert.Zero(t, r.Calls)
	}
}
