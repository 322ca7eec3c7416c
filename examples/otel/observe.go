package main

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// hostKey is the attribute that says which of the region's hosts calls go to from then on: "primary" or "standby".
const hostKey = attribute.Key("tencentchat.host")

// observeCalls returns the option for restapi.NewClient that measures what happens on the way of calls: how long they
// wait for the limiter, and how often they are tried again, slow the limiter down and move to the standby host and
// back. Each metric has the command, and error.type where a failure was the reason.
func observeCalls(t telemetry) (restapi.Option, error) {
	meter := t.metrics.Meter(scope)
	wait, err := meter.Float64Histogram("tencentchat.client.limiter.wait_time", metric.WithUnit("s"),
		metric.WithDescription("Time that attempts waited for the limiter, whether or not it let them go."),
		metric.WithExplicitBucketBoundaries(.001, .005, .01, .05, .1, .5, 1, 5, 10))
	retries, err2 := meter.Int64Counter("tencentchat.client.retries", metric.WithUnit("{retry}"),
		metric.WithDescription("Calls that set out again after a failed attempt, with a new UserSig or after a delay."))
	slowdowns, err3 := meter.Int64Counter("tencentchat.client.slowdowns", metric.WithUnit("{slowdown}"),
		metric.WithDescription("Refusals by the service for which the limiter was told to slow down."))
	failovers, err4 := meter.Int64Counter("tencentchat.client.failovers", metric.WithUnit("{failover}"),
		metric.WithDescription("Moves to the standby host of the region and back to the primary one."))
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return nil, err
	}
	return restapi.WithObserver(func(ctx context.Context, e restapi.Event) {
		attrs := []attribute.KeyValue{commandKey.String(e.Command.String())}
		if e.Err != nil {
			attrs = append(attrs, attribute.String("error.type", errorType(e.Err)))
		}
		switch e.Kind {
		case restapi.Waited:
			wait.Record(ctx, e.Duration.Seconds(), metric.WithAttributes(attrs...))
		case restapi.Retried, restapi.SignedAgain:
			retries.Add(ctx, 1, metric.WithAttributes(attrs...))
		case restapi.SlowedDown:
			slowdowns.Add(ctx, 1, metric.WithAttributes(attrs...))
		case restapi.FailedOver:
			failovers.Add(ctx, 1, metric.WithAttributes(append(attrs, hostKey.String("standby"))...))
		case restapi.FailedBack:
			failovers.Add(ctx, 1, metric.WithAttributes(append(attrs, hostKey.String("primary"))...))
		}
	}), nil
}
