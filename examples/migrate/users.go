package main

import (
	"context"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
)

// user is an account with its profile.
type user struct {
	UserID      string
	ProfileItem profile.Items
}

func (u *user) key() string { return "" }
func (u *user) id() string  { return u.UserID }

func (u *user) check(c *checker, _ *line) error {
	if rest := u.rest(); len(rest) > 0 {
		return refusal(c.sdk.profiles.SetProfile(context.Background(), u.UserID, rest...))
	}
	return nil
}

// rest are the fields of the profile that an import of accounts does not take.
func (u *user) rest() (items profile.Items) {
	for _, item := range u.ProfileItem {
		if item.Tag != profile.Nick.Tag() && item.Tag != profile.AvatarURL.Tag() {
			items = append(items, item)
		}
	}
	return items
}

// importUsers imports accounts, and sets what their profiles have besides nickname and avatar.
func importUsers(ctx context.Context, s *service, lines []*line) []error {
	users := itemsOf[*user](lines)
	accounts := make([]account.Account, len(users))
	for i, u := range users {
		nick, _ := profile.Nick.Of(u.ProfileItem)
		avatar, _ := profile.AvatarURL.Of(u.ProfileItem)
		accounts[i] = account.Account{UserID: u.UserID, Nick: nick, FaceURL: avatar}
	}
	results, err := s.accounts.MultiImport(ctx, accounts)
	errs := outcomes(len(lines), results, err)
	at := make(map[string]int)
	updates := func(yield func(string, profile.Items) bool) {
		for i, u := range users {
			if rest := u.rest(); errs[i] == nil && len(rest) > 0 && !yield(u.UserID, rest) {
				return
			}
		}
	}
	for i, u := range users {
		at[u.UserID] = i
	}
	failed := make(map[int]error) // errs is being read meanwhile
	for userID, err := range s.profiles.SetProfiles(ctx, updates, profile.BulkOptions{}) {
		failed[at[userID]] = err
	}
	for i, err := range failed {
		errs[i] = err
	}
	return errs
}

func compareUsers(ctx context.Context, s *service, lines []*line) []error {
	userIDs := make([]string, len(lines))
	for i, u := range itemsOf[*user](lines) {
		userIDs[i] = u.UserID
	}
	results, err := s.accounts.Check(ctx, userIDs)
	return presence(len(lines), results, err, func(r account.CheckResult) bool { return r.Status == account.Imported })
}
