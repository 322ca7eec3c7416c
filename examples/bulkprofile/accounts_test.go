package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// callsOf returns where among all calls those of a command are.
func callsOf(chat *restapitest.Server, cmd restapi.Command) (at []int) {
	for i, c := range chat.Calls() {
		if c.Command.Path() == cmd.Path() {
			at = append(at, i)
		}
	}
	return at
}

func TestImportOfAccounts(t *testing.T) {
	t.Parallel()
	for _, f := range []format{formatCSV, formatJSONLines} {
		t.Run(f.extension(), func(t *testing.T) {
			t.Parallel()
			chat := newChat(t)
			rows, want := crowd(250, f)
			path := writeFile(t, "users"+f.extension(), rows)
			r := call(t.Context(), t, chat, "", "-import", "-dry-run", path)
			require.NoError(t, r.err)
			assert.Empty(t, chat.Calls())

			r = call(t.Context(), t, chat, "", "-import", path)
			require.NoError(t, r.err)
			assert.Contains(t, r.log, "250 set in ")
			checkNicks(t, chat, want)
			assert.Len(t, callsOf(chat, account.CommandMultiAccountImport), 3, "a hundred accounts a call")
			assert.Len(t, chat.Calls(), 250+3)
			assert.NotContains(t, string(chat.Calls()[0].Body), "Nick", "the profile has it")
			assert.Empty(t, beside(t, path))
		})
	}
}

// The accounts of the next hundred rows are imported while rows are being set, and no others.
func TestAccountsAreImportedAhead(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	chat.Delay(profile.CommandPortraitSet, 2*time.Millisecond)
	rows, _ := crowd(400, formatCSV)
	require.NoError(t, call(t.Context(), t, chat, "", "-import", "-concurrency", "1", writeFile(t, "users.csv", rows)).err)
	at := callsOf(chat, account.CommandMultiAccountImport)
	require.Len(t, at, 4)
	assert.Less(t, at[1], 50)
	for i, before := range []int{100, 200} {
		assert.GreaterOrEqual(t, at[i+2], before-5)
		assert.Less(t, at[i+2], before+50)
	}
}

// An account that is not imported is the failure of its row, whose profile is left alone; -resume goes on with it.
func TestAccountsThatFail(t *testing.T) {
	t.Parallel()
	const rows = "user_id,nick,level\nann,Ann,\nbob,Bob,\ncat,Cat,high\nhas-a-name-of-more-than-thirty-two-bytes,Long,\n"
	for name, tc := range map[string]struct {
		answer string
		failed []string
		reason string
	}{
		"one": {`{"ActionStatus":"OK","ErrorCode":0,"FailAccounts":["bob"]}`, []string{"bob"}, "FailAccounts"},
		"the call": {
			`{"ActionStatus":"FAIL","ErrorCode":70402,"ErrorInfo":"no"}`, []string{"ann", "bob"}, "70402",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chat := newChat(t, "ann", "bob", "cat")
			chat.Handle(account.CommandMultiAccountImport.Path(), func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprint(w, tc.answer)
			})
			path := writeFile(t, "users.csv", rows)
			failures := filepath.Join(filepath.Dir(path), "users.failures.csv")
			r := call(t.Context(), t, chat, "", "-import", path)
			assert.Equal(t, 1, r.status)
			text := readFile(t, failures)
			for _, userID := range tc.failed {
				assert.Regexp(t, `(?m)^`+userID+`,.*: the account is not imported: .*`+tc.reason, text)
				assert.Equal(t, "[]", itemsOf(t, chat, userID))
			}
			assert.Contains(t, text, `cat,Cat,high,"line 4: level: `)
			imports := callsOf(chat, account.CommandMultiAccountImport)
			require.Len(t, imports, 1)
			assert.JSONEq(t, `{"AccountList":[{"UserID":"ann"},{"UserID":"bob"}]}`, string(chat.Calls()[imports[0]].Body),
				"rows that are bad in themselves cost neither an account nor the call")

			chat.Handle(account.CommandMultiAccountImport.Path(), nil)
			before := len(chat.Calls())
			r = call(t.Context(), t, chat, "", "-import", "-resume", path)
			assert.Equal(t, 1, r.status)
			assert.Contains(t, r.log, fmt.Sprintf("%d set in ", len(tc.failed)))
			assert.Len(t, chat.Calls()[before:], 1+len(tc.failed), "what is done is not imported again")
			assert.NotContains(t, readFile(t, failures), "the account is not imported")
			assert.Equal(t, `[Tag_Profile_IM_Nick="Bob"]`, itemsOf(t, chat, "bob"))
		})
	}
}

func TestTheRateOfCallsFailsNoAccount(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	chat.FailNext(account.CommandMultiAccountImport, restapi.CodeCommandRateLimited, 3) // as often as the client tries
	path := writeFile(t, "users.csv", "user_id,nick\nann,Ann\n")
	r := call(t.Context(), t, chat, "", "-import", path)
	require.NoError(t, r.err)
	assert.Contains(t, r.log, "1 set in ")
	assert.Len(t, chat.Calls(), 3+1+1)
}

// Rows whose accounts were imported ahead are neither set after an interrupt nor lost.
func TestInterruptOfAnImportOfAccounts(t *testing.T) {
	t.Parallel()
	const n = 350
	chat := newChat(t)
	chat.Delay(profile.CommandPortraitSet, 20*time.Millisecond)
	rows, want := crowd(n, formatCSV)
	path := writeFile(t, "users.csv", rows)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	go func() {
		for len(chat.Calls()) < 20 {
			time.Sleep(time.Millisecond)
		}
		interrupt()
	}()
	r := call(ctx, t, chat, "", "-import", path)
	assert.Equal(t, 3, r.status)
	set := len(callsOf(chat, profile.CommandPortraitSet))
	assert.Less(t, set, 100, "only what was under way")
	require.EqualError(t, r.err, fmt.Sprintf("stopped by the user, %d rows are done: go on with -resume", set))
	assert.Contains(t, r.log, ", 0 failed")

	r = call(t.Context(), t, chat, "", "-import", "-resume", path)
	require.NoError(t, r.err)
	assert.Contains(t, r.log, fmt.Sprintf("%d set in ", n-set))
	assert.Len(t, callsOf(chat, profile.CommandPortraitSet), n, "no user is set twice")
	checkNicks(t, chat, want)
}

func TestWithoutImportAMissingAccountSaysHow(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	path := writeFile(t, "users.csv", "user_id,nick\nann,Ann\n")
	failures := filepath.Join(filepath.Dir(path), "users.failures.csv")
	assert.Equal(t, 1, call(t.Context(), t, chat, "", path).status)
	text := readFile(t, failures)
	assert.Contains(t, text, "40003")
	assert.True(t, strings.HasSuffix(text, ": -import imports the accounts first\"\n"), text)
	require.NoError(t, call(t.Context(), t, chat, "", "-import", failures).err)
	assert.Equal(t, `[Tag_Profile_IM_Nick="Ann"]`, itemsOf(t, chat, "ann"))
}

// A wrong key stops the import with the first call, not with each hundred of the rows.
func TestImportOfAccountsStopsForTheKey(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	rows, _ := crowd(1000, formatCSV)
	path := writeFile(t, "users.csv", rows)
	chat.FailNext(account.CommandMultiAccountImport, restapi.CodeAdminRequired, 1000)
	r := call(t.Context(), t, chat, "", "-import", path)
	assert.Equal(t, 3, r.status)
	require.ErrorIs(t, r.err, restapi.ErrPermission)
	assert.Len(t, chat.Calls(), 1)
	assert.Contains(t, r.log, "0 set in ")
}
