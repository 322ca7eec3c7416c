package restapi_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// What a call allocates over a transport in memory, limiter, signing and logger included.
func TestCallAllocatesLittle(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector allocates too")
	}
	client, err := restapi.NewClient(restapi.Singapore, appID, secret, restapi.WithLimiter(unlimited()),
		inMemory(func(r *http.Request) (*http.Response, error) {
			_, err := io.Copy(io.Discard, r.Body)
			return respond(answerOK), err
		}))
	require.NoError(t, err)
	req := struct {
		FromAccount string `json:"From_Account"`
	}{"leckie"}
	call := func() { require.NoError(t, client.Call(t.Context(), setCommand, &req, nil)) }
	call()
	assert.LessOrEqual(t, testing.AllocsPerRun(100, call), 26.0)
}
