package message_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An identity is what the service knows a repeat by.
type identity struct{ MsgSeq, MsgRandom uint32 }

func identityOf(t testing.TB, body string) (i identity) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(body), &i))
	return i
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func respond(body string) *http.Response {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

// callerOf returns a client whose attempts are answered by fn, which is given the body.
func callerOf(t testing.TB, fn func(body string) (string, error), opts ...restapi.Option) *restapi.Client {
	t.Helper()
	client, err := restapi.NewClient(restapi.Singapore, 1400000001, "secret", append(opts,
		restapi.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return nil, err
			}
			text, err := fn(string(body))
			if err != nil {
				return nil, err
			}
			return respond(text), nil
		})}))...)
	require.NoError(t, err)
	return client
}

// reaching returns a client whose attempts answer says of, by number from 1, and the bodies that were sent.
func reaching(t testing.TB, answer func(n int) (string, error), opts ...restapi.Option) (*message.Client, *[]string) {
	t.Helper()
	bodies := new([]string)
	return message.NewClient(callerOf(t, func(body string) (string, error) {
		*bodies = append(*bodies, body)
		return answer(len(*bodies))
	}, opts...)), bodies
}

// All attempts of a send have one MsgSeq and one MsgRandom, and they come back, whatever becomes of it.
func TestASendIsNeverASecondMessage(t *testing.T) {
	t.Parallel()
	m := message.Message{MsgBody: message.Text("hi")}
	piece := stream("hi")
	piece.MsgRandom = 0
	sendings := map[string]struct {
		attempts int // where no answer comes
		send     func(ctx context.Context, c *message.Client) (message.Sent, error)
	}{
		"Send": {3, func(ctx context.Context, c *message.Client) (message.Sent, error) { return c.Send(ctx, "ben", m) }},
		"BatchSend": {3, func(ctx context.Context, c *message.Client) (message.Sent, error) {
			sent, err := c.BatchSend(ctx, []string{"ben"}, m)
			return sent.Sent, err
		}},
		"Import": {3, func(ctx context.Context, c *message.Client) (message.Sent, error) {
			m := m
			m.FromAccount = "ana"
			return c.Import(ctx, "ben", m, time.Unix(1700000000, 0), message.ImportHistory)
		}},
		"SendStream": {1, func(ctx context.Context, c *message.Client) (message.Sent, error) {
			return c.SendStream(ctx, "ben", piece)
		}},
	}
	for name, tc := range sendings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				quick := restapi.WithRetry(restapi.RetryConfig{BaseDelay: 1})
				c, bodies := reaching(t, func(int) (string, error) { return "", io.ErrUnexpectedEOF }, quick)
				failed, err := tc.send(t.Context(), c)
				refusal, _ := errors.AsType[*restapi.Error](err)
				require.NotNil(t, refusal)
				assert.True(t, refusal.Open)
				require.Len(t, *bodies, tc.attempts)
				for _, body := range *bodies {
					assert.Equal(t, identity{failed.MsgSeq, failed.MsgRandom}, identityOf(t, body))
				}
				assert.Equal(t, message.Sent{MsgSeq: failed.MsgSeq, MsgRandom: failed.MsgRandom}, failed)
				assert.NotZero(t, failed.MsgSeq)
				assert.NotZero(t, failed.MsgRandom)

				c, bodies = reaching(t, func(int) (string, error) { return `{"ErrorCode":0,"MsgKey":"k"}`, nil })
				sent, err := tc.send(t.Context(), c)
				require.NoError(t, err)
				assert.Equal(t, identity{sent.MsgSeq, sent.MsgRandom}, identityOf(t, (*bodies)[0]))
				assert.NotEqual(t, failed.MsgSeq, sent.MsgSeq, "each message has its own")
				assert.NotEqual(t, failed.MsgRandom, sent.MsgRandom)
			})
		})
	}
}

