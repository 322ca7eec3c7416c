// Package official makes official accounts, to which users subscribe, and publishes messages to their subscribers.
// Newer pages of the vendor call them official channels.
//
//	accounts := official.NewClient(client) // client is a *restapi.Client
//
//	news, err := accounts.Create(ctx, official.Account{OwnerAccount: "ana", Name: "Daily news"})
//	if err != nil {
//		return err
//	}
//	if err := restapi.Join(accounts.AddSubscribers(ctx, news, []string{"ben", "cleo"})); err != nil {
//		return err
//	}
//	sent, err := accounts.Send(ctx, news, message.Message{MsgBody: message.Text("Good morning!")})
//	if err != nil {
//		return err
//	}
//	if wrong(sent) {
//		return restapi.Join(accounts.Recall(ctx, news, []string{sent.MsgKey}, official.WithReason("typo")))
//	}
//
// [Client.Subscribers] goes through the subscribers of an account, [Client.Subscriptions] through the accounts that a
// user has subscribed to, and [Client.Messages] through what an account has sent.
//
// Official accounts are a paid feature: [restapi.CodeOfficialAccountNotEnabled] where an app does not have it.
//
// # Commands
//
// The commands of this package by their names on the vendor's pages, with the methods that call them:
//
//   - official_account_open_http_svc/add_subscriber: [Client.AddSubscribers]
//   - official_account_open_http_svc/create_official_account: [Client.Create]
//   - official_account_open_http_svc/delete_subscriber: [Client.DeleteSubscribers]
//   - official_account_open_http_svc/destroy_official_account: [Client.Destroy]
//   - official_account_open_http_svc/get_official_account_info: [Client.GetInfo]
//   - official_account_open_http_svc/get_subscribed_official_account_list: [Client.Subscriptions],
//     [Client.SubscriptionPage]
//   - official_account_open_http_svc/get_subscriber_info: [Client.Subscribers], [Client.SubscriberPage]
//   - official_account_open_http_svc/modify_official_account_base_info: [Client.Modify]
//   - official_account_open_http_svc/modify_subscriber_info: [Client.ModifySubscriber]
//   - official_account_open_http_svc/official_account_msg_get_simple: [Client.Messages], [Client.MessagePage]
//   - official_account_open_http_svc/official_account_msg_recall: [Client.Recall]
//   - official_account_open_http_svc/send_official_account_msg: [Client.Send]
//
// # Errors
//
// What the documentation rules out never reaches the network: the ID of an official account that is empty, over 48
// bytes or has a control character in it, one of a new account that does not begin with @TOA#_, a user ID over 32
// bytes, a text or a list that is too long, a message that cannot be sent with the command
// ([message.Message.CheckFor]). The error is a [*restapi.ArgumentError], which is [restapi.ErrInvalidArgument] and
// names the field. A list of IDs or keys may name one twice: it is sent once and answered twice.
//
// Refusals of the service are [*restapi.Error]; match them with errors.Is and codes such as
// [restapi.CodeOfficialAccountNotFound]. Which ones a command answers is documented for few. Commands about messages
// have the codes of groups, such as [restapi.CodeGroupNotFound].
//
// Calls for several users, accounts or messages can succeed for some and fail for others, and the service answers those
// with success. Every result therefore has an Err method, see [restapi.Outcome]; [restapi.Join] makes one error of them
// all. An item that the answer leaves out has an error too, [restapi.ErrBadResponse].
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] is a local server that answers all commands of
// this package, asks the backend before an account is made, users subscribe or a message is sent, and has devices that
// subscribe and publish: the example of this package runs against it. A fake of the program's own makes failed results
// with [restapi.Failed].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60755
package official
