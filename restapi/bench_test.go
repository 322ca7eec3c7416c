package restapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// SetProfile over TLS on the loopback interface, beside the least that any client must do: net/http with a transport that
// keeps its connections, a URL signed beforehand and a body encoded by encoding/json.
func BenchmarkSetProfile(b *testing.B) {
	for _, workers := range []int{1, 64} {
		b.Run("floor/"+strconv.Itoa(workers), func(b *testing.B) {
			server := tlsServer(b)
			signer, err := usersig.New(appID, secret)
			require.NoError(b, err)
			sig, err := signer.Sign("administrator", 1<<40)
			require.NoError(b, err)
			query := url.Values{
				"sdkappid": {strconv.Itoa(appID)}, "identifier": {"administrator"}, "usersig": {sig}, "random": {"1"}, "contenttype": {"json"},
			}
			address := server.URL + "/v4/profile/portrait_set?" + query.Encode()
			client := server.Client()
			client.Transport.(*http.Transport).MaxIdleConnsPerHost = 256
			type item struct{ Tag, Value string }
			run(b, workers, func() error {
				body, err := json.Marshal(struct {
					FromAccount string `json:"From_Account"`
					ProfileItem []item
				}{"leckie", []item{{"Tag_Profile_IM_Nick", "Leckie"}}})
				if err != nil {
					return err
				}
				res, err := client.Post(address, "application/json", bytes.NewReader(body))
				if err != nil {
					return err
				}
				defer res.Body.Close()
				data, err := io.ReadAll(res.Body)
				if err != nil {
					return err
				}
				var answer struct {
					ActionStatus, ErrorInfo string
					ErrorCode               int
				}
				return json.Unmarshal(data, &answer)
			})
		})
		b.Run("client/"+strconv.Itoa(workers), func(b *testing.B) {
			server := tlsServer(b)
			limiter := restapi.NewLimiter(restapi.LimiterConfig{PerSecond: map[string]int{"profile/portrait_set": 1e9}})
			client, err := restapi.NewClient(restapi.Singapore, appID, secret, restapi.WithBaseURL(server.URL),
				restapi.WithTLSConfig(server.Client().Transport.(*http.Transport).TLSClientConfig), restapi.WithLimiter(limiter))
			require.NoError(b, err)
			defer client.CloseIdleConnections()
			users := profile.NewClient(client)
			run(b, workers, func() error { return users.SetProfile(b.Context(), "leckie", profile.Nick.To("Leckie")) })
		})
	}
}

func tlsServer(b *testing.B) *httptest.Server {
	b.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, answerOK)
	}))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	b.Cleanup(server.Close)
	return server
}

func run(b *testing.B, workers int, call func() error) {
	b.Helper()
	b.ReportAllocs()
	if workers == 1 {
		for b.Loop() {
			if err := call(); err != nil {
				b.Fatal(err)
			}
		}
		return
	}
	b.SetParallelism(workers / 2) // times GOMAXPROCS
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := call(); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func BenchmarkLimiter(b *testing.B) {
	limiter := restapi.NewLimiter(restapi.LimiterConfig{PerSecond: map[string]int{"profile/portrait_set": 1e9}})
	b.ReportAllocs()
	for b.Loop() {
		if err := limiter.Wait(b.Context(), setCommand); err != nil {
			b.Fatal(err)
		}
	}
}
