package profile_test

import (
	"context"
	"testing"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	conform.Area(t, "profile", []conform.Row{
		{Command: profile.CommandPortraitSet, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return nil, profile.NewClient(c).SetProfile(ctx, "ann", profile.Nick.To("Annie"), profile.Level.To(7))
		}},
		{Command: profile.CommandPortraitGet, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return profile.NewClient(c).GetProfiles(ctx, []string{"ann", "bob"}, profile.Nick, profile.Level)
		}},
	}, conform.Exception{
		Command: profile.CommandPortraitSet, Method: "Client.SetProfiles",
		Reason: "it calls SetProfile, in goroutines of its own",
	})
}
