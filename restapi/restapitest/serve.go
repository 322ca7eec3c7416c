package restapitest

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxBody bounds the bodies that are read. No limit in general is documented.
const maxBody = 8 << 20

// serve answers one request. Whatever the service itself has to say, it says with HTTP status 200.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		http.Error(w, "restapitest: the server is closed", http.StatusServiceUnavailable)
		return
	}
	defer s.serving.Done()
	if s.serveHistory(w, r) {
		return
	}
	raw, readErr := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	query, queryErr := url.ParseQuery(r.URL.RawQuery)
	call := chat.Call{
		ID: s.app.Journal().Next(), Command: s.command(r.URL.Path), Query: query, Body: raw, Time: s.cfg.now(),
	}
	path := call.Command.Path()
	fn := s.handlers.of(path) // looked up once: Handle may take it back at any time
	row, _ := s.app.Row(path)

	req := chat.Request{
		ID: call.ID, Now: call.Time, Body: raw, Base: base(r), Tolerance: &chat.Tolerance{Strict: s.cfg.strict},
	}
	err := s.gate(r, &req, call, row, fn != nil, cmp.Or(queryErr, readErr))
	delete(query, "usersig")
	req.Query = query
	var reply chat.Reply
	defer func() { reply.Release() }() // also where no answer can be written
	if err == nil && fn == nil {
		reply, err = s.app.Do(r.Context(), row, req)
	}
	answer := s.answer(&call, row, reply, err)
	s.app.Journal().Record(call, len(r.RequestURI))
	s.tell(r.Context(), call, err, req.Passed)
	s.hold(r, s.app.Faults().Held(path))
	if err == nil && fn != nil {
		r.Body = io.NopCloser(bytes.NewReader(raw))
		fn(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(answer)                    // a client that is gone cannot be told
	_ = http.NewResponseController(w).Flush() // the webhook comes after the answer
}

// command names the command of a path. Service and Name are empty where the path is none of the API's.
func (s *Server) command(path string) restapi.Command {
	path = strings.TrimLeft(path, "/")
	if row, ok := s.app.Row(path); ok {
		return row.Cmd
	}
	parts := strings.Split(path, "/")
	if len(parts) != 3 || parts[0] != "v4" {
		return restapi.Command{}
	}
	return restapi.Command{Service: parts[1], Name: parts[2]}
}

// gate makes the checks that come before a command is looked at, and sets who calls. A path that is handled by a
// function of Handle is let through where the model has no such command.
func (s *Server) gate(
	r *http.Request, req *chat.Request, call chat.Call, row *chat.Row, handled bool, malformed error,
) error {
	switch {
	case r.Method != http.MethodPost:
		return chat.Refuse(restapi.CodeInvalidHTTPRequest, "the method must be POST")
	case malformed != nil:
		return chat.Refuse(restapi.CodeInvalidHTTPRequest, "the request cannot be read")
	case call.Command.Service == "" || call.Command.Name == "",
		strings.HasPrefix(r.URL.Path, "//") && !req.Tolerate("the path begins with more than one slash"):
		return chat.Refuse(restapi.CodeInvalidResource, "the path must be v4/service/command")
	}
	identifier, err := s.authenticate(call.Query, req.Tolerance)
	if err != nil {
		return err
	}
	path := call.Command.Path()
	notAdmin := restapi.CodeAdminRequired
	if row != nil {
		notAdmin = row.Admin
	}
	switch {
	case row == nil && !handled:
		return chat.Refuse(restapi.CodeInvalidResource, "restapitest has no "+path+": see Server.Handle")
	case !s.isAdmin(identifier):
		return chat.Refuse(notAdmin, "the identifier is not an administrator")
	case !s.allow(call):
		return chat.Refuse(restapi.CodeCommandRateLimited, "the command is called too often")
	}
	if code := s.app.Faults().Take(path); code != 0 {
		return chat.Refuse(code, "asked for by FailNext")
	}
	req.By = chat.Actor{UserID: identifier, Platform: callback.PlatformRESTAPI, ClientIP: clientIP(r)}
	return nil
}

// allow says whether a call is within the rate of its command, and warns the backend of one that comes close.
func (s *Server) allow(call chat.Call) bool {
	ok, near := s.rate.allow(call.Command, call.Time)
	if near > 0 {
		s.app.Alert(call.ID, call.Command.Service, call.Command.Name, near, s.rate.limit(call.Command.Path()))
	}
	return ok
}

// tell logs a call with its outcome.
func (s *Server) tell(ctx context.Context, call chat.Call, err error, passed []string) {
	command := slog.String("command", call.Command.String())
	for _, what := range passed {
		s.cfg.logger.LogAttrs(ctx, slog.LevelWarn, "call is not as documented", command, slog.String("what", what))
	}
	outcome := []slog.Attr{command}
	if refused, ok := errors.AsType[*chat.Refusal](err); ok {
		outcome = append(outcome, slog.String("reason", refused.Info))
	}
	s.cfg.logger.LogAttrs(ctx, slog.LevelInfo, "call", append(outcome, slog.Int("code", int(call.Code)))...)
}

type status struct {
	ActionStatus *string      `json:"ActionStatus,omitempty"`
	ErrorCode    restapi.Code `json:"ErrorCode"`
	ErrorInfo    *string      `json:"ErrorInfo,omitempty"`
	ErrorDisplay *string      `json:"ErrorDisplay,omitempty"` // where present it is empty
}

// answer is the whole answer to a call, whose code it sets.
func (s *Server) answer(call *chat.Call, row *chat.Row, reply chat.Reply, err error) []byte {
	common := status{ActionStatus: &reply.ActionStatus, ErrorInfo: &reply.ErrorInfo}
	if row != nil && row.Display {
		common.ErrorDisplay = new(string)
	}
	if refused, ok := errors.AsType[*chat.Refusal](err); ok {
		call.Code = refused.Code
		reply.ActionStatus, common.ErrorCode, reply.ErrorInfo = "FAIL", refused.Code, refused.Words()
	} else if row != nil && row.Lacks == "ErrorInfo" {
		common.ErrorInfo = nil
	}
	if row != nil && row.Lacks == "ActionStatus" {
		common.ActionStatus = nil
	}
	return join(reply.Result, common)
}

// join puts the common fields behind those of the command, in one object.
func join(result any, common status) []byte {
	tail, err := json.Marshal(common)
	must("answer", err)
	if result == nil {
		return tail
	}
	head, err := json.Marshal(result)
	must("answer", err)
	if len(head) <= len("{}") {
		return tail
	}
	head[len(head)-1] = ','
	return append(head, tail[1:]...)
}

func clientIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	return host
}
