package restapi

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The classes of failures. errors.Is tells whether an error of this module belongs to one; an error may belong to
// several. The documented codes of each class are those of the vendor's table, CodeXxx.
var (
	// ErrAccountNotFound: a user named in the call is not imported into the app.
	ErrAccountNotFound error = classAccountNotFound
	// ErrRateLimited: too many calls. The client itself refuses with a *RateLimitError, the server with a code such as
	// 60007.
	ErrRateLimited error = classRateLimited
	// ErrUserSig: the credentials do not fit: an expired or wrong UserSig, another app's key, the host of another region.
	ErrUserSig error = classUserSig
	// ErrPermission: the identifier is not an administrator of the app or lacks a right; or the app lacks something: a
	// feature is not switched on, a plan or plug-in was not bought or has run out.
	ErrPermission error = classPermission
	// ErrInvalidArgument: the call cannot succeed as it is, also where the content filter stopped it. The client itself
	// refuses with an *ArgumentError before the network.
	ErrInvalidArgument error = classInvalidArgument
	// ErrTemporary: the same call may succeed later: a timeout or a fault inside of the service, a gateway's 502, a broken
	// connection.
	ErrTemporary error = classTemporary
)

// ErrBadResponse is wrapped by the error of a call whose answer is not the documented JSON: empty, cut short within the
// JSON, HTML, not gzip though it says so, without ErrorCode or too large. Whether the command was carried out is then
// unknown.
var ErrBadResponse = errors.New("answer is not valid")

type class uint8

const (
	classAccountNotFound class = 1 << iota
	classRateLimited
	classUserSig
	classPermission
	classInvalidArgument
	classTemporary
)

func (c class) Error() string {
	switch c {
	case classAccountNotFound:
		return "account not found"
	case classRateLimited:
		return "rate limited"
	case classUserSig:
		return "usersig refused"
	case classPermission:
		return "permission denied"
	case classInvalidArgument:
		return "invalid argument"
	default:
		return "temporary failure"
	}
}

// A Code is an error code of the server, ErrorCode in its answers. It is an error itself, so that errors.Is(err,
// CodeProfileAccountNotFound) works, and it knows its classes. A code that is not in the table belongs to none.
type Code int

type codeInfo struct {
	code    Code
	name    string
	about   string
	classes class
}

func (c Code) info() (codeInfo, bool) {
	i, found := slices.BinarySearchFunc(codeTable[:], c, func(e codeInfo, c Code) int { return cmp.Compare(e.code, c) })
	if found {
		return codeTable[i], true
	}
	for _, r := range codeRanges {
		if r.from <= c && c <= r.to {
			return r.info, true
		}
	}
	return codeInfo{}, false
}

// Name returns the name of the code as in the constants, without "Code", and "" for a code that is not in the table.
func (c Code) Name() string {
	info, _ := c.info()
	return info.name
}

// Error returns the code, its name and what it means.
func (c Code) Error() string {
	number := strconv.Itoa(int(c))
	info, known := c.info()
	if !known {
		return "code " + number
	}
	return number + " " + info.name + ": " + info.about
}

// Is reports whether target is a class that the code belongs to.
func (c Code) Is(target error) bool {
	want, ok := target.(class)
	if !ok {
		return false
	}
	info, _ := c.info()
	return info.classes&want != 0
}

// An Error is a call that failed at the server or on the way to it, or one item of an answer that failed. errors.Is
// matches its Code, the classes of that code, and what Err wraps (context.DeadlineExceeded, *url.Error,
// ErrBadResponse).
type Error struct {
	// Code is the server's ErrorCode; 0 where no documented answer came.
	Code Code
	// Info is the server's ErrorInfo: free text, not to be matched.
	Info string
	// Display is the server's ErrorDisplay, text for end users; usually empty.
	Display string
	// RequestID is the server's RequestId where it sent one: quote it to the vendor's support.
	RequestID string
	// Command is the command that failed.
	Command Command
	// HTTPStatus is the status of the last answer, 0 where none came. The service answers 200 whatever the outcome.
	HTTPStatus int
	// Attempts is how many times the call was sent or tried to be sent; 0 for an item of an answer.
	Attempts int
	// Open says that the command may have been carried out: an attempt, not necessarily the last one, ended without an
	// answer that says otherwise. A send that failed so may have arrived.
	Open bool
	// Err is the cause where no documented answer came, without any URL query.
	Err error
}

