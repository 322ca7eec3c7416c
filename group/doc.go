// Package group holds the words that webhooks of groups and calls about groups share; the client is to come. Until
// then [github.com/go-tencentchat/tencentchat/restapi.Do] makes the calls.
//
//	callback.On(h, func(ctx context.Context, e *callback.GroupAfterCreateGroup) error {
//		if e.Type.Is(group.ChatRoom) { // Meeting, in newer webhooks
//			return greet(ctx, e.GroupID)
//		}
//		return nil
//	})
//
// [Type] is the type of a group, [Role] the place of a member in it, [MsgFlag] what a member wants of its messages,
// and [AtInfo] a mention. Package [github.com/go-tencentchat/tencentchat/callback] has the first, the second and the
// last under other names too: GroupType, GroupRole and GroupAtInfo are the same types.
//
// Words newer than this package are read and kept as they are.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33529
package group
