package restapi_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// A benched call is a method over TLS on the loopback interface, with limiter, signing and retries, beside the least that
// any client must do: net/http with a transport that keeps its connections, a URL signed beforehand and a body encoded by
// encoding/json. Both use HTTP/1.1, have the same transport settings and have made their connections before the clock
// starts.
type benched struct {
	path   string
	body   func() any // what the floor encodes
	method func(ctx context.Context, c *restapi.Client) error
}

func BenchmarkSetProfile(b *testing.B) {
	type item struct{ Tag, Value string }
	benched{
		path: "profile/portrait_set",
		body: func() any {
			return struct {
				FromAccount string `json:"From_Account"`
				ProfileItem []item
			}{"leckie", []item{{"Tag_Profile_IM_Nick", "Leckie"}}}
		},
		method: func(ctx context.Context, c *restapi.Client) error {
			return profile.NewClient(c).SetProfile(ctx, "leckie", profile.Nick.To("Leckie"))
		},
	}.run(b)
}

func BenchmarkSend(b *testing.B) {
	type elem struct {
		MsgType    string
		MsgContent struct{ Text string }
	}
	benched{
		path: "openim/sendmsg",
		body: func() any {
			return struct {
				FromAccount       string `json:"From_Account"`
				ToAccount         string `json:"To_Account"`
				MsgSeq, MsgRandom uint32
				MsgBody           []elem
			}{"support", "ben", rand.Uint32(), rand.Uint32(), []elem{{"TIMTextElem", struct{ Text string }{"on its way"}}}}
		},
		method: func(ctx context.Context, c *restapi.Client) error {
			_, err := message.NewClient(c).Send(ctx, "ben", message.Message{
				FromAccount: "support", MsgBody: message.Text("on its way"),
			})
			return err
		},
	}.run(b)
}

func (c benched) run(b *testing.B) {
	for _, workers := range []int{1, 64} {
		for _, side := range []struct {
			name   string
			caller func(*testing.B, *httptest.Server) func() error
		}{{"floor", c.floor}, {"client", c.client}} {
			b.Run(fmt.Sprintf("workers=%d/by=%s", workers, side.name), func(b *testing.B) {
				call := side.caller(b, tlsServer(b))
				together(b, workers, 50, call)
				b.ReportAllocs()
				if workers == 1 {
					for b.Loop() {
						if err := call(); err != nil {
							b.Fatal(err)
						}
					}
					return
				}
				b.SetParallelism(max(1, workers/runtime.GOMAXPROCS(0)))
				b.ResetTimer()
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						if err := call(); err != nil {
							b.Error(err)
							return
						}
					}
				})
			})
		}
	}
}

func (c benched) floor(b *testing.B, server *httptest.Server) func() error {
	b.Helper()
	signer, err := usersig.New(appID, secret)
	require.NoError(b, err)
	sig, err := signer.Sign("administrator", 24*time.Hour)
	require.NoError(b, err)
	query := url.Values{
		"sdkappid": {strconv.Itoa(appID)}, "identifier": {"administrator"}, "usersig": {sig}, "random": {"4294967295"}, "contenttype": {"json"},
	}
	address := server.URL + "/v4/" + c.path + "?" + query.Encode()
	transport := &http.Transport{
		TLSClientConfig: trusting(server), ForceAttemptHTTP2: true, TLSHandshakeTimeout: 3 * time.Second,
		MaxIdleConns: 512, MaxIdleConnsPerHost: 256, IdleConnTimeout: 90 * time.Second,
	}
	b.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Transport: transport}
	return func() error {
		body, err := json.Marshal(c.body())
		if err != nil {
			return err
		}
		res, err := client.Post(address, "application/json", bytes.NewReader(body))
		if err != nil {
			return err
		}
		defer res.Body.Close()
		data, err := io.ReadAll(res.Body)
		if err != nil {
			return err
		}
		var answer struct {
			ActionStatus, ErrorInfo, MsgKey string
			ErrorCode, MsgTime              int
		}
		return json.Unmarshal(data, &answer)
	}
}

func (c benched) client(b *testing.B, server *httptest.Server) func() error {
	b.Helper()
	client, err := restapi.NewClient(restapi.Singapore, appID, secret, restapi.WithBaseURL(server.URL),
		restapi.WithTLSConfig(trusting(server)), restapi.WithLimiter(unlimited()))
	require.NoError(b, err)
	b.Cleanup(client.CloseIdleConnections)
	ctx := context.WithoutCancel(b.Context()) // as the floor's: the workers would wait for the lock of one that they share
	return func() error { return c.method(ctx, client) }
}

