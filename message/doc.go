// Package message sends one-to-one messages, changes and takes them back, and reads the history of conversations. It
// also has what all messages are made of, those of groups, official accounts, pushes and webhooks too.
//
//	messages := message.NewClient(client) // client is a *restapi.Client
//
//	sent, err := messages.Send(ctx, "ben", message.Message{
//		FromAccount: "support", MsgBody: message.Text("your order is on its way"),
//	})
//	switch {
//	case errors.Is(err, restapi.CodeMessageRejectedByWebhook):
//		return nil // our own moderation said no
//	case err != nil:
//		return err
//	case wrong(sent):
//		return messages.Recall(ctx, "support", "ben", sent.MsgKey)
//	}
//
// [Client.SendAll] sends one message to any number of users. [Client.Import] brings messages of another system along,
// [Client.Messages] goes through a conversation:
//
//	for m, err := range messages.Messages(ctx, "ben", "support", time.Time{}, time.Time{}) {
//		if err != nil {
//			return err
//		}
//		fmt.Println(m.MsgTimeStamp, m.FromAccount, m.MsgBody.Text())
//	}
//
// # Elements
//
// The content of a message is a [Body] of elements, each an [Elem]: text, faces, places, custom payloads, voice,
// images, files, videos, bundles of forwarded messages and streams. [Text] makes the body that is one text. Elements
// are pointers, so that a backend can change the text of one in place and send the same body on, as the example of
// [Body] does:
//
//	body := message.Body{
//		&message.TextElem{Text: "hello "},
//		&message.FaceElem{Index: 1, Data: "smile"},
//	}
//	for _, elem := range body {
//		switch elem := elem.(type) {
//		case *message.TextElem:
//			fmt.Println(elem.Text)
//		case *message.UnknownElem:
//			fmt.Println("newer than this program:", elem.Type)
//		}
//	}
//
// A kind of element that is not here is an [UnknownElem] with its type and its bytes, and a key that an element does
// not have is kept in its [Extra]: both are written back as they were read. An element whose content does not have the
// documented shape is an [UnknownElem] too, and one that is not an object or has no kind is in the Raw of one. Neither
// is ever a reason to refuse the message it is in: a client that sends a broken element must not get around a backend
// that moderates. An integer in quotes, or with a fraction of zeros, is read as the integer that it is. Keys are read
// in any case, as encoding/json does, and written in the vendor's spelling.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - openim/admin_getroammsg: [Client.Messages], [Client.MessagePage]
//   - openim/admin_msgwithdraw: [Client.Recall]
//   - openim/admin_set_msg_read: [Client.MarkRead]
//   - openim/batchsendmsg: [Client.BatchSend], [Client.SendAll]
//   - openim/c2c_msg_read_receipt: [Client.SendReadReceipts]
//   - openim/delete_c2c_msg_ramble: [Client.Delete]
//   - openim/get_c2c_unread_msg_num: [Client.AllUnread], [Client.Unread]
//   - openim/importmsg: [Client.Import]
//   - openim/modify_c2c_msg: [Client.Modify]
//   - openim/sendmsg: [Client.Send]
//   - openim_msg_ext_http_svc/get_key_values: [Client.Extensions], [Client.ExtensionPage]
//   - openim_msg_ext_http_svc/set_key_values: [Client.SetExtensions], [Client.DeleteExtensions],
//     [Client.ClearExtensions]
//   - stream_msg/send_c2c_stream_msg: [Client.SendStream]
//
// # Retries
//
// A send is never a second message. MsgSeq and MsgRandom, which the service knows a repeat by, are drawn before the
// first attempt and are the same in every one; and a failure that leaves open whether the message was sent is only
// repeated while the service still drops the repeat: for two minutes with [Client.Send], for one second with
// [Client.BatchSend], not at all with [Client.SendStream]. [Client.Import] and what changes a message can be repeated
// at any time.
//
// [Sent] has the MsgSeq and the MsgRandom of a send that failed too, for a program that wants to repeat it by itself:
//
//	sent, err := messages.Send(ctx, "ben", m)
//	if failed, ok := errors.AsType[*restapi.Error](err); ok && failed.Open && soon() {
//		m.MsgRandom = sent.MsgRandom
//		sent, err = messages.Send(ctx, "ben", m, message.WithSeq(sent.MsgSeq))
//	}
//
// # Errors
//
// What the documentation rules out never reaches the network: an account's ID that is empty, over 48 bytes or has a
// control character in it, a list that is empty or too long, a message or an element that cannot be sent with the
// command ([Message.CheckFor]), a key of a message that is empty or over 50 characters. The error is a
// [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and names the field. A list of user IDs or keys may
// name one twice: it is sent once and answered twice.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeMessageReceiverNotFound], or classes such as [restapi.ErrAccountNotFound].
//
// Calls for several users, messages or keys can succeed for some and fail for others, and the service answers those
// with success. Every result therefore has an Err method, see [restapi.Outcome]; [restapi.Join] makes one error of them
// all.
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package: it keeps both sides of a conversation, knows repeats, asks the backend before a message is sent, and
// has devices that write and read as users do. The example of this package runs against it. A fake of the program's own
// makes failed results with [restapi.Failed].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
package message
