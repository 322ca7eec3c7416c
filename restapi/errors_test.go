package restapi_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestEveryDocumentedCodeIsKnown(t *testing.T) {
	t.Parallel()
	codes, err := spec.ErrorCodes()
	require.NoError(t, err)
	require.NotEmpty(t, codes)
	for _, c := range codes {
		code := restapi.Code(c.Code)
		assert.Equal(t, c.Name, code.Name())
		assert.Equal(t, fmt.Sprintf("%d %s: %s", c.Code, c.Name, c.About), code.Error())
		assert.Equal(t, c.Retry == "later", errors.Is(code, restapi.ErrTemporary), c.Name)
		assert.Equal(t, c.RateLimit, errors.Is(code, restapi.ErrRateLimited), c.Name)
		for word, class := range map[string]error{
			"account_not_found": restapi.ErrAccountNotFound, "usersig": restapi.ErrUserSig,
			"permission": restapi.ErrPermission, "invalid_argument": restapi.ErrInvalidArgument,
		} {
			if c.Classes != nil {
				assert.Equal(t, slices.Contains(c.Classes, word), errors.Is(code, class), "%s is %s", c.Name, word)
			}
		}
		if c.Retry == "after_fix_credentials" {
			assert.NotEqual(t, errors.Is(code, restapi.ErrUserSig), errors.Is(code, restapi.ErrPermission), c.Name)
		}
	}
}

