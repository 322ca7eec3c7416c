// Package oncetest proves of what sends messages that a send is never a second message, whatever goes wrong on the way:
// each fault of package faultserver is done to one send, and under load to one request in ten.
package oncetest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A Way is how messages are sent, to users or to groups, and where they are found. What is pushed has its text in the
// title of its OfflinePushInfo.
type Way struct {
	// Send sends a message through c, with this MsgSeq where the command has one and it is not 0.
	Send func(ctx context.Context, c restapi.Caller, to []string, m message.Message, seq uint32) (message.Sent, error)
	// Mail returns how often a receiver has each text, by calls through c.
	Mail func(ctx context.Context, c restapi.Caller, to string) (map[string]int, error)
	// Receivers is how many one message has.
	Receivers int
}

// An Office is a local server that counts the requests that reach it, by the text of the message.
type Office struct {
	*restapitest.Server
	Way

	direct *restapi.Client // past every fault
	mu     sync.Mutex
	came   map[string]int
}

// NewOffice starts a local server that has no limits but those of opts, with the account of ana, who sends.
func NewOffice(t *testing.T, way Way, opts ...restapitest.Option) *Office {
	t.Helper()
	server := restapitest.NewServer(append([]restapitest.Option{restapitest.WithRate(-1)}, opts...)...)
	t.Cleanup(server.Close)
	server.AddAccount("ana")
	client := server.Client(restapi.WithLimiter(nil))
	t.Cleanup(client.CloseIdleConnections)
	return &Office{Server: server, Way: way, direct: client, came: map[string]int{}}
}

// Direct calls past every fault.
func (o *Office) Direct() restapi.Caller { return o.direct }

// ServeHTTP counts a request and carries it out.
func (o *Office) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // from memory
	var m message.Message
	if err := json.Unmarshal(body, &m); err == nil {
		text := m.MsgBody.Text()
		if m.OfflinePushInfo != nil {
			text += m.OfflinePushInfo.Title
		}
		o.mu.Lock()
		o.came[text]++
		o.mu.Unlock()
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	o.Handler().ServeHTTP(w, r)
}

// Through starts a server with faults before the office, and returns a client that calls through it.
func (o *Office) Through(
	t *testing.T, plan faultserver.Plan, patience time.Duration,
) (*faultserver.Server, *restapi.Client) {
	t.Helper()
	return faultserver.Through(t, o.Server, o, plan, patience)
}

// mail is Mail past every fault.
func (o *Office) mail(t *testing.T, to string) map[string]int {
	t.Helper()
	got, err := o.Mail(t.Context(), o.direct, to)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// dropped returns how many requests came for messages that the service had already.
func (o *Office) dropped() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, times := range o.came {
		n += times - 1
	}
	return n
}

// Saying is a message of ana.
func Saying(text string) message.Message {
	return message.Message{FromAccount: "ana", MsgBody: message.Text(text)}
}

// again sends a message as a program can that was told that it may have arrived.
func (o *Office) again(ctx context.Context, c restapi.Caller, to []string, text string, as message.Sent) error {
	m := Saying(text)
	m.MsgRandom = as.MsgRandom
	_, err := o.Send(ctx, c, to, m, as.MsgSeq)
	return err
}
