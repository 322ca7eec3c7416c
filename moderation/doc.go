// Package moderation holds the words that webhooks of moderation and calls about it share; the client is to come.
// Until then [github.com/go-tencentchat/tencentchat/restapi.Do] makes the calls.
//
//	callback.On(h, func(ctx context.Context, e *callback.ContentResultNotify) error {
//		if e.ContentType == moderation.Text && e.CtxcbLabel != moderation.LabelNormal {
//			return report(ctx, e.FromAccount, e.TextContent)
//		}
//		return nil
//	})
//
// An [AuditName] is where content comes from, a [ContentType] what it is, and a [Label] what is wrong with it.
// Package [github.com/go-tencentchat/tencentchat/callback] has them as ContentScene, ContentType and ContentLabel
// too, which are the same types.
//
// Words newer than this package are read and kept as they are.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77827
package moderation
