// Package callback receives the webhooks of Tencent Cloud Chat: an http.Handler that checks who sent a request, hands
// it over as a typed event, and writes the answer that the vendor documents.
//
//	h, err := callback.NewHandler(sdkAppID, callback.WithToken(token))
//	if err != nil {
//		return err
//	}
//	callback.On(h, func(ctx context.Context, e *callback.ProfilePortraitSet) error {
//		nick, ok := profile.Nick.Of(e.ProfileItem)
//		if !ok {
//			return nil
//		}
//		return store.SetNick(ctx, e.FromAccount, nick)
//	})
//	callback.Answer(h, func(ctx context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
//		if banned(e) {
//			return e.RejectCode(10101, "no links"), nil // to the sender's client; Reject's text is for logs
//		}
//		return e.Allow(), nil
//	})
//	mux.Handle("/im/hook", h)
//
// The name of a type follows the command: Group.CallbackBeforeSendMsg is [GroupBeforeSendMsg]. Its fields follow the
// names of the wire: From_Account is FromAccount, GroupId is GroupID. An after-event, which tells what has happened,
// goes to [On]. A before-event, which asks whether something may happen, goes to [Answer]. The other way round does not
// compile. Webhooks, at the end, lists all of them. A word that calls of the REST API have too is a type of its area's
// package, so that it goes from an event into a call as it is: GroupType is group.Type.
//
// Example (Mirror) is a small backend: it keeps a copy of everybody's profile.
//
// # Setup
//
// The vendor sends nothing until the console has the address of the handler, and then the webhooks that are switched on
// there, each by itself; the few that are set up otherwise say so. Those of topics, official accounts, moderation and
// the like also need their feature switched on.
//
// # Verification
//
// A request is looked at in this order, and refused with the status given and {"ActionStatus":"FAIL", ...} as its body:
//
//   - its method, which must be POST: 405; and its length, at most 1 MiB: 413
//   - SdkAppid in the URL, which must be there once and be this app: 403
//   - Sign and RequestTime in the URL, at most a minute from this clock: 401
//   - the rest of the URL's query, with each parameter once but for RequestID, and the command in it: 400
//   - the body, at most 1 MiB even when no length was announced: 413; within [WithTimeout]: 408; a JSON object, which
//     for a command that has a type fits that and names no other command: 400
//
// Nothing in the body decides who is let in. The vendor's signature covers a token and the time, neither the body nor
// the other parameters, and holds for a minute: use HTTPS. Several tokens can be given while one is being changed in
// the console. Mutual TLS, which the vendor has withdrawn and older apps may have, is set in http.Server's TLSConfig.
// The content type is not looked at, as none is documented.
//
// # Answers
//
// The answer to an after-event is OK, or 500 where the handler returned an error or panicked; a [*FailureError] has the
// handler's own text in it. The zero answer to a before-event allows; the event's methods make the others. Reject
// refuses with the vendor's own code, and its text reaches logs only. The code and the text of RejectCode reach the
// client of the user who is refused: 10100 to 10200 for groups, 120001 to 130000 one to one and for official accounts.
//
// Keep in mind that the vendor lets a message through when a webhook fails or takes over 2 seconds, unless the console
// says otherwise. So moderation that must hold takes [WithFallback] with [FallbackReject], and [WithFailClosed].
// Example (Moderation) is made so.
//
// A command without a handler is answered OK and its body not even read. [WithUnknown] gets such webhooks, whether this
// package has a type for them or not, and [Handler.Handle] is for a command that has none, such as those of other
// products that come to the same URL (Room.*, Mic.*, Live.*). Fields that are newer than this package are ignored and
// stay in the event's Raw.
//
// # Deadlines
//
// The context of every handler ends after [WithTimeout], 1.8 seconds by default, counted from when the request came in.
// A before-handler that has not returned by then is answered for by [WithFallback]. It runs on a goroutine of its own,
// which lives until it returns, so let it honour its context. An after-handler runs on the request's goroutine, and the
// vendor waits for it.
//
// # Queues
//
// With [WithSink] an after-event is answered OK as soon as it is stored, and [Handler.Dispatch] calls the same handlers
// behind the queue. The vendor documents neither order nor an ID of events, and can be set to repeat a webhook that
// timed out: [Envelope.ID] tells a repeat from an event that is like an earlier one, and takes it for another where
// nothing tells. So a handler behind a queue may get an event twice. Dispatch returns [ErrNoHandler] for one that
// nobody has registered for, so that no worker drops it in silence. Example (Queue) is a sink with its worker, Example
// (Outbox) a sink in the database that the backend has anyway.
//
// # Errors
//
// What is refused before a handler sees it is logged and given to [WithRefused] as an error that is [ErrMethod],
// [ErrTooLarge], [ErrWrongApp], [ErrBadSign], [ErrStale], [ErrMalformed] or [ErrSlowBody] to errors.Is. A body that
// cannot be decoded goes to [WithRefused] in a [*RefusedError], for somebody to look at. The body of a refusal is a
// fixed text. No log entry, error or answer has a token, a signature or a request's query, but for the command and the
// RequestID, which is logged as request_id. Nobody has signed that: it is for asking the vendor about a request.
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/callback/callbacktest] sends events to a program's own handler:
// callbacktest.Send(t, h, event) and callbacktest.Ask(t, h, event).
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34354
package callback
