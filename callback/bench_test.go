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
	"github.com/go-tencentchat/tencentchat/profile"
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

const portraitBody = `{"CallbackCommand":"Profile.CallbackPortraitSet","Operator_Account":"administrator","From_Account":"u-2",` +
	`"EventTime":1750648028456,"ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Robin H."},` +
	`{"Tag":"Tag_Profile_IM_Gender","Value":"Gender_Type_Female"},{"Tag":"Tag_Profile_IM_BirthDay","Value":19900117}]}`

const messageBody = `{"CallbackCommand":"Group.CallbackBeforeSendMsg","GroupId":"@TGS#3EXAMPLE","Type":"Public","From_Account":"u-1",` +
	`"Operator_Account":"u-1","Random":771122,"OnlineOnlyFlag":0,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello all"}},` +
	`{"MsgType":"TIMCustomElem","MsgContent":{"Data":"{}","Desc":"d"}}],"EventTime":1741574942001}`

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

// floor is what anyone writes by hand in ten lines, with no signature checked, no deadline and no panic caught.
func floor[E any](use func(*E)) http.HandlerFunc {
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

func BenchmarkAfter(b *testing.B) {
	h := handler(b)
	callback.On(h, ignore)
	bench(b, h, portraitSet, portraitBody)
}

func BenchmarkAfterFloor(b *testing.B) {
	bench(b, floor(func(*struct {
		CallbackCommand string
		OperatorAccount string `json:"Operator_Account"`
		FromAccount     string `json:"From_Account"`
		EventTime       int64
		ProfileItem     profile.Items
	}) {
	}), portraitSet, portraitBody)
}

func BenchmarkBefore(b *testing.B) {
	h := handler(b)
	callback.Answer(h, answerAllow)
	bench(b, h, beforeSendMsg, messageBody)
}

func BenchmarkBeforeFloor(b *testing.B) {
	bench(b, floor(func(*struct {
		CallbackCommand string
		GroupID         string `json:"GroupId"`
		Type            string
		FromAccount     string `json:"From_Account"`
		OperatorAccount string `json:"Operator_Account"`
		Random          uint32
		OnlineOnlyFlag  int
		MsgBody         []struct {
			MsgType    string
			MsgContent struct{ Text, Data, Desc string }
		}
		EventTime int64
	}) {
	}), beforeSendMsg, messageBody)
}

func BenchmarkUnhandled(b *testing.B) {
	bench(b, handler(b), portraitSet, portraitBody)
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
