package operation_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// packed is a file as it is fetched.
var packed = func() []byte {
	data := make([]byte, 300_000)
	chacha := rand.NewChaCha8([32]byte{1})
	_, _ = chacha.Read(data)
	return data
}()

func fileOf(url string, data []byte) operation.HistoryFile {
	sum := md5.Sum(data)
	return operation.HistoryFile{
		URL: url + "?sign=hush", GzipSize: int64(len(data)), GzipMD5: strings.ToUpper(hex.EncodeToString(sum[:])),
	}
}

// A source serves packed and breaks off each answer after the next of cuts.
type source struct {
	*httptest.Server

	cuts   []int
	ranges []string
	// change, where set, answers in place of the source from the second request on.
	change http.HandlerFunc
}

func newSource(t *testing.T, cuts ...int) *source {
	t.Helper()
	s := &source{cuts: cuts}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *source) serve(w http.ResponseWriter, r *http.Request) {
	s.ranges = append(s.ranges, r.Header.Get("Range"))
	if s.change != nil && len(s.ranges) > 1 {
		s.change(w, r)
		return
	}
	from := 0
	if asked := r.Header.Get("Range"); asked != "" {
		from, _ = strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(asked, "bytes="), "-"))
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, len(packed)-1, len(packed)))
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(packed)-from))
	if from > 0 {
		w.WriteHeader(http.StatusPartialContent)
	}
	to := len(packed)
	if len(s.cuts) > 0 {
		to, s.cuts = from+s.cuts[0], s.cuts[1:]
	}
	_, _ = w.Write(packed[from:to])
	if to < len(packed) {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}

// download fetches the file of a source with a client that keeps no connection.
func download(t *testing.T, f operation.HistoryFile, w io.Writer) error {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true}
	return f.Download(t.Context(), &http.Client{Transport: transport}, w)
}

func TestDownloadGoesOn(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		cuts   []int
		ranges []string
	}{
		"at once":         {nil, []string{""}},
		"broken once":     {[]int{100_000}, []string{"", "bytes=100000-"}},
		"before any byte": {[]int{0}, []string{"", ""}},
		"broken thrice":   {[]int{1, 2, 3}, []string{"", "bytes=1-", "bytes=3-", "bytes=6-"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSource(t, tc.cuts...)
			var got bytes.Buffer
			require.NoError(t, download(t, fileOf(s.URL, packed), &got))
			assert.True(t, bytes.Equal(packed, got.Bytes()))
			assert.Equal(t, tc.ranges, s.ranges)
		})
	}
}

func TestDownloadGoesOnThreeTimesAtMost(t *testing.T) {
	t.Parallel()
	s := newSource(t, 1, 1, 1, 1, 1)
	var got bytes.Buffer
	err := download(t, fileOf(s.URL, packed), &got)
	require.ErrorIs(t, err, restapi.ErrTemporary)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.ErrorContains(t, err, "open_msg_svc/get_history: ")
	assert.Len(t, s.ranges, 4)
}

func TestDownloadFromAServerThatBeginsAnew(t *testing.T) {
	t.Parallel()
	s := newSource(t, 1000)
	s.change = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(packed) }
	var got bytes.Buffer
	require.NoError(t, download(t, fileOf(s.URL, packed), &got))
	assert.True(t, bytes.Equal(packed, got.Bytes()), "what was there already is not written twice")
}

