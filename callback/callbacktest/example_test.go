package callbacktest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	"github.com/go-tencentchat/tencentchat/message"
)

// newBackend is a program's own constructor.
func newBackend(token string) (*callback.Handler, error) {
	h, err := callback.NewHandler(20000000017, callback.WithToken(token))
	if err != nil {
		return nil, err
	}
	callback.Answer(h, func(_ context.Context, e *callback.GroupBeforeSendMsg) (callback.GroupBeforeSendMsgAnswer, error) {
		if strings.Contains(e.MsgBody.Text(), "http://") {
			return e.Reject("a link"), nil // for logs; the sender gets the vendor's own code
		}
		return e.Allow(), nil
	})
	return h, nil
}

// testLinksAreRejected is TestLinksAreRejected in the _test.go file of a program.
func testLinksAreRejected(t *testing.T) {
	h, err := newBackend("from the configuration")
	if err != nil {
		t.Fatal(err)
	}
	answer := callbacktest.Ask(t, h, &callback.GroupBeforeSendMsg{
		FromAccount: "u-1",
		MsgBody:     message.Body{&message.TextElem{Text: "see http://example.com"}},
	})
	if answer.ErrorCode != 1 {
		t.Errorf("a link was let through: %+v", answer)
	}
}

func ExampleAsk() {
	_ = testLinksAreRejected
	// Output:
}
