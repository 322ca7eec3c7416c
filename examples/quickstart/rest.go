package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// An app is what the REST half needs to know: whose calls they are, through which client, and for which user.
type app struct {
	id     uint64
	key    string
	user   string
	sender string // of the message to the user
	client *restapi.Client
	custom []profile.Item // custom fields that the app is known to have
}

// appFromEnv returns the app of the environment; real is false where the environment names none.
func appFromEnv(getenv func(string) string) (a app, real bool, err error) {
	id, key := getenv("TENCENT_CHAT_SDKAPPID"), getenv("TENCENT_CHAT_SECRET_KEY")
	region, user := getenv("TENCENT_CHAT_REGION"), getenv("TENCENT_CHAT_USER")
	if id == "" && key == "" && region == "" && user == "" {
		return app{}, false, nil
	}
	if id == "" || key == "" || region == "" || user == "" {
		return app{}, false, errors.New("set all of TENCENT_CHAT_SDKAPPID, TENCENT_CHAT_SECRET_KEY, TENCENT_CHAT_REGION and TENCENT_CHAT_USER, or none")
	}
	a = app{key: key, user: user, sender: "administrator"}
	if a.id, err = strconv.ParseUint(id, 10, 64); err != nil {
		return app{}, false, errors.New("TENCENT_CHAT_SDKAPPID is not a number")
	}
	a.client, err = restapi.NewClient(restapi.Region(region), a.id, key)
	return a, true, err
}

// restHalf is everything that needs no webhook: import, a message, set, read back, a typed error, a UserSig.
func restHalf(ctx context.Context, out io.Writer, a app) error {
	if err := imported(ctx, out, a, a.user); err != nil {
		return err
	}
	msgKey, err := write(ctx, out, a)
	if err != nil {
		return err
	}
	if err := lookBack(ctx, out, a, msgKey); err != nil {
		return err
	}
	if err := rename(ctx, out, a); err != nil {
		return err
	}
	if err := readBack(ctx, out, a); err != nil {
		return err
	}
	if err := typedError(ctx, out, a); err != nil {
		return err
	}
	return userSig(out, a)
}

func imported(ctx context.Context, out io.Writer, a app, userIDs ...string) error {
	accounts := make([]account.Account, len(userIDs))
	for i, userID := range userIDs {
		accounts[i].UserID = userID
	}
	if err := restapi.Join(account.NewClient(a.client).MultiImport(ctx, accounts)); err != nil {
		return err
	}
	fmt.Fprintf(out, "account   imported %s\n", strings.Join(userIDs, " and "))
	return nil
}

func rename(ctx context.Context, out io.Writer, a app) error {
	items := append([]profile.Item{profile.Nick.To("Leckie"), profile.Gender.To(profile.Female)}, a.custom...)
	if err := profile.NewClient(a.client).SetProfile(ctx, a.user, items...); err != nil {
		return err
	}
	fmt.Fprintf(out, "profile   set %d fields of %s\n", len(items), a.user)
	return nil
}

func readBack(ctx context.Context, out io.Writer, a app) error {
	profiles, err := profile.NewClient(a.client).GetProfiles(ctx, []string{a.user}, profile.Nick, profile.Gender)
	if err != nil {
		return err
	}
	for _, p := range profiles {
		if p.Err() != nil {
			return p.Err()
		}
		nick, _ := profile.Nick.Of(p.Items)
		gender, _ := profile.Gender.Of(p.Items)
		fmt.Fprintf(out, "profile   read back %s: nickname %q, gender %s\n", p.UserID, nick, gender)
	}
	return nil
}

func typedError(ctx context.Context, out io.Writer, a app) error {
	err := profile.NewClient(a.client).SetProfile(ctx, "quickstart-nobody", profile.Nick.To("Nobody"))
	if !errors.Is(err, restapi.CodeProfileAccountNotFound) || !errors.Is(err, restapi.ErrAccountNotFound) {
		return fmt.Errorf("an unknown account should be refused with 40003, not: %w", err)
	}
	fmt.Fprintf(out, "error     %d, known by errors.Is: %v\n", restapi.CodeOf(err), err)
	return nil
}

func userSig(out io.Writer, a app) error {
	signer, err := usersig.New(a.id, a.key)
	if err != nil {
		return err
	}
	sig, err := signer.Sign(a.user, 24*time.Hour)
	if err != nil {
		return err
	}
	if err := signer.Verify(a.user, sig); err != nil {
		return err
	}
	fmt.Fprintf(out, "usersig   signed for %s for 24 hours (%d characters) and verified\n", a.user, len(sig))
	return nil
}