// Codes that only client SDKs meet are in the table, and have no constant.
func TestConstantsAreCodesOfTheServer(t *testing.T) {
	t.Parallel()
	codes, err := spec.ErrorCodes()
	require.NoError(t, err)
	var want []string
	for _, c := range codes {
		if c.ClientOnly {
			continue
		}
		want = append(want, "Code"+c.Name)
		for _, alias := range c.Aliases {
			want = append(want, "Code"+alias.Name)
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	var got []string
	for _, decl := range file.Decls {
		if consts, ok := decl.(*ast.GenDecl); ok && consts.Tok == token.CONST {
			for _, s := range consts.Specs {
				got = append(got, s.(*ast.ValueSpec).Names[0].Name)
			}
		}
	}
	assert.ElementsMatch(t, want, got)
}

func TestClasses(t *testing.T) {
	t.Parallel()
	all := []error{
		restapi.ErrAccountNotFound, restapi.ErrRateLimited, restapi.ErrUserSig,
		restapi.ErrPermission, restapi.ErrInvalidArgument, restapi.ErrTemporary,
	}
	tests := map[restapi.Code][]error{
		40001:  {restapi.ErrInvalidArgument},
		40002:  {restapi.ErrInvalidArgument},
		40003:  {restapi.ErrAccountNotFound},
		40004:  {restapi.ErrPermission},
		40005:  {restapi.ErrInvalidArgument}, // the value is at fault
		40006:  {restapi.ErrTemporary},
		40007:  {restapi.ErrPermission},
		40008:  {restapi.ErrPermission},
		40009:  {restapi.ErrInvalidArgument},
		40601:  {restapi.ErrInvalidArgument},
		40605:  {restapi.ErrInvalidArgument},
		40610:  {restapi.ErrInvalidArgument},
		1003:   {restapi.ErrTemporary},
		10018:  {restapi.ErrInvalidArgument},
		10059:  {restapi.ErrPermission},
		27003:  {restapi.ErrInvalidArgument},
		30005:  {restapi.ErrPermission, restapi.ErrInvalidArgument}, // it means two things
		30008:  {restapi.ErrTemporary},
		30540:  {restapi.ErrRateLimited},
		60007:  {restapi.ErrRateLimited, restapi.ErrTemporary},
		60010:  {restapi.ErrPermission},
		60013:  {restapi.ErrTemporary},
		60020:  {restapi.ErrPermission},
		60022:  {restapi.ErrTemporary},
		60026:  {restapi.ErrUserSig}, // the host of another region
		60028:  {restapi.ErrRateLimited},
		70001:  {restapi.ErrUserSig},
		70050:  {restapi.ErrUserSig, restapi.ErrRateLimited},
		70107:  {restapi.ErrAccountNotFound},
		90003:  {restapi.ErrAccountNotFound, restapi.ErrInvalidArgument},
		90008:  {restapi.ErrAccountNotFound, restapi.ErrInvalidArgument},
		90048:  {restapi.ErrAccountNotFound},
		90104:  {restapi.ErrInvalidArgument},
		90107:  nil, // too late to change it
		93006:  {restapi.ErrTemporary},
		130004: nil, // an official account, not a user
		10123:  nil, // a code of the app's own webhook
		424242: nil, // newer than the table
	}
	for code, want := range tests {
		for _, class := range all {
			_, err := call(t, fail(code), restapi.RetryConfig{MaxAttempts: 1})
			assert.Equal(t, slices.Contains(want, class), errors.Is(err, class), "%d is %v", code, class)
			assert.ErrorIs(t, err, code)
			assert.Equal(t, code, restapi.CodeOf(fmt.Errorf("wrapped: %w", err)))
		}
	}
	assert.Equal(t, restapi.Code(40003), restapi.CodeProfileAccountNotFound)
	assert.Equal(t, restapi.CodeRelationFollowNotEnabled, restapi.CodeRelationSensitiveText)
	assert.Equal(t, "GroupWebhookCustom", restapi.Code(10123).Name())
	assert.Equal(t, "RelationWebhookCustom", restapi.Code(38500).Name())
	assert.Equal(t, "code 424242", restapi.Code(424242).Error())
	assert.Zero(t, restapi.CodeOf(io.EOF))
	assert.Zero(t, restapi.CodeOf(nil))
	for _, class := range all {
		assert.NotEmpty(t, class.Error())
	}
}

func TestErrorFields(t *testing.T) {
	t.Parallel()
	_, err := call(t, answer(`{"ActionStatus":"FAIL","ErrorCode":40003,"ErrorInfo":"no \"such\" user","ErrorDisplay":"shown","RequestId":"r-1"}`),
		restapi.RetryConfig{})
	var e *restapi.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, &restapi.Error{
		Code: 40003, Info: `no "such" user`, Display: "shown", RequestID: "r-1", Command: setCommand, HTTPStatus: 200, Attempts: 1,
	}, e)
	assert.Equal(t, `profile/portrait_set: 40003 ProfileAccountNotFound: account is not imported: "no \"such\" user"`, err.Error())

	limited := &restapi.RateLimitError{Command: setCommand, RetryAfter: 1500 * time.Microsecond}
	assert.Equal(t, "profile/portrait_set: rate limited: the next call is free in 2ms", limited.Error())
	assert.ErrorIs(t, limited, restapi.ErrTemporary)
	assert.Equal(t, "profile/portrait_set: failed", (&restapi.Error{Command: setCommand}).Error())
}

// What may come back in place of the documented answer.
func TestBadAnswers(t *testing.T) {
	t.Parallel()
	huge := func(w http.ResponseWriter, _ *http.Request) { // 10 MiB, without a length
		_, _ = io.WriteString(w, `{"ErrorCode":0,"Pad":"`)
		pad := make([]byte, 1<<20)
		for i := range pad {
			pad[i] = 'x'
		}
		for range 10 {
			if _, err := w.Write(pad); err != nil {
				return
			}
		}
		_, _ = io.WriteString(w, `"}`)
	}
	tests := []struct {
		name      string
		script    http.HandlerFunc
		attempts  int // with an idempotent command
		temporary bool
		bad       bool
		status    int
		text      string
	}{
		{"HTML with 502", status(502, "<html>bad gateway</html>"), 3, true, false, 502, "profile/portrait_set: failed (http status 502)"},
		{"503", status(503, answerOK), 3, true, false, 503, "profile/portrait_set: failed (http status 503)"},
		{"429", status(429, ""), 3, true, false, 429, "profile/portrait_set: failed (http status 429)"},
		{"404", status(404, answerOK), 1, false, true, 404, "profile/portrait_set: answer is not valid (http status 404)"},
		{"204", status(204, ""), 1, false, true, 204, "profile/portrait_set: answer is not valid (http status 204)"},
		{"HTML with 200", answer("<html>"), 1, false, true, 200, "profile/portrait_set: answer is not valid: invalid character"},
		{"empty", answer(""), 1, false, true, 200, "profile/portrait_set: answer is not valid: it is empty"},
		{"truncated", answer(`{"ActionStatus":"OK","ErrorCode":0`), 1, false, true, 200, "profile/portrait_set: answer is not valid: unexpected end"},
		{"no ErrorCode", answer(`{"ActionStatus":"OK"}`), 1, false, true, 200, "profile/portrait_set: answer is not valid: it has no ErrorCode"},
		{"null", answer(`null`), 1, false, true, 200, "profile/portrait_set: answer is not valid: it has no ErrorCode"},
		{"array", answer(`[]`), 1, false, true, 200, "profile/portrait_set: answer is not valid"},
		{"ErrorCode a word", answer(`{"ErrorCode":"OK"}`), 1, false, true, 200, "profile/portrait_set: answer is not valid"},
		{"ErrorCode a fraction", answer(`{"ErrorCode":0.5}`), 1, false, true, 200, "profile/portrait_set: answer is not valid: its ErrorCode is not a whole number"},
		{"ErrorCode an empty text", answer(`{"ErrorCode":""}`), 1, false, true, 200, "profile/portrait_set: answer is not valid: its ErrorCode is not a whole number"},
		{"ErrorCode beyond 64 bits", answer(`{"ErrorCode":1e20}`), 1, false, true, 200, "profile/portrait_set: answer is not valid: its ErrorCode is not a whole number"},
		{"ErrorCode null", answer(`{"ErrorCode":null}`), 1, false, true, 200, "profile/portrait_set: answer is not valid: it has no ErrorCode"},
		{"ErrorCode an object", answer(`{"ErrorCode":{}}`), 1, false, true, 200, "profile/portrait_set: answer is not valid"},
		{"two answers", answer(answerOK + answerOK), 1, false, true, 200, "profile/portrait_set: answer is not valid"},
		{"10 MiB", huge, 1, false, true, 200, "profile/portrait_set: answer is not valid: it is over 8 MiB"},
		{"wrong type in the answer", answer(`{"ErrorCode":0,"A":"x"}`), 1, false, true, 200, "profile/portrait_set: the call succeeded, but its answer cannot be decoded"},
		{"cut", cut, 3, true, false, 0, "profile/portrait_set: Post "},
		{"cut in the body", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, `{"ErrorCode":0`)
		}, 3, true, false, 200, "profile/portrait_set: reading the answer: unexpected EOF"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f, err := call(t, test.script, restapi.RetryConfig{BaseDelay: 1, MaxDelay: 1})
			var e *restapi.Error
			require.ErrorAs(t, err, &e)
			assert.Contains(t, err.Error(), test.text)
			assert.Equal(t, test.temporary, errors.Is(err, restapi.ErrTemporary))
			assert.Equal(t, test.bad, errors.Is(err, restapi.ErrBadResponse))
			assert.Equal(t, test.status == 429, errors.Is(err, restapi.ErrRateLimited))
			assert.Equal(t, test.status, e.HTTPStatus)
			assert.Equal(t, test.attempts, e.Attempts)
			assert.Len(t, f.all(), test.attempts)
			assert.Zero(t, e.Code)
		})
	}
}

