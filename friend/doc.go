// Package friend holds the words that webhooks of friends and calls about friends share; the client is to come. Until
// then [github.com/go-tencentchat/tencentchat/restapi.Do] makes the calls.
//
//	callback.Answer(h, func(_ context.Context, e *callback.SnsPrevFriendAdd) (callback.SnsPrevFriendAnswer, error) {
//		for _, request := range e.FriendItem { // a friend.Request each
//			log.Print(request.ToAccount, request.AddWording)
//		}
//		return e.Allow(), nil
//	})
//
// A [Request] is a user to add. Package [github.com/go-tencentchat/tencentchat/callback] has it as SnsFriendItem too,
// which is the same type.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34902
package friend
