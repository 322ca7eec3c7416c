// Package bot makes the accounts of chatbots, and streams what they say, piece by piece, into a conversation with a
// user.
//
//	robots := bot.NewClient(client) // client is a *restapi.Client
//
//	if err := robots.Create(ctx, bot.Robot{UserID: "@RBT#helper", Nick: "Helper"}); err != nil {
//		return err
//	}
//	piece := bot.StreamMsg{}
//	for text := range answers { // of a language model
//		piece.Chunk = text
//		key, err := robots.SendStream(ctx, "@RBT#helper", "ana", piece)
//		if err != nil {
//			return err
//		}
//		piece.MsgKey = key // the same message grows
//	}
//	piece.Chunk, piece.Finish = "", true
//	_, err := robots.SendStream(ctx, "@RBT#helper", "ana", piece)
//
// What users say to a bot comes by webhooks: BotOnC2CMessage, BotOnGroupMessage and ChatbotOnC2CSignalMessage of
// package [github.com/go-tencentchat/tencentchat/callback]. A bot answers as any account does, with package
// [github.com/go-tencentchat/tencentchat/message], or with a stream, as the example shows.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - openim_robot_http_svc/create_robot: [Client.Create]
//   - openim_robot_http_svc/delete_robot: [Client.Delete]
//   - openim_robot_http_svc/get_all_robots: [Client.GetAll]
//   - openim_robot_http_svc/send_stream_msg: [Client.SendStream]
//
// # Errors
//
// What the documentation rules out never reaches the network: the ID of a bot that does not begin with @RBT#, is over
// 32 bytes or has a control character in it, a text over 500 bytes, a piece of a stream that is empty and not the last.
// The error is a [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and names the field.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeGroupInvalidParameter], or classes such as [restapi.ErrInvalidArgument].
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package and sends the webhooks of what its devices say to a bot: the example runs against it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/55281
package bot