// A strange ErrorInfo does not hide the code.
func TestCodeBesideAWrongType(t *testing.T) {
	t.Parallel()
	_, err := call(t, answer(`{"ErrorCode":40003,"ErrorInfo":12}`), restapi.RetryConfig{})
	assert.ErrorIs(t, err, restapi.CodeProfileAccountNotFound)
}

// The service writes some integers in quotes, and gateways that rewrite JSON write 0.0.
func TestSpellingsOfIntegers(t *testing.T) {
	t.Parallel()
	type resp struct {
		Total uint64
		Items []struct{ ResultCode int }
	}
	for _, zero := range []string{`0`, `"0"`, `0.0`, `"0.0"`, `-0`, `0e2`, `"00"`} {
		f := newFake(t, answer(`{"ErrorCode":`+zero+`,"Total":"18446744073709551615","Items":[{"ResultCode":"7"},{"ResultCode":70107.0}]}`))
		got, err := restapi.Do[resp](t.Context(), f.client(t), setCommand, nil)
		require.NoError(t, err, zero)
		assert.Equal(t, &resp{1<<64 - 1, []struct{ ResultCode int }{{7}, {70107}}}, got, zero)
	}
	for _, code := range []string{`40003`, `"40003"`, `40003.0`, `"40003.0"`, `4.0003e4`} {
		_, err := call(t, answer(`{"ErrorInfo":"no","ErrorCode":`+code+`}`), restapi.RetryConfig{})
		require.ErrorIs(t, err, restapi.CodeProfileAccountNotFound, code)
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := newFake(t)
	f, err := call(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL+r.URL.Path, http.StatusTemporaryRedirect)
	}, restapi.RetryConfig{})
	require.ErrorIs(t, err, restapi.ErrBadResponse)
	assert.Equal(t, "profile/portrait_set: answer is not valid: a redirect, which is never followed (http status 307)", err.Error())
	assert.Len(t, f.all(), 1)
	assert.Empty(t, elsewhere.all())
}

