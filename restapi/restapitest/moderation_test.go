package restapitest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/moderation"
	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// kept keeps the events of one kind.
type kept[E any] struct {
	mu  sync.Mutex
	all []E
}

func (k *kept[E]) add(_ context.Context, e E) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.all = append(k.all, e)
	return nil
}

func (k *kept[E]) take() []E {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := k.all
	k.all = nil
	return all
}

// A word that a backend adds stops what a user sends from then on, and the backend is told.
func TestModeration(t *testing.T) {
	t.Parallel()
	var results kept[*callback.ContentResultNotify]
	b := newBackend(t)
	callback.On(b.Handler, results.add)
	srv := newServer(t, restapitest.WithApp(appID, secret), restapitest.WithCallbackHandler(b, token))
	srv.AddAccount("ann", "bob")
	checks, ctx := moderation.NewClient(srv.Client()), t.Context()
	libs, err := conform.Drain(checks.Libraries(ctx))
	require.NoError(t, err)
	require.Len(t, libs, 1)
	require.NoError(t, checks.AddCloudKeywords(ctx, libs[0].ID, []moderation.Keyword{{Content: "buy now", Label: moderation.LabelAd}}))
	require.NoError(t, checks.AddLocalKeywords(ctx, []moderation.LocalKeyword{
		{Keyword: "darn", WordType: moderation.WordText, FilterType: moderation.FilterReplace, ReplacedContent: "d***"},
		{Keyword: "[0-9]{6}", WordType: moderation.WordRegexp, FilterType: moderation.FilterBlock},
	}))
	ann := srv.User("ann")
	m, err := ann.Send("bob", message.Text("darn"))
	require.NoError(t, err)
	assert.Equal(t, "d***", m.Body.Text())
	_, err = ann.Send("bob", message.Text("call 123456"))
	require.ErrorIs(t, err, restapi.CodeSensitiveText)
	_, err = ann.Send("bob", message.Text("please buy now"))
	require.ErrorIs(t, err, restapi.CodeSensitiveText)
	srv.Wait() // those of different users are in no order
	require.ErrorIs(t, ann.SetProfile(profile.Nick.To("buy now")), restapi.CodeProfileSensitiveText)
	srv.Wait()
	got := results.take()
	require.Len(t, got, 2)
	assert.Equal(t, callback.ContentSceneC2C, got[0].Scene)
	assert.Equal(t, "bob", got[0].ContactItem.ToAccount)
	assert.Equal(t, callback.ContentSceneUserInfo, got[1].Scene)
	for _, e := range got {
		assert.Equal(t, "ann", e.FromAccount)
		assert.Equal(t, []string{"buy now"}, e.CtxcbKeywords)
		assert.Equal(t, callback.ContentResultStopped, e.CtxcbResult)
		assert.Empty(t, e.ClientIP, "the vendor names no client")
		assert.Empty(t, e.OptPlatform)
	}

	one, err := checks.Moderate(ctx, moderation.C2C, moderation.Content{ContentType: moderation.Text, Content: "buy now"})
	require.NoError(t, err)
	assert.Equal(t, moderation.Block, one.Result)
	assert.Equal(t, moderation.LabelAd, one.Label)
	all, err := checks.ModerateBatch(ctx, moderation.C2C, []moderation.Content{
		{ContentType: moderation.Text, Content: "hi"}, {ContentType: moderation.Image, Content: "https://x.test/buy now.png"},
	})
	require.NoError(t, restapi.Join(all, err))
	assert.Equal(t, []moderation.Decision{moderation.Pass, moderation.Block}, []moderation.Decision{all[0].Result, all[1].Result})
	later, err := checks.Moderate(ctx, moderation.C2C,
		moderation.Content{ContentType: moderation.Audio, Content: "https://x.test/a.mp3"}, moderation.WithExtSender("ann"))
	require.NoError(t, err)
	assert.Empty(t, later.Result)
	srv.Wait()
	got = results.take()
	require.Len(t, got, 1)
	assert.Equal(t, later.RequestID, got[0].CtxcbRequestID)

	words, err := conform.Drain(checks.CloudKeywords(ctx, libs[0].ID, moderation.WithContent("buy")))
	require.NoError(t, err)
	require.Len(t, words, 1)
	gone, err := checks.DeleteCloudKeywords(ctx, libs[0].ID, []string{"buy now", "buy later"})
	require.NoError(t, err)
	require.NoError(t, gone[0].Err())
	require.ErrorContains(t, gone[1].Err(), "not in the library")
	local, err := conform.Drain(checks.LocalKeywords(ctx))
	require.NoError(t, err)
	require.Len(t, local, 2)
	require.NoError(t, checks.DeleteLocalKeywords(ctx, local))
	page, err := checks.LocalKeywordPage(ctx, "", 0)
	require.NoError(t, err)
	assert.Zero(t, page)
	_, err = ann.Send("bob", message.Text("darn 123456 buy now"))
	require.NoError(t, err)
}

