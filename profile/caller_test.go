package profile_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A recorder is a Caller that answers every call with one canned body.
type recorder struct {
	answer   string
	err      error
	calls    int
	command  restapi.Command
	lastBody string
}

func (r *recorder) Call(_ context.Context, cmd restapi.Command, req, resp any) error {
	r.calls++
	r.command = cmd
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	r.lastBody = string(body)
	if r.err != nil || resp == nil {
		return r.err
	}
	return json.Unmarshal([]byte(r.answer), resp)
}

func documented(tb testing.TB, path string) spec.Command {
	tb.Helper()
	cmd, err := spec.LookupCommand(path)
	require.NoError(tb, err)
	return cmd
}

// readUpdate returns the user and the nickname of a request of SetProfile.
func readUpdate(req any) (userID, nick string) {
	body, err := json.Marshal(req)
	if err != nil {
		panic(err)
	}
	var update struct {
		UserID string        `json:"From_Account"`
		Items  profile.Items `json:"ProfileItem"`
	}
	if err := json.Unmarshal(body, &update); err != nil {
		panic(err)
	}
	nick, _ = profile.Nick.Of(update.Items)
	return update.UserID, nick
}
