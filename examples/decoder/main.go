// Command decoder reads webhooks with another JSON decoder than encoding/json: github.com/segmentio/encoding. It compares the two on
// one webhook and prints what each took.
//
//	go run .
//
// The tests hold a decoder to what callback.WithDecoder asks of it, on every documented webhook: run them with yours before
// you use it.
package main

import (
	"context"
	stdjson "encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/segmentio/encoding/json"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
)

func main() {
	if err := run(os.Stdout, 20_000); err != nil {
		fmt.Fprintln(os.Stderr, "decoder:", err)
		os.Exit(1)
	}
}

// newHandler returns a webhook handler that reads with decode.
func newHandler(app uint64, token string, decode func([]byte, any) error) (*callback.Handler, error) {
	h, err := callback.NewHandler(app, callback.WithToken(token), callback.WithDecoder(decode))
	if err != nil {
		return nil, err
	}
	callback.On(h, func(context.Context, *callback.GroupAfterGroupInfoChanged) error { return nil })
	return h, nil
}

func run(out io.Writer, webhooks int) error {
	event := &callback.GroupAfterGroupInfoChanged{
		GroupID: "@TGS#2J4SZEAEL", Type: callback.GroupTypePublic, OperatorAccount: "leckie", Name: callback.Some("MyFirstGroup"),
	}
	for _, decoder := range []struct {
		name   string
		decode func([]byte, any) error
	}{
		{"encoding/json", stdjson.Unmarshal},
		{"segmentio/encoding", json.Unmarshal},
	} {
		h, err := newHandler(callbacktest.SDKAppID, callbacktest.Token, decoder.decode)
		if err != nil {
			return err
		}
		var took time.Duration
		for range webhooks {
			answer, request := httptest.NewRecorder(), callbacktest.NewRequest(event)
			start := time.Now()
			h.ServeHTTP(answer, request)
			took += time.Since(start)
			if answer.Code != http.StatusOK {
				return fmt.Errorf("%s: answered %d", decoder.name, answer.Code)
			}
		}
		fmt.Fprintf(out, "%-20s %v a webhook\n", decoder.name, took/time.Duration(webhooks))
	}
	return nil
}
