// Package conversation holds the words that webhooks and calls about conversations share; the client is to come.
// Until then [github.com/go-tencentchat/tencentchat/restapi.Do] makes the calls.
//
//	callback.On(h, func(ctx context.Context, e *callback.ContentResultNotify) error {
//		if e.ContactItem.ContactType == conversation.TypeGroup {
//			return warn(ctx, e.ContactItem.ToGroupID)
//		}
//		return nil
//	})
//
// A [Type] says whether a conversation is with a user or with a group. Package
// [github.com/go-tencentchat/tencentchat/callback] has it as ContactType too, which is the same type.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43087
package conversation
