// Package webhookbench has the webhooks that handlers are measured with, and the plain handlers that they are measured
// against. Benchmarks of more than one module use it.
package webhookbench

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
)

// App is the app of every request.
const App = 1400000001

// A Case is one webhook.
type Case struct {
	Name, Command, Body string

	Plain    http.Handler            // what a user would write by hand
	Register func(*callback.Handler) // the handler of the event, which does nothing
}

// Cases returns the webhooks: one of 0.2 kB, and one of 2 kB both as it is after a message and before.
func Cases() []Case {
	const (
		groupInfo = "Group.CallbackAfterGroupInfoChanged"
		after     = "C2C.CallbackAfterSendMsg"
		before    = "C2C.CallbackBeforeSendMsg"
	)
	text := strings.Repeat("red packet, ", 132)
	return []Case{
		{
			Name: "GroupAfterGroupInfoChanged", Command: groupInfo,
			Body: `{"CallbackCommand":"Group.CallbackAfterGroupInfoChanged","GroupId":"@TGS#2J4SZEAEL","Type":"Public",` +
				`"Operator_Account":"leckie","Name":"MyFirstGroup","Introduction":"TestGroup","Notification":"NewNotification",` +
				`"EventTime":1670574414123}`,
			Plain: plain(func(*groupInfoChanged) {}),
			Register: func(h *callback.Handler) {
				callback.On(h, func(context.Context, *callback.GroupAfterGroupInfoChanged) error { return nil })
			},
		},
		{
			Name: "C2CAfterSendMsg", Command: after,
			Body:  C2CBody(after, `"SendMsgResult":0,"ErrorInfo":"send msg succeed","UnreadMsgNum":7,`, text),
			Plain: plain(func(*c2cMessage) {}),
			Register: func(h *callback.Handler) {
				callback.On(h, func(context.Context, *callback.C2CAfterSendMsg) error { return nil })
			},
		},
		{
			Name: "C2CBeforeSendMsg", Command: before, Body: C2CBody(before, "", text),
			Plain: plain(func(*c2cMessage) {}),
			Register: func(h *callback.Handler) {
				callback.Answer(h, func(_ context.Context, e *callback.C2CBeforeSendMsg) (callback.C2CBeforeSendMsgAnswer, error) {
					return e.Allow(), nil
				})
			},
		},
	}
}

// C2CBody returns the body of a one-to-one message. members are further ones of the event.
func C2CBody(command, members, text string) string {
	return `{"CallbackCommand":"` + command + `","From_Account":"jared","To_Account":"Johnson","MsgRandom":123456,"MsgSeq":456789,` +
		`"MsgTime":1557481126,"MsgKey":"48374_2837546_1557481126","MsgId":"144115233406643804-1727580296-4026038328",` +
		`"OnlineOnlyFlag":0,` + members + `"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"` + text + `"}}],` +
		`"CloudCustomData":"your cloud custom data","EventTime":1670574414123}`
}

// NewHandler returns a Handler that verifies everything.
func NewHandler(tb testing.TB, opts ...callback.Option) *callback.Handler {
	tb.Helper()
	h, err := callback.NewHandler(App, append(opts, callback.WithToken("wh-Token_0A1b2C3d"))...)
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

// A Caller calls a handler with one webhook again and again, at no cost of its own. It is for one goroutine.
type Caller struct {
	handler http.Handler
	body    string
	request *http.Request
	reader  *strings.Reader
	writer  discard
}

// NewCaller returns a Caller of h. What it sends is signed for signer, and valid for a minute.
func NewCaller(tb testing.TB, h http.Handler, signer *callback.Handler, command, body string) *Caller {
	tb.Helper()
	query := url.Values{"CallbackCommand": {command}, "contenttype": {"json"}, "ClientIP": {"203.0.113.7"}, "OptPlatform": {"iOS"}}
	signer.SignQuery(query)
	c := &Caller{handler: h, body: body, reader: strings.NewReader(""), writer: discard{header: http.Header{}}}
	c.request = httptest.NewRequestWithContext(tb.Context(), http.MethodPost, "/im/hook?"+query.Encode(), nil)
	c.request.Body = io.NopCloser(c.reader)
	c.request.ContentLength = int64(len(body))
	return c
}

// Call has the webhook handled, and says whether it was answered 200.
func (c *Caller) Call() bool {
	c.reader.Reset(c.body)
	c.handler.ServeHTTP(&c.writer, c.request)
	return c.writer.status == 0 || c.writer.status == http.StatusOK
}

// Run measures a handler.
func Run(b *testing.B, h http.Handler, signer *callback.Handler, command, body string) {
	b.Helper()
	c := NewCaller(b, h, signer, command, body)
	b.ReportAllocs()
	for b.Loop() {
		if !c.Call() {
			b.Fatal("not answered 200")
		}
	}
}

// discard is a ResponseWriter that costs nothing and, like the one of net/http, takes strings and has a read deadline.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header               { return d.header }
func (d *discard) WriteHeader(status int)            { d.status = status }
func (d *discard) Write(p []byte) (int, error)       { return len(p), nil }
func (d *discard) WriteString(s string) (int, error) { return len(s), nil }
func (d *discard) SetReadDeadline(time.Time) error   { return nil }

// plain is what anyone writes by hand in ten lines, with no signature checked, no deadline and no panic caught.
func plain[E any](use func(*E)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		if q.Get("SdkAppid") != "1400000001" || q.Get("CallbackCommand") == "" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		e := new(E)
		if err != nil || json.Unmarshal(data, e) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		use(e)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}`)
	}
}

type groupInfoChanged struct {
	CallbackCommand string
	GroupID         string `json:"GroupId"`
	Type            string
	OperatorAccount string `json:"Operator_Account"`
	Name            *string
	Introduction    *string
	Notification    *string
	FaceURL         *string `json:"FaceUrl"`
	EventTime       int64
}

type c2cMessage struct {
	CallbackCommand string
	FromAccount     string `json:"From_Account"`
	ToAccount       string `json:"To_Account"`
	MsgSeq          uint32
	MsgRandom       uint32
	MsgTime         int64
	MsgKey          string
	MsgID           string `json:"MsgId"`
	OnlineOnlyFlag  int
	SendMsgResult   int
	ErrorInfo       string
	UnreadMsgNum    int
	MsgBody         []struct {
		MsgType    string
		MsgContent struct{ Text string }
	}
	CloudCustomData string
	EventTime       int64
}
