// Package friend keeps the friends of users: friend lists with what a user notes of each friend, friend groups, and
// blocklists.
//
// A call is about the user who is named first and others. Where it can be about the lists of both sides, it says which:
// [Single] or [Both].
//
//	friends := friend.NewClient(client) // client is a *restapi.Client
//
//	results, err := friends.Add(ctx, "ann", []friend.Request{
//		{ToAccount: "bob", AddSource: "AddSource_Type_Admin", AddWording: "Ann here"},
//	}, friend.Both)
//	if err != nil {
//		return err
//	}
//	for _, r := range results {
//		fmt.Println(r.UserID, "asked:", r.Pending, "failed:", r.Err())
//	}
//	for f, err := range friends.Friends(ctx, "ann") {
//		if err != nil {
//			return err
//		}
//		remark, _ := friend.Remark.Of(f.Items)
//		fmt.Println(f.UserID, remark)
//	}
//
// [Client.Add] asks and tells people; [Client.Import] brings in friends that were made elsewhere, and does neither. A
// user whose profile says NeedConfirm is asked, which is not an error: the result is Pending.
//
// # Fields
//
// What a user keeps of a friend is made of fields, as profiles are. A [Field] is one name for everything that is done
// with one; [Client.Get] reads those of profiles along with them:
//
//	note := friend.Custom("Note") // Tag_SNS_Custom_Note
//	err := restapi.Join(friends.Update(ctx, "ann", []friend.UpdateItem{
//		{ToAccount: "bob", SnsItem: profile.Items{friend.Remark.To("Bobby"), note.To("tall")}},
//	}))
//	known, err := friends.Get(ctx, "ann", []string{"bob"}, friend.Remark, note, profile.Nick)
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - sns/black_list_add: [Client.Block]
//   - sns/black_list_check: [Client.CheckBlocked]
//   - sns/black_list_delete: [Client.Unblock]
//   - sns/black_list_get: [Client.BlockedUsers], [Client.BlockedUserPage]
//   - sns/friend_add: [Client.Add]
//   - sns/friend_check: [Client.Check]
//   - sns/friend_delete: [Client.Delete]
//   - sns/friend_delete_all: [Client.DeleteAll]
//   - sns/friend_get: [Client.Friends], [Client.FriendPage]
//   - sns/friend_get_list: [Client.Get]
//   - sns/friend_import: [Client.Import]
//   - sns/friend_update: [Client.Update]
//   - sns/group_add: [Client.AddGroups]
//   - sns/group_delete: [Client.DeleteGroups]
//   - sns/group_get: [Client.Groups]
//
// # Errors
//
// What the documentation rules out never reaches the network: a user ID that is empty, over 32 bytes or has a control
// character in it, a list that is empty or too long, a friend named twice in one call or named as a friend of their
// own, a remark over 96 bytes, the name of a friend group over 30, a field that is read only. The error is a
// [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and names the field. A list of user IDs may name one
// twice: it is sent once and answered twice.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeRelationAccountNotFound], or classes such as [restapi.ErrAccountNotFound].
//
// Calls for several users can succeed for some and fail for others, and the service answers those with success, also
// where all failed. Every result therefore has an Err method, see [restapi.Outcome]; [restapi.Join] makes one error of
// them all. A user whom the answer leaves out has an error too, [restapi.ErrBadResponse].
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package, lets users ask and answer each other, and sends the webhooks: the example of this package runs against
// it. A fake of the program's own makes failed results with [restapi.Failed]. A [Request] is what SnsPrevFriendAdd of
// package [github.com/go-tencentchat/tencentchat/callback] has of each user, so that one that was held back can be
// handed to [Client.Add] later.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33521
package friend
