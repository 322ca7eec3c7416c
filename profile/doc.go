// Package profile sets and reads the profiles of users: nickname, avatar, gender, the custom fields of an app and the
// rest.
//
// A [Field] is one name for everything that is done with a field. [Field.To] sets it, the field itself asks for it, and
// [Field.Of] reads it back, with the type that the field has:
//
//	users := profile.NewClient(client) // client is a *restapi.Client
//
//	vip := profile.Custom("Vip") // Tag_Profile_Custom_Vip
//	err := users.SetProfile(ctx, "leckie", profile.Nick.To("Leckie"), profile.Gender.To(profile.Female), vip.To("1"))
//	if errors.Is(err, restapi.CodeProfileAccountNotFound) {
//		// import the account first, see package account
//	}
//
//	profiles, err := users.GetProfiles(ctx, []string{"leckie", "jane"}, profile.Nick, profile.Level, vip)
//	for _, p := range profiles {
//		if p.Err() != nil {
//			continue // this user could not be read
//		}
//		nick, ok := profile.Nick.Of(p.Items)
//		fmt.Println(p.UserID, nick, ok)
//	}
//
// The webhook that tells of a changed profile, ProfilePortraitSet of package
// [github.com/go-tencentchat/tencentchat/callback], carries [Items] too. Accounts are imported with package
// [github.com/go-tencentchat/tencentchat/account].
//
// # Fields that are newer than this package
//
// An [Item] keeps its value as raw JSON, so values are neither rounded nor reshaped between a read and a write. A field
// that has no constant here is named by conversion, and enum words that have no constant are read as they are:
//
//	badge := profile.Field[uint64]("Tag_Profile_IM_Badge")
//
// # Many users
//
// [Client.SetProfiles] sets the profiles of any number of users as fast as the client's limiter lets it: 180 a second
// by default, which is 648,000 users an hour. It reports each user as it goes, and its memory does not grow with their
// number:
//
//	for userID, err := range users.SetProfiles(ctx, updates, profile.BulkOptions{}) {
//		if err != nil {
//			failed = append(failed, userID)
//			continue
//		}
//		fmt.Fprintln(done, userID) // leave these out of updates to go on later
//	}
//	if ctx.Err() != nil {
//		// ended early: users who were not reported were not set
//	}
//
// The calls come out of the same budget as those of the rest of the app. Where an import has to leave room for those,
// give its client a part of it: [restapi.WithLimiter] with a [restapi.LimiterConfig] whose Share is 0.8, for one. The
// program in examples/bulkprofile does all this for a file.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - profile/portrait_get: [Client.GetProfiles]
//   - profile/portrait_set: [Client.SetProfile], [Client.SetProfiles]
//
// # Errors
//
// What the documentation rules out never reaches the network: SetProfile, SetProfiles and GetProfiles return a
// [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and names the field. That goes for a user ID that is
// empty, over 32 bytes or has a control character in it, a value over 500 bytes of UTF-8 or a Location over 16, a word
// that an enum field does not have, a number that does not fit into 32 bits, a field set twice, and a custom field
// whose keyword is not 1 to 8 letters.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeProfileAccountNotFound], or the classes [restapi.ErrAccountNotFound], [restapi.ErrRateLimited],
// [restapi.ErrTemporary] and so on. [Client.GetProfiles] reports the failure of a single user in the Err of that user's
// [Profile]; [restapi.Join] makes one error of them all.
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that keeps profiles, refuses
// what the service refuses and sends the webhook:
//
//	srv := restapitest.NewServer()
//	defer srv.Close()
//	srv.AddAccount("leckie")
//	users := profile.NewClient(srv.Client())
//
// The examples of [Client.SetProfile], [Client.GetProfiles] and [Client.SetProfiles] run against it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33520
package profile