func TestHungConnection(t *testing.T) {
	t.Parallel()
	f := newFake(t, hang)
	client := f.client(t, restapi.WithTimeout(30*time.Millisecond))
	err := client.Call(t.Context(), setCommand, nil, nil)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.ErrorIs(t, err, restapi.ErrTemporary)
	assert.Len(t, f.all(), 3, "each attempt has its own timeout")

	before := len(f.all())
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Millisecond)
	defer cancel()
	err = f.client(t).Call(ctx, setCommand, nil, nil)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.Len(t, f.all(), before+1, "the caller's deadline ends the call")
	var net *url.Error
	require.ErrorAs(t, err, &net)
	assert.NotContains(t, net.URL, "?")
}

func TestCancelledWhileUnderWay(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	f := newFake(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel(errors.New("shutting down"))
		<-r.Context().Done()
	})
	err := f.client(t).Call(ctx, setCommand, nil, nil)
	require.ErrorIs(t, err, context.Canceled)
	assert.NotErrorIs(t, err, restapi.ErrTemporary)
	assert.Len(t, f.all(), 1)
}

// call makes one call to a server with one answer. The request asks for a field A that is a number.
func call(t *testing.T, script http.HandlerFunc, retry restapi.RetryConfig) (*fake, error) {
	t.Helper()
	f := newFake(t, script)
	var resp struct{ A int }
	return f, f.client(t, restapi.WithRetry(retry)).Call(t.Context(), setCommand, nil, &resp)
}

// An answer of 8 MiB is read to the end, one byte more is refused, with and without an announced length.
func TestLargestAnswer(t *testing.T) {
	t.Parallel()
	const largest = 8 << 20
	for _, announced := range []bool{true, false} {
		for _, size := range []int{largest, largest + 1} {
			body := make([]byte, size)
			for i := copy(body, answerOK); i < size; i++ {
				body[i] = ' '
			}
			client := newClient(t, inMemory(func(*http.Request) (*http.Response, error) {
				res := respond(string(body))
				if !announced {
					res.ContentLength = -1
				}
				return res, nil
			}))
			err := client.Call(t.Context(), setCommand, nil, nil)
			assert.Equal(t, size > largest, errors.Is(err, restapi.ErrBadResponse), "%d bytes, announced: %v: %v", size, announced, err)
		}
	}
}
