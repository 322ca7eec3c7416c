package main

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/stdout/stdoutmetric"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// scope is the name under which this program's own spans and metrics stand next to those of otelhttp.
const scope = "github.com/go-tencentchat/tencentchat/examples/otel"

// commandKey is the attribute that every span and metric of a REST command or a webhook has.
const commandKey = attribute.Key("tencentchat.command")

// A telemetry is where spans and metrics go. A program with global providers passes otel.GetTracerProvider() and
// otel.GetMeterProvider().
type telemetry struct {
	traces  trace.TracerProvider
	metrics metric.MeterProvider
}

// toStdout sends spans and metrics to out, one JSON object to a line. A real program puts OTLP exporters in their
// place.
func toStdout(out io.Writer) (t telemetry, shutdown func(context.Context) error, err error) {
	spans, err := stdouttrace.New(stdouttrace.WithWriter(out))
	if err != nil {
		return telemetry{}, nil, err
	}
	numbers, err := stdoutmetric.New(stdoutmetric.WithWriter(out))
	if err != nil {
		return telemetry{}, nil, err
	}
	service := resource.NewSchemaless(attribute.String("service.name", "tencentchat-example"))
	traces := sdktrace.NewTracerProvider(sdktrace.WithBatcher(spans), sdktrace.WithResource(service))
	metrics := sdkmetric.NewMeterProvider(sdkmetric.WithReader(sdkmetric.NewPeriodicReader(numbers)),
		sdkmetric.WithResource(service))
	shutdown = func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		return errors.Join(traces.Shutdown(ctx), metrics.Shutdown(ctx))
	}
	return telemetry{traces, metrics}, shutdown, nil
}

// noPropagation keeps traces apart at the border: the vendor has no use for our trace IDs, and a stranger who calls the
// webhook's address must not choose them.
func noPropagation() propagation.TextMapPropagator {
	return propagation.NewCompositeTextMapPropagator()
}

type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