// unlimited is a limiter that does its work and never waits.
func unlimited() restapi.Limiter {
	return restapi.NewLimiter(restapi.LimiterConfig{PerSecond: map[string]int{"profile/portrait_set": 1e9, "openim/sendmsg": 1e9}})
}

func trusting(server *httptest.Server) *tls.Config {
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	return &tls.Config{RootCAs: pool}
}

func tlsServer(tb testing.TB) *httptest.Server {
	tb.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgTime":1750648027,"MsgKey":"1_2_1750648027"}`)
	}))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	tb.Cleanup(server.Close)
	return server
}

// together makes calls of many workers at once.
func together(tb testing.TB, workers, each int, call func() error) {
	tb.Helper()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for range each {
				if err := call(); err != nil {
					tb.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkMemory is what a client holds on to after so many calls, over a transport in memory.
func BenchmarkMemory(b *testing.B) {
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // the second empties what the pools kept
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	for _, calls := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("calls=%d", calls), func(b *testing.B) {
			for b.Loop() {
				before := heap()
				client, err := restapi.NewClient(restapi.Singapore, appID, secret, restapi.WithLimiter(unlimited()),
					inMemory(func(r *http.Request) (*http.Response, error) {
						_, err := io.Copy(io.Discard, r.Body)
						return respond(answerOK), err
					}))
				require.NoError(b, err)
				users := profile.NewClient(client)
				for i := range calls {
					if err := users.SetProfile(b.Context(), strconv.Itoa(i), profile.Nick.To("Leckie")); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(max(0, heap()-before), "heap-B")
				runtime.KeepAlive(client)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(calls), "ns/call")
		})
	}
}

// BenchmarkObserver is what an attempt does for an observer, besides two readings of the clock, the least that measures a
// wait.
func BenchmarkObserver(b *testing.B) {
	used, unused := observed(b)
	for _, side := range []struct {
		name   string
		client *restapi.Client
	}{{"unused", unused}, {"used", used}} {
		b.Run("by="+side.name, func(b *testing.B) {
			b.ReportAllocs()
			restapi.PassObserver(b.Context(), side.client, setCommand, b.N)
		})
	}
	b.Run("by=floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = time.Since(time.Now())
		}
	})
}

func BenchmarkLimiter(b *testing.B) {
	limiter := unlimited()
	b.ReportAllocs()
	for b.Loop() {
		if err := limiter.Wait(b.Context(), setCommand); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnswer reads the answers to GetProfiles of 100 users and to a page of 20 messages, beside the least that any
// client must do: one json.Unmarshal.
func BenchmarkAnswer(b *testing.B) {
	user := `{"To_Account":"user-0123456789","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Nickname of a user"},` +
		`{"Tag":"Tag_Profile_IM_Image","Value":"https://img.example.com/avatars/0123456789abcdef.png"},` +
		`{"Tag":"Tag_Profile_IM_Level","Value":7}],"ResultCode":0,"ResultInfo":""}`
	msg := `{"From_Account":"user-0123456789","To_Account":"user-9876543210","MsgSeq":549396494,"MsgRandom":2578554,` +
		`"MsgTimeStamp":1584669680,"MsgFlagBits":0,"IsPeerRead":0,"MsgKey":"549396494_2578554_1584669680",` +
		`"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a message of some words, as people write them"}}],` +
		`"CloudCustomData":"{\"order\":12345}"}`
	decode := restapi.Decoder("a-usersig-that-no-answer-has")
	list := func(item string, n int) string { return strings.TrimSuffix(strings.Repeat(item+",", n), ",") }
	type profiles struct {
		UserProfileItem []struct {
			ToAccount   string `json:"To_Account"`
			ProfileItem []struct {
				Tag   string
				Value json.RawMessage
			}
			ResultCode int
			ResultInfo string
		}
	}
	type page struct {
		Complete int
		MsgList  []struct {
			FromAccount, ToAccount, MsgKey, CloudCustomData string
			MsgSeq, MsgRandom                               uint64
			MsgTimeStamp                                    int64
			MsgBody                                         json.RawMessage
		}
	}
	for name, c := range map[string]struct {
		body string
		resp func() any
	}{
		"profiles": {`{"UserProfileItem":[` + list(user, 100) + `],"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`, func() any { return new(profiles) }},
		"page":     {`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"Complete":1,"MsgList":[` + list(msg, 20) + `]}`, func() any { return new(page) }},
	} {
		b.Run("of="+name+"/by=client", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := decode([]byte(c.body), c.resp()); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("of="+name+"/by=floor", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := json.Unmarshal([]byte(c.body), c.resp()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
