package operation_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func pack(tb testing.TB, text string) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, text)
	require.NoError(tb, err)
	require.NoError(tb, w.Close())
	return b.Bytes()
}

const (
	head = `{"SdkAppId":"1400000001","ChatType":"C2C","MsgTime":"2024010221","MsgList":[`
	line = `{"From_Account":"ann","To_Account":"bob","MsgTimestamp":1704200400,"MsgSeq":31906,"MsgRandom":833502,` +
		`"ClientIP":"192.0.2.7","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]}`
	tail = "]}"
)

func lines(texts ...string) string { return strings.Join(texts, "\n") }

func TestReadHistory(t *testing.T) {
	t.Parallel()
	second := strings.Replace(line, "ann", "cat", 1)
	for name, tc := range map[string]struct {
		log  string
		from string
	}{
		"as documented":         {lines(head, line+",", second+",", tail, ""), "ann cat"},
		"without a last comma":  {lines(head, line+",", second, tail), "ann cat"},
		"with carriage returns": {strings.ReplaceAll(lines(head, line+",", second, tail), "\n", "\r\n"), "ann cat"},
		"with empty lines":      {lines("", head, "", line+" , ", "", second, "", tail, "", ""), "ann cat"},
		"a head of lines":       {lines("{", `"MsgTime":"[",`, `"MsgList":[`, line+",", "]", "}"), "ann"},
		"no messages":           {lines(head, tail), ""},
		"all in one line":       {head + line + "," + second + tail, "ann cat"},
		"none in one line":      {head + tail, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, err := conform.Drain(operation.ReadHistory(bytes.NewReader(pack(t, tc.log))))
			require.NoError(t, err)
			var from []string
			for _, m := range all {
				from = append(from, m.FromAccount)
			}
			assert.Equal(t, tc.from, strings.Join(from, " "))
		})
	}
	all, err := conform.Drain(operation.ReadHistory(bytes.NewReader(pack(t, lines(head, line+",", tail)))))
	require.NoError(t, err)
	assert.Equal(t, []message.RelayMessage{{
		FromAccount: "ann", ToAccount: "bob", MsgSeq: 31906, MsgRandom: 833502, MsgTimeStamp: 1704200400,
		MsgBody: message.Text("hi"), Extra: message.Extra{"ClientIP": json.RawMessage(`"192.0.2.7"`)},
	}}, all)
}

func TestReadHistoryStopsWhereItIsTold(t *testing.T) {
	t.Parallel()
	for _, log := range []string{lines(head, line+",", line+",", tail), head + line + "," + line + tail} {
		n := 0
		for _, err := range operation.ReadHistory(bytes.NewReader(pack(t, log))) {
			require.NoError(t, err)
			n++
			break
		}
		assert.Equal(t, 1, n)
	}
}

func TestReadHistoryRefuses(t *testing.T) {
	t.Parallel()
	good := pack(t, lines(head, line+",", tail))
	spoilt := bytes.Clone(good)
	spoilt[len(spoilt)-8]++ // of the sum
	broken := errors.New("broken")
	for name, tc := range map[string]struct {
		gzipped []byte
		n       int // messages before the error
		class   error
		want    string
	}{
		"nothing":          {nil, 0, io.EOF, "log: "},
		"not gzip":         {[]byte(head), 0, gzip.ErrHeader, "log: "},
		"cut off":          {good[:len(good)-9], 1, io.ErrUnexpectedEOF, "log, line "},
		"another sum":      {spoilt, 1, gzip.ErrChecksum, "log, line "},
		"empty":            {pack(t, ""), 0, io.ErrUnexpectedEOF, "log, line 1"},
		"no end":           {pack(t, lines(head, line+",")), 1, io.ErrUnexpectedEOF, "log, line "},
		"half an end":      {pack(t, lines(head, line+",", "]")), 1, io.ErrUnexpectedEOF, "log, line "},
		"another end":      {pack(t, lines(head, line+",", "]]")), 1, restapi.ErrBadResponse, "line 3: answer is not valid: it is not a log"},
		"more":             {pack(t, lines(head, line+",", tail, line)), 1, restapi.ErrBadResponse, "line 4: answer is not valid: there is something behind"},
		"not a head":       {pack(t, line), 0, restapi.ErrBadResponse, "line 1: answer is not valid: it is not a log"},
		"a list":           {pack(t, lines("[", line, "]")), 0, restapi.ErrBadResponse, "it is not a log"},
		"another list":     {pack(t, lines(`{"List":[`, line, tail)), 0, restapi.ErrBadResponse, "it is not a log"},
		"a head for ever":  {pack(t, "{"+strings.Repeat("\n ,", 200)), 0, restapi.ErrBadResponse, "it is not a log"},
		"not a message":    {pack(t, lines(head, line+",", `"hi",`, tail)), 1, restapi.ErrBadResponse, "line 3: answer is not valid: it is not a message"},
		"half a message":   {pack(t, lines(head, line[:50]+",", tail)), 0, restapi.ErrBadResponse, "line 2: answer is not valid: it is not a message"},
		"two on a line":    {pack(t, lines(head, line+","+line, tail)), 0, restapi.ErrBadResponse, "line 2"},
		"one line is long": {pack(t, lines(head, line+",", strings.Repeat(" ", 1<<20)+line, tail)), 1, restapi.ErrBadResponse, "line 3: answer is not valid: it is over 1 MiB long"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all, err := conform.Drain(operation.ReadHistory(bytes.NewReader(tc.gzipped)))
			require.ErrorIs(t, err, tc.class)
			require.ErrorContains(t, err, tc.want)
			require.ErrorContains(t, err, "open_msg_svc/get_history: ")
			assert.Len(t, all, tc.n)
		})
	}
	all, err := conform.Drain(operation.ReadHistory(io.MultiReader(bytes.NewReader(good[:len(good)-9]), iotestErr{broken})))
	require.ErrorIs(t, err, broken)
	assert.Len(t, all, 1)
}

