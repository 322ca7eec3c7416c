package restapi_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// The words that FuzzAnswer puts the request's UserSig and query in the place of: a gateway that throws them back.
const (
	echoSig   = "{usersig}"
	echoQuery = "{query}"
)

// FuzzAnswer serves anything as the answer to a call: the outcome is nil or an *Error, nil only for a whole answer with
// ErrorCode 0, and no text holds the key or the UserSig. It is the one that the plainest way of reading leads to.
func FuzzAnswer(f *testing.F) {
	addAnswers(f)
	signer, err := usersig.New(appID, secret)
	require.NoError(f, err)
	sig, err := signer.Sign("administrator", 24*time.Hour)
	require.NoError(f, err)
	source := restapi.WithTokenSource(funcSource(func() (string, time.Time, error) { return sig, time.Now().Add(time.Hour), nil }))
	f.Fuzz(func(t *testing.T, status int, contentType, retryAfter, location string, body []byte, announced, idempotent, typed bool) {
		var served []byte
		requests := 0
		client := newClient(t, source, inMemory(func(r *http.Request) (*http.Response, error) {
			requests++
			echo := strings.NewReplacer(echoSig, sig, echoQuery, r.URL.RawQuery)
			served = []byte(echo.Replace(string(body)))
			res := &http.Response{
				StatusCode:    status,
				Header:        http.Header{"Content-Type": {contentType}, "Retry-After": {retryAfter}, "Location": {echo.Replace(location)}},
				Body:          io.NopCloser(bytes.NewReader(served)),
				ContentLength: -1,
			}
			if announced {
				res.ContentLength = int64(len(served))
			}
			return res, nil
		}))
		cmd := addCommand
		if idempotent {
			cmd = setCommand
		}
		got, want := any(new(any)), any(new(any))
		if typed {
			got, want = new(fuzzedAnswer), new(fuzzedAnswer)
		}
		err := client.Call(t.Context(), cmd, nil, got)
		requireDecodedAlike(t, served, sig)
		code, kind := errorCode(served)
		if err == nil {
			require.Equal(t, 200, status)
			require.NotEqual(t, noCode, kind, "%q", served)
			require.Zero(t, code, "%q", served)
			if json.Unmarshal(served, want) != nil {
				require.NoError(t, wire.Unmarshal(served, want))
			}
			if text := string(body); !strings.Contains(text, echoSig) && !strings.Contains(text, echoQuery) { // else it is taken out
				require.Equal(t, want, got)
			}
			return
		}
		e, ok := err.(*restapi.Error) //nolint:errorlint // the documented type itself
		require.True(t, ok, "%T: %v", err, err)
		require.Equal(t, cmd, e.Command)
		require.Equal(t, status, e.HTTPStatus)
		require.Equal(t, requests, e.Attempts)
		require.True(t, requests == 1 || idempotent || status == 429 || e.Code != 0, "sent %d times: %v", requests, err)
		for _, text := range []string{err.Error(), e.Info, e.Display, e.RequestID} {
			for _, hidden := range []string{secret, sig, url.QueryEscape(sig)} {
				require.NotContains(t, text, hidden)
			}
		}
		switch {
		case status != 200 || kind != oneCode:
			require.True(t, e.Code != 0 || errors.Is(err, restapi.ErrBadResponse) || errors.Is(err, restapi.ErrTemporary), "%v", err)
		case code != 0:
			require.Equal(t, restapi.Code(code), restapi.CodeOf(err))
		default:
			require.Error(t, json.Unmarshal(served, want), "an answer without a fault: %v", err)
			require.ErrorIs(t, err, restapi.ErrBadResponse)
		}
	})
}

