package account

import (
	"context"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const maxTextBytes = 500 // of a nickname and of an avatar's address, as of any profile value

// An Account is a user to import with [Client.Import] or [Client.MultiImport].
type Account struct {
	// UserID is the name of the account, 1 to 32 bytes.
	UserID string `json:"UserID"`
	// Nick is the nickname, at most 500 bytes: the profile field profile.Nick. Empty is not sent.
	Nick string `json:"Nick,omitempty"`
	// FaceURL is the address of the avatar, at most 500 bytes: the profile field profile.AvatarURL. Empty is not sent.
	FaceURL string `json:"FaceUrl,omitempty"`
}

func (a Account) check(cmd restapi.Command, prefix string) error {
	if err := check.UserID(cmd, prefix+"UserID", a.UserID); err != nil {
		return err
	}
	if err := check.Text(cmd, prefix+"Nick", a.Nick, maxTextBytes); err != nil {
		return err
	}
	return check.Text(cmd, prefix+"FaceUrl", a.FaceURL, maxTextBytes)
}

// Import creates an account for a user of the app. For one that is there already it makes no second one.
//
// [restapi.CodeAccountLimit]: the plan's number of accounts is used up. [restapi.CodeReimportTooSoon]: on most plans a
// deleted account cannot come back for three months. [restapi.CodeProfileSensitiveText]: the content filter stopped the
// nickname.
// 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34953
func (c *Client) Import(ctx context.Context, account Account) error {
	if err := account.check(CommandAccountImport, ""); err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandAccountImport, account, nil)
}

// MultiImport imports 1 to 100 accounts in one call, each at most once. An account that is there already gets the
// nickname and the avatar that are given here. The result has one Result for each account, in the order given: look at
// the Err of each, an account that failed does not fail the call. The service gives no code for such an account.
//
// The names of failed accounts are matched to those given without regard to case and to white space around them where
// no account has that very name. Where the answer names one that was not asked for all the same, nobody knows which
// account failed: each that the answer does not name then fails with [restapi.ErrBadResponse]. Importing those again is
// safe.
//
// 100 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34954
func (c *Client) MultiImport(ctx context.Context, accounts []Account) ([]Result, error) {
	if err := check.Count(CommandMultiAccountImport, "AccountList", len(accounts), MaxAccounts); err != nil {
		return nil, err
	}
	results := make([]Result, len(accounts))
	index := make(map[string]int, len(accounts))
	for i, account := range accounts {
		prefix := "AccountList[" + strconv.Itoa(i) + "]."
		if err := account.check(CommandMultiAccountImport, prefix); err != nil {
			return nil, err
		}
		if _, again := index[account.UserID]; again {
			return nil, check.Argument(CommandMultiAccountImport, prefix+"UserID", "is named twice")
		}
		index[account.UserID] = i
		results[i].UserID = account.UserID
	}
	req := struct{ AccountList []Account }{accounts}
	resp, err := restapi.Do[struct{ FailAccounts []string }](ctx, c.caller, CommandMultiAccountImport, req)
	if err != nil {
		return nil, err
	}
	markFailed(results, index, resp.FailAccounts)
	return results, nil
}

// markFailed gives each account that failed its error. No failure gets lost, however the answer spells it.
func markFailed(results []Result, index map[string]int, failAccounts []string) {
	failed := restapi.Failed(check.Unexplained(CommandMultiAccountImport, "FailAccounts"))
	stray := false
	for _, name := range failAccounts {
		if i, asked := index[name]; asked {
			results[i].Outcome = failed
			continue
		}
		found := false
		for i := range results {
			if strings.EqualFold(strings.TrimSpace(results[i].UserID), strings.TrimSpace(name)) {
				results[i].Outcome = failed
				found = true
			}
		}
		stray = stray || !found
	}
	if !stray {
		return
	}
	for i := range results {
		if results[i].Err() == nil {
			results[i].Outcome = restapi.Failed(check.Stray(CommandMultiAccountImport, "FailAccounts"))
		}
	}
}
