package callback

import (
	"errors"

	"github.com/go-tencentchat/tencentchat/message"
)

var errEmptyRewrite = errors.New("rewritten message has no elements; drop or reject it instead")

// rewritten returns the body of an answer that sends body in place of a user's message. It is never nil: nil leaves the
// message alone, and whoever rewrites it to nothing does not mean that.
func rewritten(body message.Body) message.Body {
	if body == nil {
		body = message.Body{}
	}
	return body
}

// checkRewrite refuses a body that was rewritten to nothing.
func checkRewrite(body message.Body) error {
	if body != nil && len(body) == 0 {
		return errEmptyRewrite
	}
	return nil
}
