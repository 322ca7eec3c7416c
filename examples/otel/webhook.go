package main

import (
	"context"
	"net/http"
	"net/url"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/go-tencentchat/tencentchat/callback"
)

// traceEvents returns the options for callback.NewHandler that give each event a span named by its CallbackCommand.
// Events get there when they are verified, so that no stranger makes up names; what is refused before that is an error
// of the request's span. Behind a queue, where there is no request, Dispatch has the same spans.
func traceEvents(t telemetry) []callback.Option {
	tracer := t.traces.Tracer(scope)
	event := func(next callback.Next) callback.Next {
		return func(ctx context.Context, e callback.Event) (any, error) {
			command := commandKey.String(e.Command())
			labels, _ := otelhttp.LabelerFromContext(ctx) // for the metrics of otelhttp
			labels.Add(command)
			ctx, span := tracer.Start(ctx, e.Command(), trace.WithAttributes(command))
			defer span.End() // records a panic, too
			answer, err := next(ctx, e)
			if err != nil {
				span.SetStatus(codes.Error, err.Error())
			}
			return answer, err
		}
	}
	refused := func(ctx context.Context, err error) {
		trace.SpanFromContext(ctx).SetStatus(codes.Error, err.Error())
	}
	return []callback.Option{callback.WithMiddleware(event), callback.WithRefused(refused)}
}

// traceRequests puts otelhttp around h, a callback.Handler, and hides the query from it: that has Sign, with which
// anyone can send webhooks for a minute. The otelhttp of go.mod records no query of a server's request by itself, but
// others do, and so do span name formatters, filters and labels that people add. What they do not see they cannot
// record.
//
// Mount the result where h would be. Middleware around it sees the whole URL, otelhttp around a whole mux among it.
func traceRequests(h http.Handler, t telemetry, opts ...otelhttp.Option) http.Handler {
	opts = append([]otelhttp.Option{
		otelhttp.WithTracerProvider(t.traces), otelhttp.WithMeterProvider(t.metrics), otelhttp.WithPropagators(noPropagation()),
	}, opts...)
	traced := otelhttp.NewHandler(withQuery(h), "webhook", opts...)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bare := r.WithContext(context.WithValue(r.Context(), signedKey{}, &signed{r.URL, r.RequestURI}))
		bare.URL = &url.URL{Path: r.URL.Path, RawPath: r.URL.RawPath}
		bare.RequestURI = bare.URL.RequestURI()
		traced.ServeHTTP(w, bare)
	})
}

// signed is what of a request has the signature.
type signed struct {
	url *url.URL
	uri string
}

type signedKey struct{}

// withQuery gives requests back what traceRequests took from them.
func withQuery(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s, ok := r.Context().Value(signedKey{}).(*signed); ok {
			whole := *r
			whole.URL, whole.RequestURI = s.url, s.uri
			r = &whole
		}
		h.ServeHTTP(w, r)
	})
}
