package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// traceCalls returns the options for restapi.NewClient that trace and measure its calls. Each call has a span named by
// its command, profile/portrait_set, with the time spent waiting for the limiter and the error code in it; below that
// each attempt has one of otelhttp, POST /v4/profile/portrait_set. What happens between the attempts is for
// observeCalls.
//
// WithTransport puts otelhttp around the RoundTripper that signs, so that it sees a URL without a query. A traced
// transport handed to restapi.WithHTTPClient would lie below the signature, and write the UserSig into url.full.
func traceCalls(t telemetry) ([]restapi.Option, error) {
	took, err := t.metrics.Meter(scope).Float64Histogram("tencentchat.client.call.duration", metric.WithUnit("s"),
		metric.WithDescription("Time that calls took, waiting and retries included."),
		metric.WithExplicitBucketBoundaries(.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10))
	if err != nil {
		return nil, err
	}
	observed, err := observeCalls(t)
	if err != nil {
		return nil, err
	}
	tracer := t.traces.Tracer(scope)
	call := func(next restapi.Invoke) restapi.Invoke {
		return func(ctx context.Context, cmd restapi.Command, req, resp any) error {
			attrs := []attribute.KeyValue{commandKey.String(cmd.String())}
			ctx, span := tracer.Start(ctx, cmd.String(), trace.WithAttributes(attrs...))
			defer span.End()
			var labels otelhttp.Labeler // for the metrics of otelhttp
			labels.Add(attrs...)

			start := time.Now()
			err := next(otelhttp.ContextWithClientLabeler(ctx, &labels), cmd, req, resp)
			if err != nil {
				attrs = append(attrs, attribute.String("error.type", errorType(err)))
				span.SetAttributes(attrs...)
				span.SetStatus(codes.Error, err.Error())
			}
			took.Record(ctx, time.Since(start).Seconds(), metric.WithAttributes(attrs...))
			return err
		}
	}
	attempt := func(next http.RoundTripper) http.RoundTripper {
		return otelhttp.NewTransport(next, otelhttp.WithTracerProvider(t.traces), otelhttp.WithMeterProvider(t.metrics),
			otelhttp.WithPropagators(noPropagation()),
			otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return r.Method + " " + r.URL.Path }))
	}
	return []restapi.Option{restapi.WithMiddleware(call), restapi.WithTransport(attempt), observed}, nil
}

// errorType names a failure in a word, for a metric: the service answers HTTP status 200 to all that it refuses, so
// that otelhttp alone would count only successes.
func errorType(err error) string {
	failed, sent := errors.AsType[*restapi.Error](err)
	switch code := restapi.CodeOf(err); {
	case code != 0:
		return strconv.Itoa(int(code))
	case errors.Is(err, context.Canceled):
		return "canceled"
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case sent && failed.HTTPStatus != 0 && failed.HTTPStatus != http.StatusOK:
		return strconv.Itoa(failed.HTTPStatus)
	case errors.Is(err, restapi.ErrBadResponse):
		return "bad_response"
	case errors.Is(err, restapi.ErrRateLimited):
		return "rate_limited"
	case errors.Is(err, restapi.ErrTemporary):
		return "network"
	}
	return fmt.Sprintf("%T", err)
}