func TestOperation(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob")
	ops, ctx := operation.NewClient(srv.Client()), t.Context()
	require.NoError(t, ops.SetNoSpeaking(ctx, "ann", operation.WithC2CMsg(operation.Forever), operation.WithGroupMsg(time.Hour)))
	mute, err := ops.GetNoSpeaking(ctx, "ann")
	require.NoError(t, err)
	assert.Equal(t, operation.Forever, mute.C2CMsg)
	assert.InDelta(t, time.Hour, mute.GroupMsg, float64(5*time.Second))
	phone := srv.User("ann")
	_, err = phone.Send("bob", message.Text("x"))
	require.ErrorIs(t, err, restapi.CodeMessageSenderMuted)
	groups := group.NewClient(srv.Client())
	id, err := groups.Create(ctx, group.Group{Type: group.Public, Name: "Harbor", OwnerAccount: "ann"})
	require.NoError(t, err)
	_, err = phone.In(id).Send(message.Text("x"))
	require.ErrorIs(t, err, restapi.CodeGroupSenderMuted)
	_, err = groups.Send(ctx, id, message.Message{FromAccount: "ann", MsgBody: message.Text("x")})
	require.ErrorIs(t, err, restapi.CodeGroupSenderMuted)
	require.NoError(t, ops.SetNoSpeaking(ctx, "ann", operation.WithGroupMsg(0)))
	_, err = phone.In(id).Send(message.Text("x"))
	require.NoError(t, err, "the one to one mute goes on")
	_, err = ops.GetNoSpeaking(ctx, "nobody")
	require.ErrorIs(t, err, restapi.CodeConfigInvalidGetAccount)

	infos, err := ops.GetAppInfo(ctx, "LoginTimes", "AppId")
	require.NoError(t, err)
	require.Len(t, infos, 1)
	assert.EqualValues(t, 1, infos[0].LoginTimes)
	assert.Equal(t, srv.SDKAppID(), infos[0].AppID)
	all, err := ops.GetIPList(ctx, operation.NetTypeAll)
	require.NoError(t, err)
	hooks, err := ops.GetIPList(ctx, operation.WebhookOverseas)
	require.NoError(t, err)
	assert.NotEqual(t, all, hooks, "the type is in the URL")
	_, err = ops.GetIPList(ctx, 7)
	require.ErrorIs(t, err, restapi.CodeInvalidQueryParameter)

	const file = "https://cos.example.com/1.jpg"
	require.NoError(t, ops.ForbidFile(ctx, file))
	sigs, err := ops.GetFileSigs(ctx, []string{file, file + "2", "x"})
	require.NoError(t, err)
	assert.Equal(t, []operation.FileStatus{operation.FileBlocked, operation.FileNormal}, []operation.FileStatus{sigs[0].Status, sigs[1].Status})
	require.ErrorIs(t, sigs[2].Err(), restapi.CodeGroupInvalidParameter)
	require.NoError(t, ops.AllowFile(ctx, file))
}

// Answers lack the fields that the documented ones lack.
func TestAnswersWithoutCommonFields(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	raw := func(cmd restapi.Command, body string) string {
		res, err := (&http.Client{Transport: srv.Transport()}).Post(
			srv.URL+"/"+cmd.Path()+"?"+query(t, srv).Encode(), "application/json", strings.NewReader(body))
		require.NoError(t, err)
		data, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		return string(data)
	}
	assert.JSONEq(t, `{"ErrorCode":130008,"ErrorInfo":"no time is given"}`, raw(operation.CommandSetNoSpeaking, `{"Set_Account":"administrator"}`))
	assert.JSONEq(t, `{"ErrorCode":0,"ErrorInfo":""}`, raw(operation.CommandSetNoSpeaking, `{"Set_Account":"administrator","C2CmsgNospeakingTime":0}`))
	got := raw(operation.CommandGetAppInfo, `{"RequestField":["Date"]}`)
	assert.Contains(t, got, `"ErrorCode":0,"ErrorInfo":"OK"}`)
	assert.NotContains(t, got, "ActionStatus")
	got = raw(operation.CommandGetIPList, `{}`)
	assert.Contains(t, got, `"ActionStatus":"OK","ErrorCode":0}`)
	assert.NotContains(t, got, "ErrorInfo")
}