func TestDownloadRefuses(t *testing.T) {
	t.Parallel()
	other := bytes.Clone(packed)
	other[200_000]++
	answer := func(status int, header, value string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if header != "" {
				w.Header().Set(header, value)
			}
			w.WriteHeader(status)
			_, _ = w.Write(body)
		}
	}
	for name, tc := range map[string]struct {
		change http.HandlerFunc
		want   string
		class  error
		tries  int
	}{
		"another file": {answer(200, "", "", other), "another MD5", restapi.ErrBadResponse, 2},
		"a short file": {answer(200, "Content-Length", "5", packed[:5]), "another size", restapi.ErrBadResponse, 2},
		"a long file": {
			answer(200, "Content-Length", "300001", append(bytes.Clone(packed), 0)), "another size", restapi.ErrBadResponse, 2,
		},
		"another part": {
			answer(206, "Content-Range", "bytes 7-299999/300000", packed[7:]), "another part", restapi.ErrBadResponse, 2,
		},
		"another end": {
			answer(206, "Content-Range", "bytes 1000-1001/1002", packed[:2]), "another size", restapi.ErrBadResponse, 2,
		},
		"gone":            {answer(404, "", "", nil), "http status 404", restapi.ErrBadResponse, 2},
		"expired":         {answer(403, "", "", nil), "http status 403", restapi.ErrBadResponse, 2},
		"nothing left":    {answer(416, "", "", nil), "http status 416", restapi.ErrBadResponse, 2},
		"in trouble":      {answer(503, "", "", nil), "http status 503", restapi.ErrTemporary, 4},
		"a bad direction": {answer(302, "Location", "http://[::1?sign=hush", nil), "cannot be used", restapi.ErrTemporary, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSource(t, 1000)
			s.change = tc.change
			err := download(t, fileOf(s.URL, packed), io.Discard)
			require.ErrorIs(t, err, tc.class)
			require.ErrorContains(t, err, tc.want)
			assert.NotContains(t, err.Error(), "hush")
			assert.Len(t, s.ranges, tc.tries)
		})
	}
}

// An endless body is not read beyond the size that was said.
func TestDownloadReadsNoMoreThanTheFileHas(t *testing.T) {
	t.Parallel()
	read := 0
	body := readerFunc(func(p []byte) (int, error) {
		read += len(p)
		clear(p)
		return len(p), nil
	})
	client := &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		assert.Equal(t, "identity", r.Header.Get("Accept-Encoding"), "or net/http unpacks it")
		return &http.Response{StatusCode: 200, Body: io.NopCloser(body), ContentLength: -1, Request: r}, nil
	})}
	f := fileOf("http://x.example.com", make([]byte, 100_000))
	require.NoError(t, f.Download(t.Context(), client, io.Discard))
	assert.Equal(t, 100_000, read)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestDownloadEndsWithItsWriter(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	s := newSource(t)
	err := download(t, fileOf(s.URL, packed), writerFunc(func([]byte) (int, error) { return 0, full }))
	require.ErrorIs(t, err, full)
	assert.Len(t, s.ranges, 1)
	err = download(t, fileOf(s.URL, packed), writerFunc(func(p []byte) (int, error) { return len(p) - 1, nil }))
	require.ErrorIs(t, err, io.ErrShortWrite)
}

func TestDownloadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		tries := 0
		client := &http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) {
			if tries++; tries == 2 {
				cancel()
			}
			return nil, errors.New("no route")
		})}
		err := fileOf("http://x.example.com", packed).Download(ctx, client, io.Discard)
		require.ErrorIs(t, err, context.Canceled)
		assert.Equal(t, 2, tries)
	})
}

func TestDownloadNeedsToKnowTheFile(t *testing.T) {
	t.Parallel()
	good := fileOf("http://x.example.com", packed)
	for name, tc := range map[string]struct {
		change func(*operation.HistoryFile)
		field  string
	}{
		"no address":     {func(f *operation.HistoryFile) { f.URL = "" }, "URL"},
		"no host":        {func(f *operation.HistoryFile) { f.URL = "https://" }, "URL"},
		"not http":       {func(f *operation.HistoryFile) { f.URL = "file:///etc/passwd" }, "URL"},
		"no size":        {func(f *operation.HistoryFile) { f.GzipSize = 0 }, "GzipSize"},
		"no MD5":         {func(f *operation.HistoryFile) { f.GzipMD5 = "" }, "GzipMD5"},
		"another digest": {func(f *operation.HistoryFile) { f.GzipMD5 = strings.Repeat("0", 64) }, "GzipMD5"},
	} {
		f := good
		tc.change(&f)
		err := f.Download(t.Context(), nil, io.Discard)
		require.ErrorIs(t, err, restapi.ErrInvalidArgument, name)
		argument, _ := errors.AsType[*restapi.ArgumentError](err)
		assert.Equal(t, tc.field, argument.Field, name)
	}
}
