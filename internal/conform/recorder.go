package conform

import (
	"context"
	"encoding/json"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A Recorder is a Caller for tests of one method: it keeps what it was asked last and answers with Answer, or with Err.
type Recorder struct {
	Answer string
	Err    error

	Calls   int
	Command restapi.Command
	Body    string
}

// Call keeps the command and the body.
func (r *Recorder) Call(_ context.Context, cmd restapi.Command, req, resp any) error {
	r.Calls++
	r.Command = cmd
	body, err := encode(req)
	if err != nil {
		return err
	}
	r.Body = string(body)
	if r.Err != nil || resp == nil {
		return r.Err
	}
	return wire.Unmarshal([]byte(r.Answer), resp)
}

const sdkAppID = 1400000000 // of the app that all calls are for

// forApp is req as it is sent. Few requests differ with the app.
func forApp(req any) any {
	if r, ok := req.(interface{ ForApp(sdkAppID uint64) any }); ok {
		return r.ForApp(sdkAppID)
	}
	return req
}

// encode returns the body that is sent for req, as restapi.Client makes it.
func encode(req any) ([]byte, error) {
	if req = forApp(req); req == nil {
		return []byte("{}"), nil
	}
	if r, ok := req.(interface {
		AppendJSON(dst []byte) ([]byte, error)
	}); ok {
		return r.AppendJSON(nil)
	}
	return json.Marshal(req)
}
