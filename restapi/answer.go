package restapi

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// maxAnswer is the largest answer that is read. The largest that the vendor documents is 1 MB, of the group commands.
const maxAnswer = 8 << 20

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// read decodes an answer into resp. The status comes first: a body behind another status than 200 is a gateway's.
func read(res *http.Response, resp any, hidden secret) *Error {
	if res.StatusCode != http.StatusOK {
		if res.StatusCode != http.StatusSwitchingProtocols { // behind that stands a bare connection, which no context ends
			_, _ = io.CopyN(io.Discard, res.Body, 4<<10) // so that the connection can be used again
		}
		if temporaryStatus(res.StatusCode) {
			return &Error{}
		}
		if res.StatusCode >= 300 && res.StatusCode < 400 {
			return &Error{Err: fmt.Errorf("%w: a redirect, which is never followed", ErrBadResponse)}
		}
		return &Error{Err: ErrBadResponse}
	}
	if res.ContentLength > maxAnswer {
		return &Error{Err: tooLarge()}
	}
	buffer := buffers.Get().(*bytes.Buffer)
	defer func() {
		if buffer.Cap() <= 64<<10 { // one large answer must not stay in memory
			buffer.Reset()
			buffers.Put(buffer)
		}
	}()
	var body io.Reader = res.Body
	if res.ContentLength < 0 {
		body = io.LimitReader(body, maxAnswer+1) // net/http sees to a length that was announced
	}
	n, err := buffer.ReadFrom(body)
	switch {
	case badCompression(err):
		return &Error{Err: fmt.Errorf("%w: %w", ErrBadResponse, err)}
	case err != nil:
		return &Error{Err: fmt.Errorf("reading the answer: %w", err)}
	case n > maxAnswer:
		return &Error{Err: tooLarge()}
	case n == 0:
		return &Error{Err: fmt.Errorf("%w: it is empty", ErrBadResponse)}
	}
	return decode(buffer.Bytes(), resp, hidden)
}

// badCompression says whether an answer came through and is not what its Content-Encoding says.
func badCompression(err error) bool {
	if _, corrupt := errors.AsType[flate.CorruptInputError](err); corrupt {
		return true
	}
	return errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum)
}

func tooLarge() error {
	return fmt.Errorf("%w: it is over %d MiB", ErrBadResponse, maxAnswer>>20)
}

// decode reads an answer into resp where the call succeeded. Nearly every answer says so with a plain 0 and is decoded
// once; only of the others are the fields that all have in common read by themselves.
func decode(data []byte, resp any, hidden secret) *Error {
	var err error
	plain := hasPlainZero(data)
	if plain {
		if err = unmarshal(data, resp, hidden); err == nil {
			return nil
		}
	}
	var common struct {
		ErrorCode    errorCode `json:"ErrorCode"`
		ErrorInfo    string    `json:"ErrorInfo"`
		ErrorDisplay string    `json:"ErrorDisplay"`
		RequestID    string    `json:"RequestId"`
	}
	if err := json.Unmarshal(data, &common); err != nil {
		if _, wrongType := errors.AsType[*json.UnmarshalTypeError](err); !wrongType || !common.ErrorCode.given {
			return &Error{Err: fmt.Errorf("%w: %w", ErrBadResponse, err)}
		}
	}
	switch code := common.ErrorCode; {
	case !code.given:
		return &Error{Err: fmt.Errorf("%w: it has no ErrorCode", ErrBadResponse)}
	case code.unreadable:
		return &Error{Err: fmt.Errorf("%w: its ErrorCode is not a whole number", ErrBadResponse)}
	case code.value != 0:
		return &Error{Code: code.value, Info: common.ErrorInfo, Display: common.ErrorDisplay, RequestID: common.RequestID}
	}
	if !plain {
		err = unmarshal(data, resp, hidden)
	}
	if err != nil {
		return &Error{
			RequestID: common.RequestID,
			Err:       fmt.Errorf("the call succeeded, but its answer cannot be decoded: %w: %w", ErrBadResponse, err),
		}
	}
	return nil
}

// hasPlainZero says whether the ErrorCode of an answer, the last where there are several, is a 0 and nothing else that
// stands for one. It means nothing where the answer is not valid JSON.
func hasPlainZero(answer []byte) bool {
	zero := false
	for key, value := range wire.Members(answer) {
		if wire.IsKey(key, "ErrorCode") {
			zero = string(value) == "0"
		}
	}
	return zero
}

var errInvalid = errors.New("not valid JSON")

// unmarshal reads an answer into resp, if there is one, without the texts that are hidden. Whatever resp is, an answer
// that is not valid JSON is an error.
func unmarshal(answer []byte, resp any, hidden secret) error {
	if resp == nil {
		if !wire.Valid(answer) {
			return errInvalid
		}
		return nil
	}
	clean := hidden.redactInfos(answer)
	if &clean[0] != &answer[0] && !wire.Valid(answer) { // what made it invalid can be among what was taken out
		return errInvalid
	}
	return wire.Unmarshal(clean, resp)
}

// An errorCode is the ErrorCode of an answer, in any spelling of a whole number. null and an empty text are not a 0,
// which would be success.
type errorCode struct {
	value             Code
	given, unreadable bool
}

// UnmarshalJSON takes any value, so that an odd one does not hide what else is wrong with the answer.
func (c *errorCode) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	n, err := wire.Int(data)
	value := Code(n)
	*c = errorCode{value: value, given: true, unreadable: err != nil || int64(value) != n || string(data) == `""`}
	return nil //nolint:nilerr // unreadable keeps it
}
