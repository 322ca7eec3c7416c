package callback

import "errors"

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
	// ErrMalformed means that the query or the body cannot be read. Answered 400.
	ErrMalformed = errors.New("callback: malformed webhook")
	// ErrMethod means that the request was no POST. Answered 405.
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
