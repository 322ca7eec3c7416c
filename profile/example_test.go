package profile_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func ExampleClient_SetProfile() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("leckie")
	ctx := context.Background()

	users := profile.NewClient(srv.Client())
	err := users.SetProfile(ctx, "leckie", profile.Nick.To("Leckie"), profile.Gender.To(profile.Female),
		profile.Custom("Vip").To("1"))
	fmt.Println(err)

	err = users.SetProfile(ctx, "nobody", profile.Nick.To("Nobody"))
	fmt.Println(errors.Is(err, restapi.CodeProfileAccountNotFound))

	err = users.SetProfile(ctx, "leckie", profile.Location.To("somewhere in the hills"))
	fmt.Println(err)
	// Output:
	// <nil>
	// true
	// profile/portrait_set: invalid argument: Tag_Profile_IM_Location has 22 bytes, at most 16 are allowed
}

func ExampleClient_GetProfiles() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("leckie")
	ctx := context.Background()

	users := profile.NewClient(srv.Client())
	if err := users.SetProfile(ctx, "leckie", profile.Nick.To("Leckie"), profile.Level.To(7)); err != nil {
		fmt.Println(err)
	}

	profiles, err := users.GetProfiles(ctx, []string{"leckie", "nobody"}, profile.Nick, profile.Level)
	if err != nil {
		fmt.Println(err)
	}
	for _, p := range profiles {
		if p.Err() != nil {
			fmt.Println(p.UserID, "is not there:", errors.Is(p.Err(), restapi.ErrAccountNotFound))
			continue
		}
		nick, _ := profile.Nick.Of(p.Items)
		level, _ := profile.Level.Of(p.Items)
		fmt.Println(p.UserID, nick, level)
	}
	// Output:
	// leckie Leckie 7
	// nobody is not there: true
}

func ExampleField() {
	item := profile.Level.To(7)
	fmt.Printf("%s %s\n", item.Tag, item.Value)

	badge := profile.Field[uint64]("Tag_Profile_IM_Badge") // newer than the constants
	n, ok := badge.Of(profile.Items{badge.To(18446744073709551615)})
	fmt.Println(n, ok)
	// Output:
	// Tag_Profile_IM_Level 7
	// 18446744073709551615 true
}
