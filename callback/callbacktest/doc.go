// Package callbacktest sends webhooks to the handlers of a program under test, signed as the vendor signs them.
//
//	callbacktest.Send(t, h, &callback.ProfilePortraitSet{
//		FromAccount: "u-1",
//		ProfileItem: profile.Items{profile.Nick.To("Robin")},
//	})
//	answer := callbacktest.Ask(t, h, &callback.GroupBeforeSendMsg{
//		GroupID: "g-1",
//		MsgBody: message.Body{&message.TextElem{Text: "buy now"}},
//	})
//
// h is the program's own http.Handler. When it is a *callback.Handler the requests carry its app and a signature by its
// own clock and token, so that the test needs to know neither. When it is anything else, such as a mux with the handler
// in it, give the address with [WithTarget] and make the handler with [SDKAppID] and [Token], or pass its own with
// [WithApp] and [WithToken].
//
// [NewRequest] makes the request alone: for a server that listens, and for tests of what must be refused. [Samples] has
// a body of every webhook that the vendor documents.
package callbacktest
