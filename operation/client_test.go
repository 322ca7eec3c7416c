package operation_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // where net/http says what it thinks of connections that break
	goleak.VerifyTestMain(m)
}

func second[T any](_ T, err error) error { return err }

// of answers as documented, with that example.
func of(tb testing.TB, cmd restapi.Command, example int) *operation.Client {
	tb.Helper()
	return operation.NewClient(&conform.Recorder{Answer: string(conform.Documented(tb, cmd).ResponseExamples[example])})
}

const rawURL = "https://cos.example.com/76aa-1400000001/2f3b/699eb4ee-142072.jpg"

var beijing = time.FixedZone("", 8*60*60)

func TestRequestsAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	type calls = []func(c *operation.Client) error
	for _, tc := range []struct {
		cmd   restapi.Command
		calls calls // in the order of the documented requests
	}{
		{operation.CommandGetHistory, calls{func(c *operation.Client) error {
			return second(c.GetHistory(ctx, operation.C2C, time.Date(2024, 1, 2, 13, 59, 59, 0, time.UTC)))
		}}},
		{operation.CommandGetAppInfo, calls{
			func(c *operation.Client) error { return second(c.GetAppInfo(ctx)) },
			func(c *operation.Client) error { return second(c.GetAppInfo(ctx, "ChainIncrease", "ChainDecrease")) },
		}},
		{operation.CommandSetNoSpeaking, calls{
			func(c *operation.Client) error {
				return c.SetNoSpeaking(ctx, "ben", operation.WithC2CMsg(operation.Forever), operation.WithGroupMsg(2*time.Hour))
			},
			func(c *operation.Client) error { return c.SetNoSpeaking(ctx, "ben", operation.WithC2CMsg(0)) },
		}},
		{operation.CommandGetNoSpeaking, calls{
			func(c *operation.Client) error { return second(c.GetNoSpeaking(ctx, "ben")) },
		}},
		{operation.CommandGetIPList, calls{
			func(c *operation.Client) error { return second(c.GetIPList(ctx, operation.NetTypeAll)) },
		}},
		{operation.CommandForbidIllegalObject, calls{
			func(c *operation.Client) error { return c.ForbidFile(ctx, rawURL) },
		}},
		{operation.CommandAllowBannedObject, calls{
			func(c *operation.Client) error { return c.AllowFile(ctx, rawURL) },
		}},
		{operation.CommandGetCOSSig, calls{func(c *operation.Client) error {
			return second(c.GetFileSigs(ctx, []string{rawURL, rawURL + "2", rawURL}))
		}}},
	} {
		t.Run(tc.cmd.Name, func(t *testing.T) {
			t.Parallel()
			doc := conform.Documented(t, tc.cmd)
			require.Len(t, doc.RequestExamples, len(tc.calls))
			for i, call := range tc.calls {
				r := &conform.Recorder{Answer: string(doc.ResponseExamples[0])}
				require.NoError(t, call(operation.NewClient(r)))
				assert.Equal(t, tc.cmd, r.Command)
				assert.JSONEq(t, string(doc.RequestExamples[i]), r.Body)
			}
		})
	}
}

// asking keeps what a request adds to the URL.
type asking struct{ query url.Values }

func (a *asking) Call(_ context.Context, _ restapi.Command, req, _ any) error {
	a.query = req.(interface{ Query() url.Values }).Query()
	return nil
}

func TestTheTypeOfAddressesIsInTheURL(t *testing.T) {
	t.Parallel()
	var a asking
	require.NoError(t, second(operation.NewClient(&a).GetIPList(t.Context(), operation.WebhookChina)))
	assert.Equal(t, url.Values{"nettype": {"5"}}, a.query)
}

func TestDocumentedAnswers(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	files, err := of(t, operation.CommandGetHistory, 0).GetHistory(ctx, operation.C2C, time.Now())
	require.NoError(t, err)
	require.Len(t, files, 1)
	assert.True(t, files[0].ExpireTime.Equal(time.Date(2024, 1, 3, 16, 45, 23, 0, beijing)))
	files[0].ExpireTime = time.Time{}
	assert.Equal(t, operation.HistoryFile{
		URL: "https://download.example.com/msg/2/9b8f.gz", FileSize: 65207, FileMD5: "cceece008bb7f469a47cf8c4b7acb84e",
		GzipSize: 1815, GzipMD5: "c3a0269dde393fd7a8bb18bfdeaeee2e",
	}, files[0])

	all, err := of(t, operation.CommandGetAppInfo, 0).GetAppInfo(ctx)
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Equal(t, operation.AppInfo{
		Date: "20240102", AppName: "demo", Company: "acme", AppID: 1400000001, ActiveUserNum: 103, CallBackRsp: 130,
	}, operation.AppInfo{
		Date: all[0].Date, AppName: all[0].AppName, Company: all[0].Company, AppID: all[0].AppID,
		ActiveUserNum: all[0].ActiveUserNum, CallBackRsp: all[0].CallBackRsp,
	})
	some, err := of(t, operation.CommandGetAppInfo, 1).GetAppInfo(ctx, "ChainIncrease", "ChainDecrease")
	require.NoError(t, err)
	assert.Equal(t, []operation.AppInfo{
		{Date: "20240103", ChainIncrease: 8, ChainDecrease: 8}, {Date: "20240104", ChainIncrease: 17, ChainDecrease: 17},
	}, some)

	mute, err := of(t, operation.CommandGetNoSpeaking, 0).GetNoSpeaking(ctx, "ben")
	require.NoError(t, err)
	assert.Equal(t, operation.NoSpeaking{C2CMsg: operation.Forever, GroupMsg: 7196 * time.Second}, mute)
	ips, err := of(t, operation.CommandGetIPList, 0).GetIPList(ctx, operation.NetTypeAll)
	require.NoError(t, err)
	assert.Equal(t, []string{"203.0.113.7", "198.51.100.0/25"}, ips)

	sigs, err := of(t, operation.CommandGetCOSSig, 0).GetFileSigs(ctx, []string{rawURL, rawURL + "2", rawURL, "https://x.example.com"})
	require.NoError(t, err)
	assert.Equal(t, rawURL+"?sign=xyz&im-time-expired=1700000900", sigs[0].PreSigURL)
	assert.Equal(t, sigs[0], sigs[2])
	assert.Equal(t, operation.FileGone, sigs[1].Status)
	require.ErrorIs(t, sigs[3].Err(), restapi.ErrBadResponse)
}

