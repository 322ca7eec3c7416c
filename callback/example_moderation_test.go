package callback_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	"github.com/go-tencentchat/tencentchat/message"
)

// codeNoLinks reaches the client of the sender, which knows what to say.
const codeNoLinks = 10101

// moderate decides about one message of a group.
func moderate(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
	if e.OptPlatform.Is(callback.PlatformRESTAPI) {
		return e.Allow(), nil // sent by a backend, not by a user
	}
	starred := false
	for _, elem := range e.MsgBody {
		switch elem := elem.(type) {
		case *message.TextElem:
			if strings.Contains(elem.Text, "://") {
				return e.RejectCode(codeNoLinks, "links are not allowed"), nil
			}
			if clean := strings.ReplaceAll(elem.Text, "damn", "****"); clean != elem.Text {
				elem.Text, starred = clean, true
			}
		case *message.FaceElem, *message.ImageElem:
		default:
			return e.Reject("a kind of message that nobody looks at"), nil
		}
	}
	switch {
	case starred:
		return e.Rewrite(e.MsgBody), nil
	case strings.TrimSpace(e.MsgBody.Text()) == "buy now":
		return e.Drop(), nil // and let the sender think that it was sent
	}
	return e.Allow(), nil
}

// Group messages are looked at before anybody reads them.
func Example_moderation() {
	h, err := callback.NewHandler(callbacktest.SDKAppID, callback.WithToken(callbacktest.Token),
		callback.WithFallback(callback.FallbackReject), callback.WithFailClosed()) // nothing goes out unread
	if err != nil {
		fmt.Println(err)
		return
	}
	callback.Answer(h, moderate)
	mux := http.NewServeMux()
	mux.Handle("/im/hook", h)

	// What the vendor sends, and is answered:
	for _, elem := range []message.Elem{
		&message.TextElem{Text: "good morning"},
		&message.TextElem{Text: "oh damn"},
		&message.TextElem{Text: "see http://example.com"},
		&message.TextElem{Text: "buy now"},
		&message.CustomElem{Data: "see http://example.com"},
	} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, callbacktest.NewRequest(
			&callback.GroupBeforeSendMsg{GroupID: "g-1", Type: callback.GroupTypePublic, FromAccount: "u-1", MsgBody: message.Body{elem}},
			callbacktest.WithTarget("/im/hook")))
		fmt.Println(w.Body)
	}
	// Output:
	// {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}
	// {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"oh ****"}}]}
	// {"ActionStatus":"OK","ErrorInfo":"links are not allowed","ErrorCode":10101}
	// {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":2}
	// {"ActionStatus":"OK","ErrorInfo":"a kind of message that nobody looks at","ErrorCode":1}
}
