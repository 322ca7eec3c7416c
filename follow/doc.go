// Package follow makes users follow others, who need not agree, and tells who follows whom.
//
//	follows := follow.NewClient(client) // client is a *restapi.Client
//
//	results, err := follows.Add(ctx, "ann", []string{"bob", "cat"})
//	if err != nil {
//		return err
//	}
//	for _, r := range results {
//		if r.Err() != nil {
//			log.Print(r.UserID, r.Err())
//		}
//	}
//	for user, err := range follows.Followers(ctx, "bob") {
//		if err != nil {
//			return err
//		}
//		nick, _ := profile.Nick.Of(user.ProfileItem)
//		fmt.Println(user.UserID, nick, "since", user.FollowTime)
//	}
//
// A [FollowType] says who of two users follows the other: [Client.Check] tells it of chosen users, [Client.Followers],
// [Client.Following] and [Client.MutualFollowers] go through all. [Client.Info] counts them. Friends, who agree to be
// friends, are kept with package [github.com/go-tencentchat/tencentchat/friend].
//
// Following has to be switched on in the console, and some plans do not have it.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - follow/follow_add: [Client.Add]
//   - follow/follow_check: [Client.Check]
//   - follow/follow_delete: [Client.Delete]
//   - follow/follow_get: [Client.Followers], [Client.Following], [Client.MutualFollowers], [Client.UserPage]
//   - follow/follow_get_info: [Client.Info]
//
// # Errors
//
// What the documentation rules out never reaches the network: a user ID that is empty, over 32 bytes or has a control
// character in it, a list that is empty or too long, a user who is to follow themselves. The error is a
// [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and names the field. A list of user IDs may name one
// twice: it is sent once and answered twice.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeRelationFollowNotEnabled], with which every call fails where following is not switched on, or classes
// such as [restapi.ErrAccountNotFound]. Where userID, who is named first, is not imported, the call fails with
// [restapi.CodeRelationAccountNotFound].
//
// Calls for several users can succeed for some and fail for others, and the service answers those with success. Every
// result therefore has an Err method, see [restapi.Outcome]; [restapi.Join] makes one error of them all. A user whom
// the answer leaves out has an error too, [restapi.ErrBadResponse].
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package and sends the webhooks, such as FollowAfterFollowAdd of package
// [github.com/go-tencentchat/tencentchat/callback]: the example of this package runs against it. A fake of the
// program's own makes failed results with [restapi.Failed].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/70345
package follow
