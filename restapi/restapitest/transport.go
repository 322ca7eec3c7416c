package restapitest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

// inMemoryAddr is where requests that come without a socket seem to come from.
const inMemoryAddr = "127.0.0.1:0"

// handlerTransport is a RoundTripper that calls a handler. The handler runs in its own goroutine, so that a request
// whose context ends returns at once, as over a socket.
type handlerTransport struct{ handler http.Handler }

func (t handlerTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	in := req.Clone(ctx)
	if in.Body == nil {
		in.Body = http.NoBody
	}
	if in.Host == "" {
		in.Host = in.URL.Host
	}
	in.RemoteAddr = inMemoryAddr
	in.RequestURI = in.URL.RequestURI()
	done := make(chan error, 1)
	recorder := httptest.NewRecorder()
	go func() {
		defer func() {
			_ = in.Body.Close()
			if p := recover(); p != nil {
				done <- fmt.Errorf("restapitest: the handler panicked: %v", p) // over a socket the connection breaks
				return
			}
			done <- nil
		}()
		t.handler.ServeHTTP(recorder, in)
	}()
	select {
	case err := <-done:
		if err != nil {
			return nil, err
		}
		res := recorder.Result()
		res.Request = req
		return res, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