// A log is fetched from the server itself, also where the connection breaks.
func TestHistoryOfMessages(t *testing.T) {
	t.Parallel()
	c := newClock()
	srv := newServer(t, restapitest.WithClock(c.Now))
	srv.AddAccount("ann", "bob")
	for range 100 {
		_, err := srv.User("ann").Send("bob", message.Text(strings.Repeat("x", 100)))
		require.NoError(t, err)
		c.Add(time.Second)
	}
	hour := c.Now()
	ops, ctx := operation.NewClient(srv.Client()), t.Context()
	_, err := ops.GetHistory(ctx, operation.C2C, hour)
	require.ErrorIs(t, err, restapi.CodeOperationFileNotReady)
	c.Add(2 * time.Hour)
	files, err := ops.GetHistory(ctx, operation.C2C, hour)
	require.NoError(t, err)
	require.Len(t, files, 1)
	assert.True(t, strings.HasPrefix(files[0].URL, srv.URL+"/history/"), files[0].URL)

	var whole bytes.Buffer
	cut := &cutting{RoundTripper: &http.Transport{DisableKeepAlives: true}, left: 2}
	require.NoError(t, files[0].Download(ctx, &http.Client{Transport: cut}, &whole))
	assert.Equal(t, []string{"", "bytes=100-", "bytes=200-"}, cut.ranges)
	n := 0
	for m, err := range operation.ReadHistory(&whole) {
		require.NoError(t, err)
		assert.Equal(t, "bob", m.ToAccount)
		n++
	}
	assert.Equal(t, 100, n)

	c.Add(25 * time.Hour)
	require.ErrorContains(t, files[0].Download(ctx, new(http.Client), io.Discard), "http status 404")
	files[0].URL = srv.URL + "/history/"
	require.ErrorContains(t, files[0].Download(ctx, new(http.Client), io.Discard), "http status 404")
	http.DefaultClient.CloseIdleConnections()
}

// cutting breaks off answers after 100 bytes.
type cutting struct {
	http.RoundTripper

	left   int
	ranges []string
}

func (c *cutting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.ranges = append(c.ranges, r.Header.Get("Range"))
	res, err := c.RoundTripper.RoundTrip(r)
	if err == nil && c.left > 0 {
		c.left--
		res.Body = &cutBody{ReadCloser: res.Body, left: 100}
	}
	return res, err
}

type cutBody struct {
	io.ReadCloser

	left int
}

func (b *cutBody) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errors.New("connection reset")
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func TestARateThatIsNear(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var alerts kept[*callback.AlertRequestOverLimit]
		b := newBackend(t)
		callback.On(b.Handler, alerts.add)
		srv := newServer(t, restapitest.WithApp(appID, secret), restapitest.WithoutListener(),
			restapitest.WithCallbackHandler(b, token), restapitest.WithRate(10))
		ops := operation.NewClient(srv.Client(restapi.WithLimiter(nil)))
		ask := func(n int) {
			t.Helper()
			for range n {
				_, _ = ops.GetIPList(t.Context(), operation.NetTypeAll)
			}
			srv.Wait()
		}
		ask(8)
		assert.Empty(t, alerts.take(), "80 % is not over it")
		time.Sleep(time.Second)
		ask(8)
		assert.Empty(t, alerts.take(), "nor is it in two seconds")
		ask(1)
		got := alerts.take()
		require.Len(t, got, 1)
		assert.Equal(t, "ConfigSvc GetIPList", got[0].ServiceName+" "+got[0].CommandName)
		assert.Equal(t, []int{9, 10}, []int{got[0].Request, got[0].Limit})
		ask(5)
		assert.Empty(t, alerts.take(), "once in a minute")
		time.Sleep(time.Minute)
		ask(9)
		assert.Len(t, alerts.take(), 1)
	})
}
