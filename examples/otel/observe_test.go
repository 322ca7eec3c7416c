package main

import (
	"errors"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

const waitTime = "tencentchat.client.limiter.wait_time"

// counted returns the value of a counter for each set of attributes, as "key=value,key=value" without the command,
// which is always the same.
func (p *probe) counted(t *testing.T, name string) map[string]int64 {
	t.Helper()
	values := map[string]int64{}
	data, _ := p.metric(t, name).(metricdata.Sum[int64])
	for _, point := range data.DataPoints {
		assert.Equal(t, "profile/portrait_set", attr(point.Attributes, commandKey))
		rest, _ := point.Attributes.Filter(func(kv attribute.KeyValue) bool { return kv.Key != commandKey })
		values[rest.Encoded(attribute.DefaultEncoder())] = point.Value
	}
	return values
}

// hosts is a network in memory that leads both hosts of the region to one server. It reports on its connections as the
// transport of net/http does.
type hosts struct {
	next http.RoundTripper
	down atomic.Bool // the first one
}

func (h *hosts) RoundTrip(r *http.Request) (*http.Response, error) {
	trace := httptrace.ContextClientTrace(r.Context())
	trace.GetConn(r.URL.Host)
	if h.down.Load() && strings.HasSuffix(r.URL.Host, ".im.qcloud.com") {
		return nil, errors.New("connection refused")
	}
	trace.GotConn(httptrace.GotConnInfo{})
	return h.next.RoundTrip(r)
}

// observedClient is a client of chat's app whose calls are measured by p.
func observedClient(
	t *testing.T, p *probe, chat *restapitest.Server, opts ...restapi.Option,
) (users *profile.Client, network *hosts) {
	t.Helper()
	traced, err := traceCalls(p.telemetry)
	require.NoError(t, err)
	network = &hosts{next: chat.Transport()}
	opts = append(append(traced, restapi.WithHTTPClient(&http.Client{Transport: network})), opts...)
	client, err := restapi.NewClient(restapi.Singapore, chat.SDKAppID(), chat.SecretKey(), opts...)
	require.NoError(t, err)
	return profile.NewClient(client), network
}

func TestWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		chat := restapitest.NewServer(restapitest.WithoutListener())
		defer chat.Close()
		chat.AddAccount("leckie")
		p := newProbe()
		limit := map[string]int{"profile/portrait_set": 1}
		users, _ := observedClient(t, p, chat, restapi.WithLimiter(restapi.NewLimiter(restapi.LimiterConfig{
			PerSecond: limit, MaxWait: 2 * time.Second,
		})))
		start := time.Now()
		for range 3 {
			require.NoError(t, users.SetProfile(t.Context(), "leckie", profile.Nick.To("Leckie")))
		}
		waited := time.Since(start).Seconds()
		assert.InDelta(t, 2.1, waited, 0.01)
		data, ok := p.metric(t, waitTime).(metricdata.Histogram[float64])
		require.True(t, ok)
		require.Len(t, data.DataPoints, 1)
		point := data.DataPoints[0]
		assert.Equal(t, "profile/portrait_set", attr(point.Attributes, commandKey))
		assert.EqualValues(t, 3, point.Count)
		assert.InDelta(t, waited, point.Sum, 0.001, "all the time that the calls took")
		assert.EqualValues(t, 1, point.BucketCounts[0], "the one that did not wait")
		for _, name := range []string{"retries", "slowdowns", "failovers"} {
			assert.Empty(t, p.counted(t, "tencentchat.client."+name))
		}
	})
}

func TestRefusedByTheLimiter(t *testing.T) {
	t.Parallel()
	chat := restapitest.NewServer(restapitest.WithoutListener())
	defer chat.Close()
	p := newProbe()
	users, _ := observedClient(t, p, chat, restapi.WithLimiter(noTurn{}))
	require.ErrorIs(t, users.SetProfile(t.Context(), "leckie", profile.Nick.To("Leckie")), restapi.ErrRateLimited)
	series := p.measured(t, waitTime)
	require.Len(t, series, 1)
	assert.Equal(t, "rate_limited", attr(series[0], "error.type"))
}

func TestRetriesAndSlowdowns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		chat := restapitest.NewServer(restapitest.WithoutListener())
		defer chat.Close()
		chat.AddAccount("leckie")
		p := newProbe()
		users, _ := observedClient(t, p, chat)
		for _, code := range []restapi.Code{60007, 60008, 70001} {
			chat.FailNext(profile.CommandPortraitSet, code, 1)
			require.NoError(t, users.SetProfile(t.Context(), "leckie", profile.Nick.To("Leckie")))
		}
		assert.Equal(t, map[string]int64{"error.type=60007": 1, "error.type=60008": 1, "error.type=70001": 1},
			p.counted(t, "tencentchat.client.retries"))
		assert.Equal(t, map[string]int64{"error.type=60007": 1}, p.counted(t, "tencentchat.client.slowdowns"))
		assert.Empty(t, p.counted(t, "tencentchat.client.failovers"))
	})
}

func TestFailovers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		chat := restapitest.NewServer(restapitest.WithoutListener())
		defer chat.Close()
		chat.AddAccount("leckie")
		p := newProbe()
		users, network := observedClient(t, p, chat)
		for _, down := range []bool{false, true, true, false} {
			network.down.Store(down)
			require.NoError(t, users.SetProfile(t.Context(), "leckie", profile.Nick.To("Leckie")))
			time.Sleep(time.Minute) // the first host is tried again from time to time
		}
		assert.Equal(t, map[string]int64{"error.type=network,tencentchat.host=standby": 1, "tencentchat.host=primary": 1},
			p.counted(t, "tencentchat.client.failovers"))
		assert.Empty(t, p.counted(t, "tencentchat.client.retries"), "the standby is tried within the same attempt")
	})
}
