package main

import (
	"bytes"
	stdjson "encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/segmentio/encoding/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/webhookbench"
)

func TestRun(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, run(&out, 10))
	assert.Equal(t, 2, strings.Count(out.String(), " a webhook\n"), out.String())
}

// TestReadsAsEncodingJSON: every documented webhook is read as by encoding/json, and what that refuses of it when it is cut
// or damaged anywhere, and what it takes, this decoder does too.
func TestReadsAsEncodingJSON(t *testing.T) {
	t.Parallel()
	webhooks, err := spec.Webhooks()
	require.NoError(t, err)
	for _, w := range webhooks {
		for _, body := range w.RequestExamples {
			same(t, w.Command, body)
			for i := range body {
				same(t, w.Command, body[:i])
				for _, flip := range []byte{0x01, 0x10, 0x80} {
					damaged := bytes.Clone(body)
					damaged[i] ^= flip
					same(t, w.Command, damaged)
				}
			}
			same(t, w.Command, append(bytes.Clone(body), '}'))
		}
	}
}

func same(t *testing.T, command string, body []byte) {
	t.Helper()
	want, err := callback.Decode(command, []byte(`{}`))
	require.NoError(t, err)
	got := reflect.New(reflect.TypeOf(want).Elem()).Interface()
	wantErr, err := stdjson.Unmarshal(body, want), json.Unmarshal(body, got)
	require.Equal(t, wantErr == nil, err == nil, "%q: %v and %v", body, wantErr, err)
	if err == nil {
		*want.Metadata(), *got.(callback.Event).Metadata() = callback.Meta{}, callback.Meta{}
		require.Equal(t, want, got, "%q", body)
	}
}

// The handler with this decoder, beside the one that a user would write by hand with encoding/json.
func BenchmarkDecoder(b *testing.B) {
	for _, c := range webhookbench.Cases() {
		b.Run("event="+c.Name, func(b *testing.B) {
			h := webhookbench.NewHandler(b, callback.WithDecoder(json.Unmarshal))
			c.Register(h)
			b.Run("by=plain", func(b *testing.B) { webhookbench.Run(b, c.Plain, h, c.Command, c.Body) })
			b.Run("by=decoder", func(b *testing.B) { webhookbench.Run(b, h, h, c.Command, c.Body) })
		})
	}
}
