package restapi_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type numbered struct{ N int }

func numberedAnswer(n int) string {
	body := fmt.Sprintf(`{"ErrorCode":0,"N":%d}`, n)
	return fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", okHead, len(body), body)
}

// What a server says that nobody asked for, once the connection was seen to be idle, is not taken for the answer to a
// later call: the connection is given up. A second answer right behind the first can be, over HTTP/1.1.
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
			f := newFaulty(t, func(f *faultserver.Server, conn *net.TCPConn) {
				for in := bufio.NewReader(conn); ; {
					n, ok := readNumber(f, in)
					if !ok {
						return
					}
					write(numberedAnswer(n), conn)
				}
			})
			client := newClient(t, restapi.WithBaseURL(f.URL))
			const calls = 4
			for n := range calls {
				answer, err := restapi.Do[numbered](t.Context(), client, addCommand, numbered{n})
				require.NoError(t, err)
				assert.Equal(t, n, answer.N)
				require.Eventually(t, func() bool { return f.Open() == 0 }, 5*time.Second, time.Millisecond, "the connection is closed")
			}
			assert.Equal(t, calls, f.Requests(), "each call is sent once")
			assert.Equal(t, calls, f.Conns(), "none of the connections is used again")
			noneLeft(t, f, client)
		})
	}
}

func readNumber(f *faultserver.Server, in *bufio.Reader) (int, bool) {
	req, ok := f.Read(in)
	if !ok {
		return 0, false
	}
	var body numbered
	err := json.NewDecoder(req.Body).Decode(&body)
	return body.N, err == nil
}

// An answer that comes before the request is there is taken or refused; the command is not sent once more.
func TestAnswerBeforeTheRequest(t *testing.T) {
	t.Parallel()
	f := newFaulty(t, func(f *faultserver.Server, conn *net.TCPConn) {
		_, _ = io.WriteString(conn, numberedAnswer(-1))
		f.ReadOne(conn)
		faultserver.Stall(conn)
	})
	client := newClient(t, restapi.WithBaseURL(f.URL), restapi.WithTimeout(100*time.Millisecond))
	for range 5 {
		before := f.Conns()
		if err := client.Call(t.Context(), addCommand, nil, nil); err != nil {
			var e *restapi.Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, 1, e.Attempts)
			require.ErrorIs(t, err, restapi.ErrTemporary)
		}
		assert.LessOrEqual(t, f.Conns()-before, 1)
	}
	noneLeft(t, f, client)
}

// A server may answer before it has read a large request, and need not read the rest.
func TestAnswerBeforeTheBodyWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{numberedAnswer(1), "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"} {
		f := newFaulty(t, func(_ *faultserver.Server, conn *net.TCPConn) {
			_, _ = conn.Read(make([]byte, 100))
			_, _ = io.WriteString(conn, text)
			time.Sleep(100 * time.Millisecond)
			faultserver.Reset(conn)
		})
		client := newClient(t, restapi.WithBaseURL(f.URL))
		err := client.Call(t.Context(), addCommand, map[string]string{"Pad": strings.Repeat("x", 16<<20)}, nil)
		if strings.Contains(text, "200") {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, restapi.ErrBadResponse)
			assert.Contains(t, err.Error(), "http status 413")
		}
		assert.Equal(t, 1, f.Conns())
		noneLeft(t, f, client)
	}
}
