package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	otel.SetTextMapPropagator(propagation.TraceContext{}) // as most programs do: it must not reach the vendor
	goleak.VerifyTestMain(m)
}

// A probe keeps all that is said in a test: spans, metrics and log lines.
type probe struct {
	telemetry
	log    *slog.Logger
	logged logBuffer
	spans  *tracetest.InMemoryExporter
	reader *sdkmetric.ManualReader
}

// A logBuffer can be read while a handler that is late still writes to it.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newProbe() *probe {
	p := &probe{spans: tracetest.NewInMemoryExporter(), reader: sdkmetric.NewManualReader()}
	p.traces = sdktrace.NewTracerProvider(sdktrace.WithSyncer(p.spans))
	p.metrics = sdkmetric.NewMeterProvider(sdkmetric.WithReader(p.reader))
	p.log = slog.New(slog.NewTextHandler(&p.logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	return p
}

// said returns everything as text: names, attributes, events, links and statuses of spans, names, attributes and
// exemplars of metrics, and the log.
func (p *probe) said(t *testing.T) string {
	t.Helper()
	var metrics metricdata.ResourceMetrics
	require.NoError(t, p.reader.Collect(t.Context(), &metrics))
	require.NotEmpty(t, metrics.ScopeMetrics)
	require.NotEmpty(t, p.spans.GetSpans())
	text, err := json.Marshal([]any{p.spans.GetSpans(), metrics})
	require.NoError(t, err)
	return string(text) + p.logged.String()
}

// names returns the names of the spans in the order of their end.
func (p *probe) names() (names []string) {
	for _, s := range p.spans.GetSpans() {
		names = append(names, s.Name)
	}
	return names
}

// span returns the last span of that name.
func (p *probe) span(t *testing.T, name string) tracetest.SpanStub {
	t.Helper()
	for _, s := range slices.Backward(p.spans.GetSpans()) {
		if s.Name == name {
			return s
		}
	}
	require.Contains(t, p.names(), name)
	return tracetest.SpanStub{}
}

// attr returns an attribute that is a text, and "" where there is none.
func attr(attrs attribute.Set, key attribute.Key) string {
	value, _ := attrs.Value(key)
	return value.AsString()
}

// measured returns the attributes of each series of a histogram of seconds.
func (p *probe) measured(t *testing.T, name string) (series []attribute.Set) {
	t.Helper()
	data, _ := p.metric(t, name).(metricdata.Histogram[float64])
	for _, point := range data.DataPoints {
		series = append(series, point.Attributes)
	}
	return series
}

// metric returns what was measured under that name, nil where nothing was.
func (p *probe) metric(t *testing.T, name string) metricdata.Aggregation {
	t.Helper()
	var metrics metricdata.ResourceMetrics
	require.NoError(t, p.reader.Collect(t.Context(), &metrics))
	for _, scope := range metrics.ScopeMetrics {
		for _, m := range scope.Metrics {
			if m.Name == name {
				return m.Data
			}
		}
	}
	return nil
}

// A wire notes the UserSigs that are sent, below everything else.
type wire struct {
	next http.RoundTripper
	mu   sync.Mutex
	sigs []string
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.see(r)
	return w.next.RoundTrip(r)
}

func (w *wire) see(r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sigs = append(w.sigs, r.URL.Query().Get("usersig"))
}

// assertSecret fails the test where one of the secrets, or its first or last part, is in text.
func assertSecret(t *testing.T, text string, secrets ...string) {
	t.Helper()
	require.NotEmpty(t, text)
	for _, secret := range secrets {
		require.Greater(t, len(secret), 15, "a secret to look for")
		assert.NotContains(t, text, secret[:16])
		assert.NotContains(t, text, secret[len(secret)-16:])
		assert.NotContains(t, text, url.QueryEscape(secret[len(secret)-16:]))
	}
	for _, name := range []string{"usersig=", "Sign=", "RequestTime="} {
		assert.NotContains(t, text, name)
	}
}
