package jetstream_test

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
)

func config(t testing.TB, js jetstream.JetStream, name string) jetstream.StreamConfig {
	t.Helper()
	s, err := js.Stream(t.Context(), name)
	require.NoError(t, err)
	return s.CachedInfo().Config
}

func TestEnsureStream(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	for name, want := range map[string]struct {
		subject string
		maxAge  time.Duration
	}{
		"TENCENTCHAT":      {"tencentchat.webhook.>", 72 * time.Hour},
		"TENCENTCHAT_DEAD": {"tencentchat.webhook-dead.>", 30 * 24 * time.Hour},
	} {
		cfg := config(t, js, name)
		assert.Equal(t, []string{want.subject}, cfg.Subjects)
		assert.Equal(t, want.maxAge, cfg.MaxAge)
		assert.Equal(t, jetstream.FileStorage, cfg.Storage)
		assert.Equal(t, jetstream.LimitsPolicy, cfg.Retention, "what was handled is what duplicates are known by")
		assert.Equal(t, jetstream.DiscardNew, cfg.Discard, "nothing that was answered is dropped")
		assert.Equal(t, jetstream.DefaultPersistMode, cfg.PersistMode)
		assert.Equal(t, 2*time.Minute, cfg.Duplicates)
		assert.Equal(t, 1, cfg.Replicas)
		assert.Equal(t, int64(-1), cfg.MaxBytes)
	}

	// Once more, changed.
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{
		Duplicates: time.Minute, MaxAge: time.Hour, MaxBytes: 1 << 20, DeadMaxAge: 30 * time.Second,
		Adjust: func(cfg *jetstream.StreamConfig) { cfg.Compression = jetstream.S2Compression },
	}))
	cfg := config(t, js, "TENCENTCHAT")
	assert.Equal(t, time.Minute, cfg.Duplicates)
	assert.Equal(t, time.Hour, cfg.MaxAge)
	assert.Equal(t, int64(1<<20), cfg.MaxBytes)
	assert.Equal(t, jetstream.S2Compression, cfg.Compression)
	cfg = config(t, js, "TENCENTCHAT_DEAD")
	assert.Equal(t, 30*time.Second, cfg.MaxAge)
	assert.Equal(t, 30*time.Second, cfg.Duplicates, "no longer than messages live")

	// A short life shortens the default window; a second pair lives next to the first.
	require.NoError(t, webhooks.EnsureStream(t.Context(), js, webhooks.StreamConfig{
		Name: "OTHER", Prefix: "other.app", MaxAge: time.Minute,
	}))
	assert.Equal(t, time.Minute, config(t, js, "OTHER").Duplicates)
	assert.Equal(t, []string{"other.app-dead.>"}, config(t, js, "OTHER_DEAD").Subjects)
}

func TestEnsureStreamRefuses(t *testing.T) {
	t.Parallel()
	_, js := stream(t, webhooks.StreamConfig{})
	for name, c := range map[string]struct {
		cfg  webhooks.StreamConfig
		want string
	}{
		"wildcard in the prefix":    {webhooks.StreamConfig{Prefix: "a.*"}, "prefix"},
		"empty word in the prefix":  {webhooks.StreamConfig{Prefix: "a..b"}, "prefix"},
		"the server's own subjects": {webhooks.StreamConfig{Prefix: "$JS.API"}, "prefix"},
		"negative age":              {webhooks.StreamConfig{MaxAge: -1}, "negative"},
		"negative replicas":         {webhooks.StreamConfig{Replicas: -1}, "negative"},
		"window beyond age":         {webhooks.StreamConfig{MaxAge: time.Minute, Duplicates: time.Hour}, "longer than MaxAge"},
		"name of two words":         {webhooks.StreamConfig{Name: "a b"}, "a b_DEAD"},
		"subjects of another":       {webhooks.StreamConfig{Name: "SECOND"}, "overlap"},
		"more replicas than servers": {
			webhooks.StreamConfig{Name: "THREE", Prefix: "three", Replicas: 3}, "replicas > 1 not supported",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorContains(t, webhooks.EnsureStream(t.Context(), js, c.cfg), c.want)
		})
	}
	require.ErrorContains(t, webhooks.EnsureStream(t.Context(), nil, webhooks.StreamConfig{}), "nil JetStream")
}
