package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestRun(t *testing.T) {
	t.Parallel()
	chat := restapitest.NewServer()
	defer chat.Close()
	var received wire
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		received.see(r)
		chat.Handler().ServeHTTP(w, r)
	}))
	defer front.Close()
	chat.URL = front.URL

	var out bytes.Buffer
	start := time.Now()
	require.NoError(t, run(t.Context(), &out, chat))
	assert.Less(t, time.Since(start), 5*time.Second)
	text := out.String()
	for _, want := range []string{
		"account   imported leckie", "profile   set the nickname of leckie",
		`webhook   Profile.CallbackPortraitSet: leckie is now called "Leckie"`,
		"error     profile/portrait_set: 40003 ProfileAccountNotFound",
		"limiter   told to slow down, and the call tried again", "failover  answered by the standby host",
		`"Name":"im_open_login_svc/account_import"`, `"Name":"profile/portrait_set"`, `"Name":"POST /v4/profile/portrait_set"`,
		`"Name":"POST /im"`, `"Name":"Profile.CallbackPortraitSet"`,
		`"Key":"error.type","Value":{"Type":"STRING","Value":"40003"}`,
		`"Name":"tencentchat.client.call.duration"`, `"Name":"http.client.request.duration"`,
		`"Name":"http.server.request.duration"`,
		`"Name":"tencentchat.client.limiter.wait_time"`, `"Name":"tencentchat.client.retries"`,
		`"Name":"tencentchat.client.slowdowns"`, `"Name":"tencentchat.client.failovers"`,
	} {
		assert.Contains(t, text, want)
	}
	// The spans and metrics of this program have the command, and the metrics of otelhttp: three for requests, two for
	// calls.
	labelled := `"Key":"tencentchat.command","Value":{"Type":"STRING","Value":`
	assert.Equal(t, 1+3, strings.Count(text, labelled+`"Profile.CallbackPortraitSet"}`))
	assert.Equal(t, 2+2+1+2, strings.Count(text, labelled+`"profile/portrait_set"}`))
	assert.Equal(t, 1+1, strings.Count(text, `"Status":{"Code":"Error"`), "a call and an attempt at a host")

	chat.Wait()
	require.Len(t, received.sigs, 6)
	require.Len(t, chat.Deliveries(), 1)
	sign := callback.Sign(webhookToken, strconv.FormatInt(chat.Deliveries()[0].Time.Unix(), 10))
	assertSecret(t, text, append(received.sigs, sign, webhookToken, chat.SecretKey())...)
}

func TestRunEnds(t *testing.T) {
	t.Parallel()
	chat := restapitest.NewServer()
	defer chat.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, run(ctx, &bytes.Buffer{}, chat), context.Canceled)
}
