// Package account brings the users of an app into Tencent Chat, deletes them, and tells who is there and who is online.
//
// A user can be sent messages, and can have a profile, once the account is imported:
//
//	accounts := account.NewClient(client) // client is a *restapi.Client
//
//	err := accounts.Import(ctx, account.Account{UserID: "leckie", Nick: "Leckie"})
//
//	results, err := accounts.MultiImport(ctx, []account.Account{{UserID: "jane"}, {UserID: "joe"}})
//	if err != nil {
//		return err
//	}
//	for _, r := range results {
//		if r.Err() != nil {
//			log.Print(r.UserID, r.Err())
//		}
//	}
//
// A user who signs in with a UserSig for the first time is imported by that, so importing is for users who should be
// there before. All clients of an account can be thrown out with [Client.Kick]. [Client.Check] tells which accounts are
// imported, [Client.QueryOnlineStatus] who is online, and [Client.Delete] deletes accounts with all that is theirs.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - im_msg_db_logic/admin_set_do_not_disturb: [Client.SetDoNotDisturb]
//   - im_open_login_svc/account_check: [Client.Check]
//   - im_open_login_svc/account_delete: [Client.Delete]
//   - im_open_login_svc/account_import: [Client.Import]
//   - im_open_login_svc/kick: [Client.Kick]
//   - im_open_login_svc/multiaccount_import: [Client.MultiImport]
//   - openim/query_online_status: [Client.QueryOnlineStatus]
//   - openim/querystate: [Client.QueryState]
//
// # Errors
//
// What the documentation rules out never reaches the network: a user ID that is empty, over 32 bytes or has a control
// character in it, a nickname or an avatar's address over 500 bytes, a list that is empty or too long, an account
// imported twice in one call. The error is a [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and names
// the field.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeAccountNotFound], or classes such as [restapi.ErrAccountNotFound].
//
// Calls for several users can succeed for some and fail for others, and the service answers those with success. Every
// result therefore has an Err method, see [restapi.Outcome]; [restapi.Join] makes one error of them all. An account
// that the answer leaves out has an error too, [restapi.ErrBadResponse].
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that keeps accounts and answers
// all commands of this package: the examples, of [Client.QueryOnlineStatus] for one, run against it. A fake of the
// program's own makes failed results with [restapi.Failed], see the example of [Result].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34953
package account
