package jetstream_test

import (
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/assert"

	webhooks "github.com/go-tencentchat/tencentchat/callback/jetstream"
)

func TestSubject(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ command, want string }{
		"as documented":      {portraitSet, "p.7." + portraitSet},
		"no dot":             {"New", "p.7.New"},
		"three words":        {"A.b-c_d.E9", "p.7.A.b-c_d.E9"},
		"empty":              {"", "p.7.%"},
		"dots at the ends":   {".A.", "p.7.%2EA%2E"},
		"dots in a row":      {"A..B", "p.7.A.%2EB"},
		"wildcards":          {"A.*.>", "p.7.A.%2A.%3E"},
		"space and new line": {"A B\r\n", "p.7.A%20B%0D%0A"},
		"percent":            {"%2E", "p.7.%252E"},
		"other letters":      {"名", "p.7.%E5%90%8D"},
		"too long":           {strings.Repeat("x", 200), "p.7." + strings.Repeat("x", 128)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, webhooks.Subject("p", 7, c.command))
		})
	}
}

func FuzzSubject(f *testing.F) {
	for _, command := range []string{portraitSet, "", ".", "..", "a.", ".a", "a..b", "*", ">", "a b", "\x00", "é"} {
		f.Add(command)
	}
	f.Fuzz(func(t *testing.T, command string) {
		subject := webhooks.Subject(webhooks.DefaultPrefix, app, command)
		if !server.IsValidLiteralSubject(subject) || strings.ContainsAny(subject, " \t\r\n\x00") {
			t.Errorf("%q becomes %q", command, subject)
		}
		if len(subject) > 500 {
			t.Errorf("%d bytes", len(subject))
		}
	})
}
