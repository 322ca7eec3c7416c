// Package moderation has content checked, and keeps the word lists that messages and profiles are held against.
//
//	checks := moderation.NewClient(client) // client is a *restapi.Client
//
//	result, err := checks.Moderate(ctx, moderation.UserInfo, moderation.Content{
//		ContentType: moderation.Text, Content: text,
//	})
//	if err != nil {
//		return err
//	}
//	if result.Result == moderation.Block {
//		return fmt.Errorf("refused: %s, %v", result.Label, result.Keywords)
//	}
//
// [Client.Moderate] checks one content, [Client.ModerateBatch] up to ten texts and images. Audio and video take longer:
// what was found comes by a webhook, whose CtxcbRequestID is the RequestID of the result:
//
//	callback.On(h, func(ctx context.Context, e *callback.ContentResultNotify) error {
//		if e.CtxcbLabel != moderation.LabelNormal {
//			return report(ctx, e.CtxcbRequestID, e.FromAccount, e.CtxcbLabel)
//		}
//		return nil
//	})
//
// The webhook also tells of what users send, when the service itself checks that.
//
// # Words
//
// There are two kinds of word lists. Libraries belong to cloud moderation and are made in the console:
// [Client.Libraries] has them, [Client.CloudKeywords] their words. What a library says becomes of a hit is its
// Suggestion. Local words are one list of the app, [Client.LocalKeywords]; they replace what they match or stop it, and
// can be regular expressions.
//
//	for lib, err := range checks.Libraries(ctx) {
//		if err != nil {
//			return err
//		}
//		if lib.LibName == "shop" {
//			return checks.AddCloudKeywords(ctx, lib.ID, []moderation.Keyword{{Content: "buy now", Label: moderation.LabelAd}})
//		}
//	}
//
// An [AuditName] is where content comes from, a [ContentType] what it is, and a [Label] what is wrong with it. Package
// [github.com/go-tencentchat/tencentchat/callback] has them as ContentScene, ContentType and ContentLabel too, which
// are the same types. Words newer than this package are read and kept as they are.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - im_msg_audit/batch_content_moderation: [Client.ModerateBatch]
//   - im_msg_audit/content_moderation: [Client.Moderate]
//   - im_msg_audit_mgr/add_cloud_audit_keywords: [Client.AddCloudKeywords]
//   - im_msg_audit_mgr/add_local_audit_keywords: [Client.AddLocalKeywords]
//   - im_msg_audit_mgr/delete_cloud_audit_keywords: [Client.DeleteCloudKeywords]
//   - im_msg_audit_mgr/delete_local_audit_keywords: [Client.DeleteLocalKeywords]
//   - im_msg_audit_mgr/get_cloud_audit_keywords: [Client.CloudKeywords], [Client.CloudKeywordPage]
//   - im_msg_audit_mgr/get_cloud_audit_keywords_ids: [Client.Libraries], [Client.LibraryPage]
//   - im_msg_audit_mgr/get_local_audit_keywords: [Client.LocalKeywords], [Client.LocalKeywordPage]
//
// # Errors
//
// What the documentation rules out never reaches the network: a name, a content or a word that is empty or not UTF-8, a
// text over 8 KB, a list that is empty or too long, a word that is named twice in a list to be added, a local word
// without its types. The error is a [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and names the
// field.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeModerationNotEnabled], or classes such as [restapi.ErrTemporary].
//
// Calls for several contents or words can succeed for some and fail for others, and the service answers those with
// success. Every result therefore has an Err method, see [restapi.Outcome]; [restapi.Join] makes one error of them all.
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package. It has one library from the start, and its words act there: they stop or replace what users and the
// backend send, and tell of it by the webhook. The example of this package runs against it. A fake of the program's own
// makes failed results with [restapi.Failed].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/77827
package moderation
