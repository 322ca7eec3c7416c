package restapitest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"

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
	raw, readErr := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	query, queryErr := url.ParseQuery(r.URL.RawQuery)
	call := Call{Command: s.command(r.URL.Path), Query: query, Body: raw, Time: s.cfg.now()}
	path := call.Command.Path()
	fn := s.faults.handler(path) // looked up once: Handle may take it back at any time

	req := &request{clientIP: clientIP(r), now: call.Time, strict: s.cfg.strict}
	err := s.gate(r, req, call, fn != nil, cmp.Or(queryErr, readErr))
	delete(query, "usersig")
	var answer []byte
	defer func() { s.hooks.lanes.release(req.turns) }() // also where no answer can be written
	if err == nil && fn == nil {
		answer, err = s.carryOut(path, raw, req)
	}
	command := slog.String("command", call.Command.String())
	outcome := []slog.Attr{command}
	if err != nil {
		refused, _ := errors.AsType[*refusal](err)
		call.Code = refused.code
		answer = failed(s.routes[path], refused)
		outcome = append(outcome, slog.String("reason", refused.info))
	}
	s.record(call, len(r.RequestURI))
	for _, what := range req.tolerated {
		s.log(slog.LevelWarn, "call is not as documented", command, slog.String("what", what))
	}
	s.log(slog.LevelInfo, "call", append(outcome, slog.Int("code", int(call.Code)))...)
	s.hold(r, s.faults.held(path))
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
	if known, ok := s.routes[path]; ok {
		return known.cmd
	}
	parts := strings.Split(path, "/")
	if len(parts) != 3 || parts[0] != "v4" {
		return restapi.Command{}
	}
	return restapi.Command{Service: parts[1], Name: parts[2]}
}

// gate makes the checks that come before a command is looked at, and sets the administrator who calls. A path that is
// handled by a function of Handle is let through where the server has no such command.
func (s *Server) gate(r *http.Request, req *request, call Call, handled bool, malformed error) error {
	switch {
	case r.Method != http.MethodPost:
		return refuse(restapi.CodeInvalidHTTPRequest, "the method must be POST")
	case malformed != nil:
		return refuse(restapi.CodeInvalidHTTPRequest, "the request cannot be read")
	case call.Command.Service == "" || call.Command.Name == "",
		strings.HasPrefix(r.URL.Path, "//") && !req.tolerate("the path begins with more than one slash"):
		return refuse(restapi.CodeInvalidResource, "the path must be v4/service/command")
	}
	identifier, err := s.authenticate(call.Query, req)
	if err != nil {
		return err
	}
	path := call.Command.Path()
	known, ok := s.routes[path]
	switch {
	case !ok && !handled:
		return refuse(restapi.CodeInvalidResource, "restapitest has no "+path+": see Server.Handle")
	case !s.isAdmin(identifier):
		return refuse(cmp.Or(known.admin, restapi.CodeAdminRequired), "the identifier is not an administrator")
	case !s.rate.allow(call.Command, call.Time):
		return refuse(restapi.CodeCommandRateLimited, "the command is called too often")
	}
	if code := s.faults.take(path); code != 0 {
		return refuse(code, "asked for by FailNext")
	}
	req.admin = identifier
	return nil
}

// carryOut runs the command and returns the whole answer.
func (s *Server) carryOut(path string, raw []byte, req *request) ([]byte, error) {
	known := s.routes[path]
	if !json.Valid(raw) {
		return nil, refuse(known.syntax, "the body is not JSON")
	}
	body, ok := parseObject(raw)
	if !ok {
		return nil, refuse(known.invalid, "the body is not a JSON object")
	}
	req.body = body
	result, err := s.change(known, req)
	if err != nil {
		return nil, err
	}
	return success(known, result), nil
}

// change runs the command with the state locked, and gives its webhooks their places before another can change
// anything.
func (s *Server) change(known route, req *request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	result, err := known.handle(s.state, req)
	if err == nil {
		s.hooks.lanes.reserve(req.turns)
	}
	return result, err
}

type status struct {
	ActionStatus string
	ErrorCode    restapi.Code
	ErrorInfo    string
	ErrorDisplay *string `json:",omitempty"` // where present it is empty
}

func success(known route, result any) []byte {
	return join(result, status{ActionStatus: "OK", ErrorDisplay: known.errorDisplay()})
}

func failed(known route, r *refusal) []byte {
	return join(nil, status{"FAIL", r.code, r.words(), known.errorDisplay()})
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