func addAnswers(f *testing.F) {
	f.Helper()
	commands, err := spec.Commands()
	require.NoError(f, err)
	for i, doc := range commands {
		for _, example := range doc.ResponseExamples {
			f.Add(200, "application/json", "", "", []byte(example), i%2 == 0, i%3 == 0, i%2 == 1)
		}
	}
	codes, err := spec.ErrorCodes()
	require.NoError(f, err)
	for i, code := range codes {
		body := `{"ActionStatus":"FAIL","ErrorCode":` + strconv.Itoa(code.Code) + `,"ErrorInfo":"no ` + echoSig + `","RequestId":"r"}`
		f.Add(200, "application/json", "", "", []byte(body), i%2 == 0, i%3 == 0, false)
	}
	for _, status := range []int{0, 101, 204, 301, 307, 400, 408, 413, 429, 500, 502, 503, 504, 999} {
		f.Add(status, "text/html", "1", "https://login.example/?back="+echoQuery, []byte("<a href="+echoQuery+">"), true, true, false)
		f.Add(status, "", "Wed, 21 Oct 2015 07:28:00 GMT", "http://%zz/?"+echoQuery, []byte(answerOK), false, true, true)
	}
	for _, body := range []string{
		"", "null", "[]", "{}", "0", `"` + echoSig + `"`, answerOK + answerOK, answerOK[:20], `{"ErrorCode":"0"}`, `{"errorcode":0}`,
		`{"ErrorCode":0.0}`, `{"ErrorCode":0.0,"A":"5"}`, `{"ErrorCode":-0}`, `{"ErrorCode":1e9}`, `{"ErrorCode":99999999999999999999}`, `{"ErrorCode":null}`,
		`{"ErrorCode":40006,"ErrorCode":0}`, `{"ErrorCode":{},"ErrorCode":0}`, `{"ErrorCode":0,"A":"x"}`, `{"ErrorInfo":5,"ErrorCode":0}`,
		`{"ErrorCode":40003,"ErrorInfo":"?` + echoQuery + `","ErrorDisplay":"` + echoSig + `","RequestId":"` + echoSig + `"}`,
		`{"ErrorCode":0,"List":[{"` + echoSig + `":1}]}`, "\xef\xbb\xbf" + answerOK, answerOK + "\x00", "{\"ErrorCode\":0,\"\xff\":\"\\ud800\"}",
	} {
		f.Add(200, "application/json", "", "", []byte(body), true, true, true)
		f.Add(200, "application/json", "", "", []byte(body), false, false, false)
	}
}

// fuzzedAnswer has fields of each kind, so that values of another kind are met.
type fuzzedAnswer struct {
	ActionStatus string
	ErrorCode    int
	A            int
	List         []map[string]int
	Item         struct{ Tag, Value string }
}

const (
	noCode   = iota // not one JSON object with an ErrorCode
	oneCode         // exactly one, a whole number
	someCode        // one that encoding/json may read: in quotes, in other letters, given twice
)

// errorCode reads the outermost ErrorCode token by token, the last where there are several.
func errorCode(data []byte) (code, kind int) {
	if !json.Valid(data) {
		return 0, noCode
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if first, _ := d.Token(); first != json.Delim('{') {
		return 0, noCode
	}
	for d.More() {
		key, _ := d.Token()
		var value any
		if d.Decode(&value) != nil {
			return 0, noCode
		}
		name, _ := key.(string)
		if !strings.EqualFold(name, "ErrorCode") || value == nil {
			continue
		}
		text, quoted := value.(string)
		if number, ok := value.(json.Number); ok {
			text = number.String()
		}
		n, err := strconv.Atoi(text)
		float, floatErr := strconv.ParseFloat(text, 64)
		switch {
		case err != nil && floatErr == nil && float == 0:
			code, kind = 0, someCode // 0.0 and the like
		case err != nil:
			code, kind = 1, someCode // whatever it is, it is not 0
		case kind == noCode && !quoted && name == "ErrorCode":
			code, kind = n, oneCode
		default:
			code, kind = n, someCode
		}
	}
	return code, kind
}
