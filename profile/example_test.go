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

func ExampleClient_SetProfiles() {
	srv := restapitest.NewServer() // stands in for Tencent Chat
	defer srv.Close()
	srv.AddAccount("ann", "bob", "cat")
	ctx := context.Background()

	users := profile.NewClient(srv.Client())
	done := make(map[string]bool) // in a program: a file that is appended to
	run := func(names [][2]string) {
		updates := func(yield func(string, profile.Items) bool) { // in a program: read from a file or a database
			for _, u := range names {
				if !done[u[0]] && !yield(u[0], profile.Items{profile.Nick.To(u[1])}) {
					return
				}
			}
		}
		// One at a time for the sake of an example whose output has an order; the default is 64.
		for userID, err := range users.SetProfiles(ctx, updates, profile.BulkOptions{Concurrency: 1}) {
			if err != nil {
				fmt.Println(userID, "failed:", errors.Is(err, restapi.ErrAccountNotFound))
				continue
			}
			done[userID] = true
			fmt.Println(userID, "is set")
		}
	}
	run([][2]string{{"ann", "Ann"}, {"bbo", "Bob"}, {"cat", "Cat"}})
	run([][2]string{{"ann", "Ann"}, {"bob", "Bob"}, {"cat", "Cat"}}) // mended, and only what is left
	// Output:
	// ann is set
	// bbo failed: true
	// cat is set
	// bob is set
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