type iotestErr struct{ err error }

func (e iotestErr) Read([]byte) (int, error) { return 0, e.err }

// endless is a log of n messages, which is never there as a whole.
func endless(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		packer, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		_, _ = fmt.Fprintln(packer, head)
		many := []byte(strings.Repeat(line+",\n", 1000))
		for range n / 1000 {
			if _, err := packer.Write(many); err != nil {
				return
			}
		}
		_, _ = fmt.Fprintln(packer, tail)
		_ = packer.Close()
		_ = w.Close()
	}()
	return r
}

func TestReadHistoryKeepsOneLine(t *testing.T) {
	if testing.Short() {
		t.Skip("goes through a million messages")
	}
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	n, most := 0, uint64(0)
	for m, err := range operation.ReadHistory(endless(1_000_000)) {
		require.NoError(t, err)
		if n++; n%250_000 == 0 {
			most = max(most, held())
		}
		if m.MsgSeq != 31906 {
			require.Fail(t, "another message")
		}
	}
	assert.Equal(t, 1_000_000, n)
	assert.Less(t, most, before+8<<20, "a million lines are 240 MB")
}

// BenchmarkReadHistory is what a message costs; the floor is a decoder that finds the same fields in the same bytes.
func BenchmarkReadHistory(b *testing.B) {
	log := pack(b, head+"\n"+strings.Repeat(line+",\n", 9999)+line+"\n"+tail)
	b.Run("sdk", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, err := range operation.ReadHistory(bytes.NewReader(log)) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/message")
	})
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := bare(log); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/message")
	})
}

// bare goes through a log with encoding/json alone.
func bare(log []byte) error {
	unpacked, err := gzip.NewReader(bytes.NewReader(log))
	if err != nil {
		return err
	}
	d := json.NewDecoder(unpacked)
	for token := json.Token(nil); token != json.Delim('['); {
		if token, err = d.Token(); err != nil {
			return err
		}
	}
	for d.More() {
		var m struct {
			FromAccount  string `json:"From_Account"`
			ToAccount    string `json:"To_Account"`
			MsgTimestamp uint64
			MsgSeq       uint64
			MsgRandom    uint64
			ClientIP     string
			MsgBody      []struct {
				MsgType    string
				MsgContent struct{ Text string }
			}
		}
		if err := d.Decode(&m); err != nil {
			return err
		}
	}
	return nil
}

// FuzzReadHistory holds what is read of any log against what encoding/json reads of it, where that does.
func FuzzReadHistory(f *testing.F) {
	for _, text := range []string{
		lines(head, line+",", line, tail), head + line + tail, head + tail, lines(head, "]", "}"), lines("{", head, tail),
		lines(head, `{"MsgSeq":"1"},`, `{"MsgBody":[null]}`, tail), lines(head, "{},", `{"a":{"MsgList":[`, tail), "", "[", "{}",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := conform.Drain(operation.ReadHistory(bytes.NewReader(pack(t, string(text)))))
		var log struct{ MsgList []json.RawMessage }
		if err == nil && json.Unmarshal(text, &log) == nil {
			require.Len(t, all, len(log.MsgList), "as encoding/json reads it")
		}
		for _, m := range all {
			once, err := json.Marshal(m)
			require.NoError(t, err)
			require.True(t, json.Valid(once))
		}
	})
}
