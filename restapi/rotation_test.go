package restapi_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// The key is changed in the console and in the token source: calls go on.
func TestKeyRotatedInTheMiddle(t *testing.T) {
	t.Parallel()
	var current atomic.Pointer[usersig.Signer] // what the token source signs with
	var accepted atomic.Pointer[usersig.Signer]
	rotate := func(key string) *usersig.Signer {
		signer, err := usersig.New(appID, key)
		require.NoError(t, err)
		return signer
	}
	current.Store(rotate(secret))
	accepted.Store(current.Load())
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if accepted.Load().Verify("administrator", r.URL.Query().Get("usersig")) != nil {
			fail(restapi.CodeUserSigKeyMismatch)(w, r)
			return
		}
		answer(answerOK)(w, r)
	})
	client := f.client(t, restapi.WithTokenSource(funcSource(func() (string, time.Time, error) {
		sig, err := current.Load().Sign("administrator", time.Hour)
		return sig, time.Now().Add(time.Hour), err
	})))
	stop := make(chan struct{})
	var wg sync.WaitGroup
	var calls [8]atomic.Int32
	for i := range calls {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					assert.NoError(t, client.Call(t.Context(), addCommand, nil, nil))
					calls[i].Add(1)
				}
			}
		})
	}
	for i := range 3 {
		next := rotate(secret + strings.Repeat("x", i+1))
		for i := range calls { // no call spans two rotations: it signs anew once
			for n := calls[i].Load(); calls[i].Load() < n+5; {
				time.Sleep(time.Millisecond)
			}
		}
		current.Store(next)
		accepted.Store(next)
	}
	close(stop)
	wg.Wait()
}

// The wall clock is set forward by hours: the cached UserSig is known to have expired.
func TestClockSetForward(t *testing.T) {
	t.Parallel()
	var sent []string
	client := newClient(t, sigs(&sent), restapi.WithTokenSource(&source{}))
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	restapi.ShiftIssued(client, -3*time.Hour)
	require.NoError(t, client.Call(t.Context(), setCommand, nil, nil))
	assert.Equal(t, []string{"sig-1", "sig-2"}, sent)
}
