package restapitest_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// FuzzServe sends anything to every command: each answer must be one JSON object with the documented common fields.
func FuzzServe(f *testing.F) {
	all, err := spec.Commands()
	require.NoError(f, err)
	for _, doc := range all {
		if doc.Area != "account" && doc.Area != "profile" {
			continue
		}
		for _, example := range doc.RequestExamples {
			f.Add("/"+doc.Path, "", string(example))
		}
	}
	f.Add("/v4/profile/portrait_set", "sdkappid=0", `{"From_Account":"ann","ProfileItem":[{"Tag":"Tag_Profile_IM_Level","Value":-0}]}`)
	f.Add("//v4/profile/portrait_get", "usersig=eJw", `{"To_Account":[null],"TagList":[null]}`)
	srv := restapitest.NewServer(restapitest.WithoutListener(), restapitest.WithRate(-1))
	f.Cleanup(srv.Close)
	srv.AddAccount("ann", "mila_0042")
	signed := query(f, srv)
	f.Fuzz(func(t *testing.T, path, extra, body string) {
		target := (&url.URL{Path: path}).EscapedPath()
		if target == "" || target[0] != '/' {
			target = "/" + target
		}
		if _, err := url.Parse(srv.URL + target + "?" + extra); err != nil {
			return
		}
		send(t, srv, http.MethodPost, target, signed.Encode()+"&"+extra, body)
		send(t, srv, http.MethodPost, target, extra, body)
	})
}
