package callback_test

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/tools/webhookbench"
)

func TestSignVectors(t *testing.T) {
	t.Parallel()
	var protocol struct {
		Webhook struct {
			Signature struct {
				Vectors []struct {
					Token       string `json:"token"`
					RequestTime string `json:"request_time"`
					Sign        string `json:"sign"`
					Valid       *bool  `json:"valid"`
				} `json:"vectors"`
			} `json:"signature"`
		} `json:"webhook"`
	}
	require.NoError(t, spec.Read("protocol.json", &protocol))
	vectors := protocol.Webhook.Signature.Vectors
	require.NotEmpty(t, vectors)
	for _, v := range vectors {
		valid := v.Valid != nil && *v.Valid // where nothing is documented, as for upper case, the request is refused
		assert.Equal(t, valid, callback.Sign(v.Token, v.RequestTime) == v.Sign)
		seconds, err := strconv.ParseInt(v.RequestTime, 10, 64)
		require.NoError(t, err)
		h, err := callback.NewHandler(app, callback.WithToken(v.Token), callback.WithClock(func() time.Time { return time.Unix(seconds, 0) }))
		require.NoError(t, err)
		q := signed(portraitSet)
		q.Set("RequestTime", v.RequestTime)
		q.Set("Sign", v.Sign)
		if w := serve(h, request(t, q.Encode(), `{}`)); valid {
			assertOK(t, w)
		} else {
			assertFailed(t, w, 401)
		}
	}
}

func TestTokenRotation(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long", 100)
	h, err := callback.NewHandler(app, callback.WithToken("new", "old", long), callback.WithClock(clock))
	require.NoError(t, err)
	for tok, status := range map[string]int{"new": 200, "old": 200, long: 200, "older": 401, "": 401} {
		q := signed(portraitSet)
		q.Set("Sign", callback.Sign(tok, "1750648027"))
		assert.Equal(t, status, serve(h, request(t, q.Encode(), `{}`)).Code, tok)
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		skew   time.Duration
		opts   []callback.Option
		status int
	}{
		"now":                {0, nil, 200},
		"a minute old":       {60 * time.Second, nil, 200},
		"a minute ahead":     {-60 * time.Second, nil, 200},
		"just over old":      {60*time.Second + time.Millisecond, nil, 401},
		"just over ahead":    {-60*time.Second - time.Millisecond, nil, 401},
		"own window":         {5 * time.Minute, []callback.Option{callback.WithMaxSkew(5 * time.Minute)}, 200},
		"own window, over":   {301 * time.Second, []callback.Option{callback.WithMaxSkew(5 * time.Minute)}, 401},
		"own window, ahead":  {-301 * time.Second, []callback.Option{callback.WithMaxSkew(5 * time.Minute)}, 401},
		"a replayed capture": {24 * time.Hour, nil, 401},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			opts := append(slices.Clone(c.opts), callback.WithClock(func() time.Time { return at.Add(c.skew) }))
			assert.Equal(t, c.status, post(t, handler(t, opts...), portraitSet, `{}`).Code)
		})
	}
}

func TestOddRequestTimes(t *testing.T) {
	t.Parallel()
	for requestTime, status := range map[string]int{
		"01750648027":                          200, // hashed as it was received
		"\x201750648027":                       401,
		"1750648027.0":                         401,
		"0x68592a5b":                           401,
		"-1750648027":                          401,
		"9223372036854775807":                  401,
		"-9223372036854775808":                 401,
		"99999999999999999999":                 401,
		"1750648027000":                        401, // milliseconds
		strings.Repeat("0", 10) + "1750648027": 200,
		strings.Repeat("0", 11) + "1750648027": 401, // longer than any clock says
	} {
		q := signed(portraitSet)
		q.Set("RequestTime", requestTime)
		q.Set("Sign", callback.Sign(token, requestTime))
		assert.Equal(t, status, serve(handler(t), request(t, q.Encode(), `{}`)).Code, requestTime)
	}
}

func TestWithoutVerification(t *testing.T) {
	t.Parallel()
	h, err := callback.NewHandler(app, callback.WithoutVerification())
	require.NoError(t, err)
	q := url.Values{"SdkAppId": {"1400000001"}, "CallbackCommand": {portraitSet}}
	assertOK(t, serve(h, request(t, q.Encode(), `{}`)))
	q.Set("SdkAppId", "2")
	assertFailed(t, serve(h, request(t, q.Encode(), `{}`)), 403)
}

func TestSignQuery(t *testing.T) {
	t.Parallel()
	q := url.Values{"CallbackCommand": {portraitSet}}
	h := handler(t)
	h.SignQuery(q)
	assert.Equal(t, url.Values{
		"CallbackCommand": {portraitSet}, "SdkAppid": {"1400000001"}, "RequestTime": {"1750648027"},
		"Sign": {callback.Sign(token, "1750648027")},
	}, q)
	assertOK(t, serve(h, request(t, q.Encode(), `{}`)))

	open, err := callback.NewHandler(app, callback.WithoutVerification())
	require.NoError(t, err)
	q = url.Values{}
	open.SignQuery(q)
	assert.Equal(t, url.Values{"SdkAppid": {"1400000001"}}, q)
}

func TestVerifiedPathAllocatesLittle(t *testing.T) {
	h := webhookbench.NewHandler(t)
	caller := webhookbench.NewCaller(t, h, h, stateChange, `{}`)
	require.True(t, caller.Call())
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { caller.Call() }), 2.0)
}

// TestHandledAllocatesLess: a typed webhook allocates less than the plain handler that is written by hand.
func TestHandledAllocatesLess(t *testing.T) {
	for _, c := range webhookbench.Cases() {
		h := webhookbench.NewHandler(t)
		c.Register(h)
		caller, plain := webhookbench.NewCaller(t, h, h, c.Command, c.Body), webhookbench.NewCaller(t, c.Plain, h, c.Command, c.Body)
		require.True(t, caller.Call() && plain.Call())
		allocs, most := testing.AllocsPerRun(100, func() { caller.Call() }), testing.AllocsPerRun(100, func() { plain.Call() })
		assert.Less(t, allocs, most, c.Name)
	}
}
