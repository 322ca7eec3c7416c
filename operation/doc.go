// Package operation keeps an app running: it fetches the logs of messages and the figures of the app, mutes users in
// the whole app, blocks files, and knows the addresses of the service.
//
//	ops := operation.NewClient(client) // client is a *restapi.Client
//
//	files, err := ops.GetHistory(ctx, operation.C2C, time.Now().Add(-3*time.Hour))
//	if errors.Is(err, restapi.CodeOperationFileNotReady) {
//		return nil // no messages in that hour, or the log is not made yet
//	}
//	if err != nil {
//		return err
//	}
//	for _, f := range files {
//		if err := f.Download(ctx, httpClient, out); err != nil { // out is a file on the disk
//			return err
//		}
//		if _, err := out.Seek(0, io.SeekStart); err != nil {
//			return err
//		}
//		for m, err := range operation.ReadHistory(out) {
//			if err != nil {
//				return err
//			}
//			fmt.Println(m.FromAccount, m.ToAccount, m.MsgBody.Text())
//		}
//	}
//
// # Logs
//
// The service writes all messages of an hour into logs, which [Client.GetHistory] names. [HistoryFile.Download] fetches
// one in flat memory, goes on where a connection breaks, and holds what has come against the size and the MD5 that the
// service has said. [ReadHistory] then goes through it message by message, whatever its size. To see how far a download
// is, count what the writer is given, of [HistoryFile].GzipSize bytes.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - ConfigSvc/GetIPList: [Client.GetIPList]
//   - im_cos_msg/allow_banned_object: [Client.AllowFile]
//   - im_cos_msg/forbid_illegal_object: [Client.ForbidFile]
//   - im_cos_msg/get_cos_sig: [Client.GetFileSigs]
//   - open_msg_svc/get_history: [Client.GetHistory]
//   - openconfigsvr/getappinfo: [Client.GetAppInfo]
//   - openconfigsvr/getnospeaking: [Client.GetNoSpeaking]
//   - openconfigsvr/setnospeaking: [Client.SetNoSpeaking]
//
// # Errors
//
// What the documentation rules out never reaches the network: a user ID that is empty, over 32 bytes or has a control
// character in it, an address that is empty, a time that is below 0, over [Forever] or not in whole seconds. The error
// is a [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and names the field.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeOperationFileNotReady]. Some codes of the commands of openconfigsvr have the names that they have with
// official accounts, where they mean something else. Here 130002 and 130004 say that the user is missing, 130005 that
// the user is not valid, 130008 that no time is given, 130009 and 130010 that the storage has a fault; match them by
// the number: errors.Is(err, restapi.Code(130005)).
//
// [Client.GetFileSigs] can succeed for some files and fail for others. Every result therefore has an Err method, see
// [restapi.Outcome]; [restapi.Join] makes one error of them all.
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package: it makes logs of the messages that it has, and serves them itself; it mutes users, counts, and sends
// Alert.RequestOverLimit. The example of this package runs against it. A fake of the program's own makes failed results
// with [restapi.Failed].
//
// Vendor page: https://cloud.tencent.com/document/product/269/1650
package operation
