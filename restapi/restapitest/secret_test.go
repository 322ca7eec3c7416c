package restapitest_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestNothingPrintsASecret(t *testing.T) {
	t.Parallel()
	srv := newServer(t, restapitest.WithApp(appID, secret), restapitest.WithCallback("http://127.0.0.1:1", token))
	type embedding struct {
		*restapitest.Server

		Name string
	}
	type pointing struct{ Chat, chat *restapitest.Server }
	holders := map[string]any{
		"itself":    srv,
		"its value": reflect.ValueOf(srv).Elem(),
		"embedded":  embedding{srv, "x"},
		"pointed":   pointing{srv, srv},
		"in a list": []*restapitest.Server{srv},
		"an option": restapitest.WithApp(appID, secret),
	}
	check := func(t *testing.T, text, how string) {
		t.Helper()
		for _, hidden := range []string{secret, token} {
			for _, form := range []string{hidden, hex.EncodeToString([]byte(hidden)), fmt.Sprintf("%d", []byte(hidden))} {
				assert.NotContains(t, strings.ToLower(text), strings.ToLower(form), how)
			}
		}
	}
	for name, holder := range holders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, verb := range "vTtbcdoOqxXUeEfFgGspwz" {
				for _, flags := range []string{"", "+", "#", "+#", " ", "-40.9"} {
					format := "%" + flags + string(verb)
					var b strings.Builder
					writef(&b, format, holder)
					check(t, b.String(), format)
				}
			}
			if data, err := json.Marshal(holder); err == nil {
				check(t, string(data), "json")
			}
		})
	}
	var failure reported
	other := newServer(t, restapitest.WithoutListener())
	quiet := newServer(t, restapitest.WithoutListener(), restapitest.WithApp(appID, secret),
		restapitest.WithCallback("http://127.0.0.1:1", token))
	assert.Equal(&failure, other, quiet)
	assert.NotEmpty(t, failure.text)
	check(t, failure.text, "what testify prints of servers that differ")
	assert.Equal(t, "restapitest.Server("+srv.URL+")", fmt.Sprintf("%d", srv))
	assert.Equal(t, `"restapitest.Server(`+srv.URL+`)"`, fmt.Sprintf("%q", srv))
}

// reported keeps what an assertion reports.
type reported struct{ text string }

func (r *reported) Errorf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) }
