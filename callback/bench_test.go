package callback_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
)

// discard is a ResponseWriter that costs nothing and, like the one of net/http, takes strings and has a read deadline.
type discard struct {
	header http.Header
	status int
}

func newDiscard() *discard { return &discard{header: http.Header{}} }

func (d *discard) Header() http.Header               { return d.header }
func (d *discard) WriteHeader(status int)            { d.status = status }
func (d *discard) Write(p []byte) (int, error)       { return len(p), nil }
func (d *discard) WriteString(s string) (int, error) { return len(s), nil }
func (d *discard) SetReadDeadline(time.Time) error   { return nil }

const groupInfoBody = `{"CallbackCommand":"Group.CallbackAfterGroupInfoChanged","GroupId":"@TGS#2J4SZEAEL","Type":"Public",` +
	`"Operator_Account":"leckie","Name":"MyFirstGroup","Introduction":"TestGroup","Notification":"NewNotification",` +
	`"EventTime":1670574414123}`

// c2cBody is a one-to-one message of 2 kB, most of which is its text.
func c2cBody(command, result string) string {
	const head, tail = `{"CallbackCommand":"`, `","From_Account":"jared","To_Account":"Johnson","MsgRandom":123456,"MsgSeq":456789,"MsgTime":1557481126,` +
		`"MsgKey":"48374_2837546_1557481126","MsgId":"144115233406643804-1727580296-4026038328","OnlineOnlyFlag":0,`
	message := `"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"` + strings.Repeat("red packet, ", 132) + `"}}],` +
		`"CloudCustomData":"your cloud custom data","EventTime":1670574414123}`
	return head + command + tail + result + message
}

func bench(b *testing.B, h http.Handler, command, body string) {
	b.Helper()
	w := newDiscard()
	r := httptest.NewRequest(http.MethodPost, "/im/hook?"+signed(command).Encode(), nil)
	reader := strings.NewReader("")
	r.Body = io.NopCloser(reader)
	r.ContentLength = int64(len(body))
	b.ReportAllocs()
	for b.Loop() {
		reader.Reset(body)
		h.ServeHTTP(w, r)
	}
	if w.status != http.StatusOK && w.status != 0 {
		b.Fatal(w.status)
	}
}

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
		_, _ = io.WriteString(w, okay)
	}
}

// The webhooks that are measured, each with the least that a user would write by hand for it.
var benchmarks = []struct {
	name, command, body string
	register            func(*callback.Handler)
	plain               http.Handler
}{
	{
		"GroupAfterGroupInfoChanged", "Group.CallbackAfterGroupInfoChanged", groupInfoBody,
		func(h *callback.Handler) {
			callback.On(h, func(context.Context, *callback.GroupAfterGroupInfoChanged) error { return nil })
		},
		plain(func(*struct {
			CallbackCommand string
			GroupID         string `json:"GroupId"`
			Type            string
			OperatorAccount string `json:"Operator_Account"`
			Name            *string
			Introduction    *string
			Notification    *string
			FaceURL         *string `json:"FaceUrl"`
			EventTime       int64
		}) {
		}),
	},
	{
		"C2CAfterSendMsg", "C2C.CallbackAfterSendMsg",
		c2cBody("C2C.CallbackAfterSendMsg", `"SendMsgResult":0,"ErrorInfo":"send msg succeed","UnreadMsgNum":7,`),
		func(h *callback.Handler) {
			callback.On(h, func(context.Context, *callback.C2CAfterSendMsg) error { return nil })
		},
		plain(func(*c2cMessage) {}),
	},
	{
		"C2CBeforeSendMsg", "C2C.CallbackBeforeSendMsg", c2cBody("C2C.CallbackBeforeSendMsg", ""),
		func(h *callback.Handler) {
			callback.Answer(h, func(_ context.Context, e *callback.C2CBeforeSendMsg) (callback.C2CBeforeSendMsgAnswer, error) {
				return e.Allow(), nil
			})
		},
		plain(func(*c2cMessage) {}),
	},
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
		MsgContent json.RawMessage
	}
	CloudCustomData string
	EventTime       int64
}

// A webhook in full: signature, time, app and body checked, decoded, given to its handler and answered.
func BenchmarkHandler(b *testing.B) {
	for _, event := range benchmarks {
		b.Run("event="+event.name, func(b *testing.B) {
			b.Run("by=plain", func(b *testing.B) { bench(b, event.plain, event.command, event.body) })
			b.Run("by=handler", func(b *testing.B) {
				h := handler(b)
				event.register(h)
				bench(b, h, event.command, event.body)
			})
			b.Run("by=unhandled", func(b *testing.B) { bench(b, handler(b), event.command, event.body) })
		})
	}
}

func BenchmarkRefused(b *testing.B) {
	h, err := callback.NewHandler(app, callback.WithToken("another"), callback.WithClock(clock))
	if err != nil {
		b.Fatal(err)
	}
	w := newDiscard()
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/im/hook?"+signed(portraitSet).Encode(), nil)
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
	if w.status != http.StatusUnauthorized {
		b.Fatal(w.status)
	}
}
