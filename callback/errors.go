package callback

import (
	"errors"
	"fmt"
)

// The reasons for which a request is refused before a handler sees it. WithRefused gets errors that wrap them, Decode
// returns ErrMalformed, and Dispatch ErrMalformed, ErrWrongApp, ErrBeforeEvent and ErrNoHandler.
var (
	// ErrBadSign means that Sign or RequestTime is missing, or that Sign fits none of the tokens. Answered 401.
	ErrBadSign = errors.New("callback: bad signature")
	// ErrStale means that the signature is right and that RequestTime is too far from the handler's clock. Answered
	// 401.
	ErrStale = errors.New("callback: request time outside the window")
	// ErrWrongApp means that SdkAppid is missing, given twice or another app's. Answered 403.
	ErrWrongApp = errors.New("callback: wrong app")
	// ErrTooLarge means that the body is larger than WithMaxBody allows. Answered 413.
	ErrTooLarge = errors.New("callback: body too large")
	// ErrMalformed means that the query or the body cannot be read. Answered 400. The samples on the vendor's pages have
	// comments (// and what follows), which are not JSON and are in no real webhook: take them out of a body for a test.
	ErrMalformed = errors.New("callback: malformed webhook")
	// ErrMethod means that the request was not a POST. Answered 405.
	ErrMethod = errors.New("callback: method not allowed")
	// ErrBeforeEvent means that an envelope for Dispatch is of a before-event, for whose answer nobody waits any more.
	ErrBeforeEvent = errors.New("callback: before-event in a queue")
	// ErrNoHandler means that no handler is registered for the command of an envelope for Dispatch, and no WithUnknown. A
	// request with such a command is answered OK.
	ErrNoHandler = errors.New("callback: no handler registered")
	// ErrSlowBody means that the body did not arrive within WithTimeout. Answered 408.
	ErrSlowBody = errors.New("callback: body not received in time")
)

// A refusal is one of the errors above with its reason. All of them are fixed texts, so that a flood of bad requests
// costs nothing to name and no text of a stranger reaches an error.
type refusal struct {
	class  error
	reason string
}

func (r *refusal) Error() string { return r.class.Error() + ": " + r.reason }
func (r *refusal) Unwrap() error { return r.class }

// A RefusedError is what WithRefused gets of a webhook that is this app's and signed, and whose body was read and
// cannot be decoded: with the body, so that somebody can find out why. Err is what it was refused for: ErrMalformed to
// errors.Is, or the panic of WithDecoder's function, which is answered 500.
type RefusedError struct {
	Command string // as the URL had it
	Body    []byte // as it was received
	Err     error  // with the words of the decoder, which may quote a piece of the body
}

// Error names the command and what is wrong. It never quotes the body.
func (e *RefusedError) Error() string {
	why, ok := errors.AsType[reason](e.Err)
	if !ok {
		why = errUndecodable
	}
	return fmt.Sprintf("callback: %.64q refused: %s", e.Command, string(why))
}

// Unwrap returns Err.
func (e *RefusedError) Unwrap() error { return e.Err }

// A FailureError that the handler of an after-event returns, as it is or wrapped, is answered as the vendor
// documents a failure: with status 200, ActionStatus "FAIL", ErrorCode 1 and Info as ErrorInfo. Any other error is
// answered 500 with a fixed text. The vendor counts and logs such an answer and makes no other use of it: what has
// happened has happened.
//
// It is logged as every error is, and Dispatch returns it, so that a queue can try again. For a before-event it is an
// error like any other: refuse with the methods of the event, such as Reject and RejectCode.
type FailureError struct {
	Info string // for the vendor's logs
}

// Error returns Info and what becomes of it.
func (e *FailureError) Error() string { return "answered as failed: " + e.Info }

// A reason is why a body cannot be decoded, in a fixed text.
type reason string

func (r reason) Error() string { return string(r) }

const (
	errNotObject    reason = "the body is not a JSON object"
	errOtherCommand reason = "the body names another command than the url"
	errComment      reason = "the body has a comment, as the vendor's samples have and webhooks have not"
	errUndecodable  reason = "the body cannot be decoded"
	errDecoder      reason = "the decoder panicked"
)

var (
	errNotPost       = &refusal{ErrMethod, "webhooks are sent with POST"}
	errLength        = &refusal{ErrTooLarge, "more bytes than the handler reads"}
	errNoApp         = &refusal{ErrWrongApp, "no SdkAppid in the query"}
	errOtherApp      = &refusal{ErrWrongApp, "SdkAppid is not this handler's"}
	errUnreadableApp = &refusal{ErrWrongApp, "SdkAppid cannot be read or is given twice"}
	errNoSign        = &refusal{ErrBadSign, "no Sign or no RequestTime in the query"}
	errOtherSign     = &refusal{ErrBadSign, "Sign fits none of the tokens"}
	errSkew          = &refusal{ErrStale, "RequestTime is too far from this clock"}
	errQuery         = &refusal{ErrMalformed, "the query cannot be read or has a parameter twice"}
	errNoCommand     = &refusal{ErrMalformed, "no CallbackCommand in the query"}
	errTruncated     = &refusal{ErrMalformed, "the body is shorter than it was announced"}
	errReadDeadline  = &refusal{ErrSlowBody, "gave up reading"}
)
