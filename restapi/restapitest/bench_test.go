package restapitest_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// BenchmarkPortraitSet is one call with two fields in the handler alone, without a socket and a client.
func BenchmarkPortraitSet(b *testing.B) {
	srv := restapitest.NewServer(restapitest.WithoutListener(), restapitest.WithRate(-1))
	defer srv.Close()
	srv.AddAccount("ann")
	handler := srv.Handler()
	target := "/" + profile.CommandPortraitSet.Path() + "?" + query(b, srv).Encode()
	const body = `{"From_Account":"ann","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Ann"},` +
		`{"Tag":"Tag_Profile_IM_Level","Value":7}]}`
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		require.Equal(b, http.StatusOK, w.Code)
	}
}
