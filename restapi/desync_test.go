package restapi_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/restapi"
)

type numbered struct{ N int }

func numberedAnswer(n int) string {
	body := fmt.Sprintf(`{"ErrorCode":0,"N":%d}`, n)
	return fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", okHead, len(body), body)
}

// Whatever a server says that nobody asked for is never taken for the answer to a later call: the connection is given up.
func TestAnswersOfAnotherRequest(t *testing.T) {
	t.Parallel()
	stray := numberedAnswer(-1)
	late := func(text string) func(string, net.Conn) {
		return func(own string, conn net.Conn) {
			_, _ = io.WriteString(conn, own)
			time.Sleep(3 * time.Millisecond) // the answer has been read
			_, _ = io.WriteString(conn, text)
		}
	}
	atOnce := func(text string) func(string, net.Conn) {
		return func(own string, conn net.Conn) { _, _ = io.WriteString(conn, own+text) }
	}
	tests := map[string]func(own string, conn net.Conn){
		"another answer later":      late(stray),
		"another answer at once":    atOnce(stray),
		"many answers":              atOnce(strings.Repeat(stray, 100)),
		"half an answer":            late(stray[:20]),
		"garbage":                   atOnce("\x00\xff garbage"),
		"garbage later":             late("\r\n\r\n"),
		"a goodbye":                 late("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n"),
		"1xx":                       late("HTTP/1.1 103 Early Hints\r\n\r\n"),
		"a body longer than it was": atOnce(`{"ErrorCode":0,"N":-1}`),
	}
	for name, write := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFaulty(t, func(f *faulty, conn *net.TCPConn) {
				for in := bufio.NewReader(conn); ; {
					n, ok := readNumber(in)
					if !ok {
						return
					}
					f.requests.Add(1)
					write(numberedAnswer(n), conn)
				}
			})
			client := newClient(t, restapi.WithBaseURL("http://"+f.listener.Addr().String()))
			const calls = 4
			for n := range calls {
				answer, err := restapi.Do[numbered](t.Context(), client, addCommand, numbered{n})
				require.NoError(t, err)
				assert.Equal(t, n, answer.N)
				require.Eventually(t, func() bool { return f.open.Load() == 0 }, 5*time.Second, time.Millisecond, "the connection is closed")
			}
			assert.EqualValues(t, calls, f.requests.Load(), "each call is sent once")
			assert.EqualValues(t, calls, f.conns.Load(), "none of the connections is used again")
			f.noneLeft(t, client)
		})
	}
}

func readNumber(in *bufio.Reader) (int, bool) {
	req, err := http.ReadRequest(in)
	if err != nil {
		return 0, false
	}
	var body numbered
	err = json.NewDecoder(req.Body).Decode(&body)
	return body.N, err == nil
}

// An answer that comes before the request is there is taken or refused; the command is not sent once more.
func TestAnswerBeforeTheRequest(t *testing.T) {
	t.Parallel()
	f := newFaulty(t, func(f *faulty, conn *net.TCPConn) {
		_, _ = io.WriteString(conn, numberedAnswer(-1))
		f.readRequest(conn)
		stall(conn)
	})
	client := newClient(t, restapi.WithBaseURL("http://"+f.listener.Addr().String()), restapi.WithTimeout(100*time.Millisecond))
	for range 5 {
		before := f.conns.Load()
		if err := client.Call(t.Context(), addCommand, nil, nil); err != nil {
			var e *restapi.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, 1, e.Attempts)
			require.ErrorIs(t, err, restapi.ErrTemporary)
		}
		assert.LessOrEqual(t, f.conns.Load()-before, int32(1))
	}
	f.noneLeft(t, client)
}

// A server may answer before it has read a large request, and need not read the rest.
func TestAnswerBeforeTheBodyWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{numberedAnswer(1), "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"} {
		f := newFaulty(t, func(_ *faulty, conn *net.TCPConn) {
			_, _ = conn.Read(make([]byte, 100))
			_, _ = io.WriteString(conn, text)
			time.Sleep(100 * time.Millisecond)
			reset(conn)
		})
		client := newClient(t, restapi.WithBaseURL("http://"+f.listener.Addr().String()))
		err := client.Call(t.Context(), addCommand, map[string]string{"Pad": strings.Repeat("x", 16<<20)}, nil)
		if strings.Contains(text, "200") {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, restapi.ErrBadResponse)
			assert.Contains(t, err.Error(), "http status 413")
		}
		assert.EqualValues(t, 1, f.conns.Load())
		f.noneLeft(t, client)
	}
}