func TestAFileThatIsNotSigned(t *testing.T) {
	t.Parallel()
	c := operation.NewClient(&conform.Recorder{Answer: `{"PreSigURLs":[
		{"ResourceID":2,"Code":10004,"Desc":"no such file"},{"ResourceID":3},{"ResourceID":0},
		{"ResourceID":1,"PreSigURL":"https://a.example.com?sign=x","Status":1}]}`})
	sigs, err := c.GetFileSigs(t.Context(), []string{"a", "b"})
	require.NoError(t, err)
	assert.Equal(t, operation.FileSig{RawURL: "a", PreSigURL: "https://a.example.com?sign=x", Status: operation.FileBlocked}, sigs[0])
	require.ErrorIs(t, sigs[1].Err(), restapi.Code(10004))
	require.ErrorContains(t, sigs[1].Err(), "no such file")
}

func TestATimeOfExpiryThatCannotBeRead(t *testing.T) {
	t.Parallel()
	c := operation.NewClient(&conform.Recorder{Answer: `{"File":[{"URL":"u","ExpireTime":"soon"}]}`})
	files, err := c.GetHistory(t.Context(), operation.Group, time.Now())
	require.NoError(t, err)
	assert.Equal(t, []operation.HistoryFile{{URL: "u"}}, files)
}

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	c, ctx := operation.NewClient(&conform.Recorder{Err: down}), t.Context()
	for name, call := range map[string]func() (any, error){
		"history":     func() (any, error) { return c.GetHistory(ctx, operation.C2C, time.Now()) },
		"info":        func() (any, error) { return c.GetAppInfo(ctx) },
		"no speaking": func() (any, error) { return c.GetNoSpeaking(ctx, "ben") },
		"set":         func() (any, error) { return nil, c.SetNoSpeaking(ctx, "ben", operation.WithC2CMsg(0)) },
		"addresses":   func() (any, error) { return c.GetIPList(ctx, operation.NetTypeAll) },
		"forbid":      func() (any, error) { return nil, c.ForbidFile(ctx, "a") },
		"sigs":        func() (any, error) { return c.GetFileSigs(ctx, []string{"a"}) },
	} {
		got, err := call()
		require.ErrorIs(t, err, down, name)
		assert.Empty(t, got, name)
	}
}

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	mute := func(opts ...operation.NoSpeakingOption) func(*operation.Client) error {
		return func(c *operation.Client) error { return c.SetNoSpeaking(ctx, "ben", opts...) }
	}
	for name, tc := range map[string]struct {
		field, reason string
		call          func(c *operation.Client) error
	}{
		"history of nothing": {"ChatType", "is empty", func(c *operation.Client) error {
			return second(c.GetHistory(ctx, "", time.Now()))
		}},
		"no hour": {"MsgTime", "since 1970", func(c *operation.Client) error {
			return second(c.GetHistory(ctx, operation.C2C, time.Time{}))
		}},
		"old hour": {"MsgTime", "since 1970", func(c *operation.Client) error {
			return second(c.GetHistory(ctx, operation.C2C, time.Unix(-1, 0)))
		}},
		"no field": {"RequestField[1]", "is empty", func(c *operation.Client) error {
			return second(c.GetAppInfo(ctx, "Date", ""))
		}},
		"mute nobody": {"Set_Account", "is empty", func(c *operation.Client) error {
			return c.SetNoSpeaking(ctx, "", operation.WithC2CMsg(0))
		}},
		"mute nothing":   {"C2CmsgNospeakingTime", "is not given", mute()},
		"mute backwards": {"C2CmsgNospeakingTime", "not from 0", mute(operation.WithC2CMsg(-time.Second))},
		"mute too long":  {"GroupmsgNospeakingTime", "not from 0 to Forever", mute(operation.WithGroupMsg(operation.Forever + time.Second))},
		"mute a part":    {"GroupmsgNospeakingTime", "a fraction", mute(operation.WithC2CMsg(0), operation.WithGroupMsg(1500*time.Millisecond))},
		"muted nobody": {"Get_Account", "is empty", func(c *operation.Client) error {
			return second(c.GetNoSpeaking(ctx, ""))
		}},
		"addresses": {"nettype", "is -1", func(c *operation.Client) error { return second(c.GetIPList(ctx, -1)) }},
		"forbid":    {"RawURL", "is empty", func(c *operation.Client) error { return c.ForbidFile(ctx, "") }},
		"allow":     {"RawURL", "is empty", func(c *operation.Client) error { return c.AllowFile(ctx, "") }},
		"no files":  {"RawURLs", "is empty", func(c *operation.Client) error { return second(c.GetFileSigs(ctx, nil)) }},
		"no address": {"RawURLs[1].RawURL", "is empty", func(c *operation.Client) error {
			return second(c.GetFileSigs(ctx, []string{"a", ""}))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{}`}
			err := tc.call(operation.NewClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			argument, _ := errors.AsType[*restapi.ArgumentError](err)
			assert.Equal(t, tc.field, argument.Field)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.NotEmpty(t, argument.Command.Name)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
}