// A failure that leaves the outcome open is repeated while the service drops the repeat, and no longer.
func TestSendsAreRepeatedInTime(t *testing.T) {
	t.Parallel()
	m := message.Message{MsgBody: message.Text("hi")}
	for name, tc := range map[string]struct {
		took time.Duration
		want int
		send func(ctx context.Context, c *message.Client) error
	}{
		"Send": {90 * time.Second, 2, func(ctx context.Context, c *message.Client) error { return second(c.Send(ctx, "ben", m)) }},
		"Send late": {96 * time.Second, 1, func(ctx context.Context, c *message.Client) error {
			return second(c.Send(ctx, "ben", m))
		}},
		"BatchSend": {700 * time.Millisecond, 2, func(ctx context.Context, c *message.Client) error {
			return second(c.BatchSend(ctx, []string{"ben"}, m))
		}},
		"BatchSend late": {800 * time.Millisecond, 1, func(ctx context.Context, c *message.Client) error {
			return second(c.BatchSend(ctx, []string{"ben"}, m))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c, bodies := reaching(t, func(n int) (string, error) {
					if n == 1 {
						time.Sleep(tc.took)
						return "", io.ErrUnexpectedEOF
					}
					return `{"ErrorCode":0}`, nil
				}, restapi.WithTimeout(time.Hour), restapi.WithRetry(restapi.RetryConfig{BaseDelay: 1}))
				err := tc.send(t.Context(), c)
				assert.Len(t, *bodies, tc.want)
				assert.Equal(t, tc.want == 2, err == nil)
			})
		})
	}
}

// What failed can be repeated by hand as the same message.
func TestASendIsRepeatedByHand(t *testing.T) {
	t.Parallel()
	m := message.Message{MsgBody: message.Text("hi")}
	r := &conform.Recorder{Err: errors.New("down")}
	c := message.NewClient(r)
	sent, err := c.Send(t.Context(), "ben", m)
	require.Error(t, err)
	first := r.Body
	m.MsgRandom = sent.MsgRandom
	again, err := c.Send(t.Context(), "ben", m, message.WithSeq(sent.MsgSeq))
	require.Error(t, err)
	assert.Equal(t, sent, again)
	assert.JSONEq(t, first, r.Body)
}

func TestSendReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	m := message.Message{MsgBody: message.Text("hi"), MsgRandom: 9}
	sent, err := answering(t, message.CommandSendMsg, 0).Send(t.Context(), "ben", m, message.WithSeq(8))
	require.NoError(t, err)
	assert.Equal(t, message.Sent{
		MsgKey: "93847636_4012345678_1700000000", MsgID: "144115233406643804-1700000000-4012345678",
		MsgTime: time.Unix(1700000000, 0), MsgSeq: 8, MsgRandom: 9,
	}, sent)
	sent, err = answering(t, message.CommandSendC2CStreamMsg, 1).SendStream(t.Context(), "ben", stream("x"), message.WithSeq(8))
	require.NoError(t, err)
	assert.Equal(t, message.Sent{StreamMsgID: "s-1", MsgKey: "1_78_1700000000", MsgSeq: 8, MsgRandom: 4012345678}, sent)
	sent, err = answering(t, message.CommandImportMsg, 0).
		Import(t.Context(), "ben", plain(), time.Unix(1700000000, 999), message.ImportHistory, message.WithSeq(8))
	require.NoError(t, err)
	assert.Equal(t, message.Sent{MsgTime: time.Unix(1700000000, 0), MsgSeq: 8, MsgRandom: 4012345678}, sent)
}

// A lifetime of 0 is not the same as none, and what is not asked for is not there.
func TestWhatIsNotAskedForIsNotSent(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{}`}
	m := message.Message{MsgBody: message.Text("hi"), MsgRandom: 9}
	require.NoError(t, second(message.NewClient(r).Send(t.Context(), "ben", m, message.WithSeq(8))))
	const sent = `"To_Account":"ben","MsgSeq":8,"MsgRandom":9,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]`
	assert.JSONEq(t, "{"+sent+"}", r.Body)
	require.NoError(t, second(message.NewClient(r).Send(t.Context(), "ben", m, message.WithSeq(8), message.WithLifeTime(0))))
	assert.JSONEq(t, `{"MsgLifeTime":0,`+sent+"}", r.Body)
}

func TestStreamElemNext(t *testing.T) {
	t.Parallel()
	elem := &message.StreamElem{StreamMsgID: "s-1"}
	for i, want := range []message.StreamChunk{
		{EventType: "data", Index: 1, Markdown: "good "},
		{EventType: "data", Index: 2, Markdown: "evening"},
		{EventType: "data", Index: 3, IsLast: true},
	} {
		elem.Next(want.Markdown, want.IsLast)
		assert.Equal(t, []message.StreamChunk{want}, elem.Chunks, i)
	}
	assert.Equal(t, "s-1", elem.StreamMsgID)
	elem.Chunks = []message.StreamChunk{{Index: 7}, {Index: 8}}
	elem.Next("x", false)
	assert.EqualValues(t, 9, elem.Chunks[0].Index)
}