// Error returns the command, the code with its meaning or the cause, and the server's text.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Command.String())
	b.WriteString(": ")
	switch {
	case e.Code != 0:
		b.WriteString(e.Code.Error())
	case e.Err != nil:
		b.WriteString(e.Err.Error())
	default:
		b.WriteString("failed")
	}
	if e.HTTPStatus != 0 && e.HTTPStatus != http.StatusOK {
		b.WriteString(" (http status ")
		b.WriteString(strconv.Itoa(e.HTTPStatus))
		b.WriteString(")")
	}
	if e.Info != "" {
		b.WriteString(": ")
		b.WriteString(strconv.Quote(e.Info))
	}
	return b.String()
}

// Unwrap returns the code and the cause, those that there are.
func (e *Error) Unwrap() []error {
	var causes []error
	if e.Code != 0 {
		causes = append(causes, e.Code)
	}
	if e.Err != nil {
		causes = append(causes, e.Err)
	}
	return causes
}

// Is reports whether target is the class of a failure that has no code: a network fault and the HTTP statuses 408, 429
// and 5xx are ErrTemporary, 429 is ErrRateLimited too.
func (e *Error) Is(target error) bool {
	if e.Code != 0 {
		return false // the code itself answers
	}
	switch target {
	case ErrTemporary:
		return temporaryStatus(e.HTTPStatus) || temporaryCause(e.Err)
	case ErrRateLimited:
		return e.HTTPStatus == http.StatusTooManyRequests
	}
	return false
}

// temporaryStatus says whether an HTTP status other than 200 may be gone on the next try.
func temporaryStatus(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= 500
}

// temporaryCause says whether a call that got no answer may get one on the next try. The caller's own giving up and a
// certificate that does not verify are final.
func temporaryCause(err error) bool {
	var certificate *tls.CertificateVerificationError
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, ErrBadResponse), errors.As(err, &certificate):
		return false
	}
	return true
}

// CodeOf returns the server's error code in err's tree, and 0 where there is none.
func CodeOf(err error) Code {
	code, _ := errors.AsType[Code](err)
	return code
}

// An ArgumentError is a call refused by the client: nothing was sent. It is ErrInvalidArgument.
type ArgumentError struct {
	// Command is the command; zero where a client could not be made.
	Command Command
	// Field is the argument or field, in the vendor's spelling where it is one of the wire.
	Field string
	// Reason says what is wrong with it, with the limit.
	Reason string
}

// Error returns the command, the field and the reason.
func (e *ArgumentError) Error() string {
	from := "restapi"
	if e.Command != (Command{}) {
		from = e.Command.String()
	}
	return from + ": invalid argument: " + e.Field + " " + e.Reason
}

// Is reports whether target is ErrInvalidArgument.
func (e *ArgumentError) Is(target error) bool { return target == ErrInvalidArgument }

// A RateLimitError is a call refused by the client's own limiter: nothing was sent. It is ErrRateLimited and
// ErrTemporary.
type RateLimitError struct {
	Command Command
	// RetryAfter is how long the call would have had to wait.
	RetryAfter time.Duration
}

// Error returns the command and the time to wait.
func (e *RateLimitError) Error() string {
	return e.Command.String() + ": rate limited: the next call is free in " + e.RetryAfter.Round(time.Millisecond).String()
}

// Is reports whether target is ErrRateLimited or ErrTemporary.
func (e *RateLimitError) Is(target error) bool {
	return target == ErrRateLimited || target == ErrTemporary
}
