package chat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	mgr      = "im_msg_audit_mgr/"
	firstLib = "00000000-0000-4000-8000-000000000001"
)

// wordy is an app with a word of each kind.
const wordy = `{"format":"tencentchat-local","version":1}
{"kind":"settings","ForbidWords":["casino"]}
{"kind":"user","UserID":"ann"}
{"kind":"user","UserID":"bob"}
{"kind":"library","ID":"shop","LibName":"shop words","Suggestion":"Review"}
{"kind":"library","ID":"quiet","LibName":"quiet words","Suggestion":"Pass"}
{"kind":"cloudword","LibID":"` + firstLib + `","Content":"poison","Label":"Illegal"}
{"kind":"cloudword","LibID":"shop","Content":"buy","Label":"Ad"}
{"kind":"cloudword","LibID":"shop","Content":"now"}
{"kind":"cloudword","LibID":"quiet","Content":"hush"}
{"kind":"localword","Keyword":"darn","WordType":1,"FilterType":1,"ReplacedContent":"d***"}
{"kind":"localword","Keyword":"[0-9]{5,}","WordType":2,"FilterType":1,"ReplacedContent":"$0#"}
{"kind":"localword","Keyword":"ba+d","WordType":2,"FilterType":2}
`

// A listener keeps the webhooks that come, by their commands.
type listener struct {
	mu   sync.Mutex
	got  []string
	body map[string][]byte // the last of each
}

func (l *listener) post(_ context.Context, e callback.Envelope) (int, []byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.got = append(l.got, e.Command)
	l.body[e.Command] = e.Body
	return 200, []byte(fine), nil
}

// take returns the commands since the last time.
func (l *listener) take(a *chat.App) []string {
	a.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	got := l.got
	l.got = nil
	return got
}

// result is the last result of moderation.
func (l *listener) result(t *testing.T) *callback.ContentResultNotify {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	var e callback.ContentResultNotify
	require.NoError(t, json.Unmarshal(l.body["ContentCallback.ResultNotify"], &e))
	return &e
}

func newListed(t *testing.T) (*chat.App, *listener) {
	t.Helper()
	l := &listener{body: map[string][]byte{}}
	a := newApp(t, l.post)
	require.NoError(t, a.Restore(strings.NewReader(wordy)))
	return a, l
}

func TestWordsActOnMessages(t *testing.T) {
	t.Parallel()
	a, hooks := newListed(t)
	const notify, before, after = "ContentCallback.ResultNotify", "C2C.CallbackBeforeSendMsg", "C2C.CallbackAfterSendMsg"
	for i, tc := range []struct {
		text, control string
		code          restapi.Code
		sent          string
		hooks         []string
	}{
		{"hi", "", 0, "hi", []string{before, after}},
		{"my casino", "", restapi.CodeSensitiveText, "", nil},
		{"my casino", `"NoMsgCheck"`, 0, "my casino", []string{before, after}},
		{"so baaaad", "", restapi.CodeSensitiveText, "", nil},
		{"darn, call 5551234, darn", "", 0, "d***, call $0#, d***", []string{before, after}},
		{"hush", "", 0, "hush", []string{before, after}},
		{"buy it", "", 0, "buy it", []string{before, notify, after}},
		{"poison", "", restapi.CodeSensitiveText, "", []string{notify}},
		{"buy poison now", "", restapi.CodeSensitiveText, "", []string{notify}},
		{"buy it", `"NoMsgCheck"`, 0, "buy it", []string{before, after}},
	} {
		code := do(t, a, "openim/sendmsg", fmt.Sprintf(
			`{"From_Account":"ann","To_Account":"bob","MsgSeq":%d,"MsgRandom":1,"SendMsgControl":[%s],"MsgBody":%s}`,
			i+1, tc.control, text(tc.text)))
		assert.Equal(t, tc.code, code, tc.text)
		assert.Equal(t, tc.hooks, hooks.take(a), tc.text)
		if tc.code == 0 {
			assert.Contains(t, texts(t, a, "bob", "ann"), tc.sent)
		}
	}
}

func TestWhatTheResultSays(t *testing.T) {
	t.Parallel()
	a, hooks := newListed(t)
	send := func(text string) {
		do(t, a, "openim/sendmsg", `{"From_Account":"ann","To_Account":"bob","MsgSeq":7,"MsgRandom":1,"CloudCustomData":"c","MsgBody":`+text+`}`)
		hooks.take(a)
	}
	send(text("buy poison"))
	e := hooks.result(t)
	assert.Equal(t, callback.ContentSceneC2C, e.Scene)
	assert.EqualValues(t, 1400000001, e.BodySDKAppID)
	assert.Equal(t, "ann", e.FromAccount)
	assert.Equal(t, callback.ContentContact{ContactType: callback.ContactTypeC2C, ToAccount: "bob"}, e.ContactItem)
	assert.Equal(t, []string{"buy poison"}, e.TextContent)
	assert.True(t, strings.HasPrefix(e.MsgID, "7_1_"), e.MsgID)
	assert.Equal(t, callback.ContentResultStopped, e.CtxcbResult)
	assert.Equal(t, []string{"poison"}, e.CtxcbKeywords, "of the library that would do most")
	assert.Equal(t, callback.ContentSuggestionBlock, e.CtxcbSuggestion)
	assert.Equal(t, callback.ContentLabelIllegal, e.CtxcbLabel)
	assert.Equal(t, "local", e.CtxcbLibName)
	assert.Equal(t, "c", e.CloudCustomData)
	assert.NotEmpty(t, e.CtxcbRequestID)
	id := e.CtxcbRequestID
	send(text("now buy"))
	e = hooks.result(t)
	assert.Equal(t, callback.ContentResultPassed, e.CtxcbResult)
	assert.Equal(t, []string{"buy", "now"}, e.CtxcbKeywords)
	assert.Equal(t, callback.ContentSuggestionReview, e.CtxcbSuggestion)
	assert.Equal(t, callback.ContentLabelAd, e.CtxcbLabel)
	assert.NotEqual(t, id, e.CtxcbRequestID)
}

func TestWordsActOnWhatDevicesSay(t *testing.T) {
	t.Parallel()
	a, hooks := newListed(t)
	ann := signedIn(t, a, "ann", callback.PlatformIOS)
	hooks.take(a)
	m, err := ann.Send("bob", message.Body{
		&message.TextElem{Text: "darn"}, &message.FaceElem{Index: 1}, &message.TextElem{Text: " it"},
	}, chat.SendOptions{})
	require.NoError(t, err)
	assert.Equal(t, "d*** it", m.Body.Text())
	_, err = ann.Send("bob", message.Body{&message.TextElem{Text: "poi"}, &message.TextElem{Text: "son"}}, chat.SendOptions{})
	require.Equal(t, restapi.CodeSensitiveText, codeOf(err))
	assert.Equal(t, []string{"C2C.CallbackBeforeSendMsg", "C2C.CallbackAfterSendMsg", "ContentCallback.ResultNotify"}, hooks.take(a))
	require.Equal(t, restapi.CodeSensitiveText, codeOf(ann.Edit("bob", m.MsgKey, message.Text("bad"))))
	require.NoError(t, ann.Edit("bob", m.MsgKey, message.Text("darn 12345")))
	assert.Contains(t, texts(t, a, "bob", "ann"), "d*** $0#")
	hooks.take(a)

	require.Equal(t, restapi.CodeProfileSensitiveText, codeOf(ann.SetProfile(profile.Items{
		profile.Signature.To("buy"), profile.Nick.To("Poison or poison"),
	})))
	assert.Equal(t, []string{"ContentCallback.ResultNotify"}, hooks.take(a), "of what stops it, not of the review before")
	e := hooks.result(t)
	assert.Equal(t, callback.ContentSceneUserInfo, e.Scene)
	assert.Equal(t, []string{"Poison or poison"}, e.TextContent)
	assert.Empty(t, e.MsgID)
	assert.Zero(t, e.ContactItem)
	require.NoError(t, ann.SetProfile(profile.Items{profile.Nick.To("buy darn")}))
	got := hooks.take(a)
	slices.Sort(got)
	assert.Equal(t, []string{"ContentCallback.ResultNotify", "Profile.CallbackPortraitSet"}, got)
	items, _ := a.Profile("ann")
	nick, _ := profile.Nick.Of(items)
	assert.Equal(t, "buy darn", nick, "words are not replaced there")
}

func TestWordsActOnOtherNames(t *testing.T) {
	t.Parallel()
	a, hooks := newListed(t)
	for path, body := range map[string]string{
		"im_open_login_svc/account_import": `{"UserID":"cat","Nick":"%s"}`,
		"sns/group_add":                    `{"From_Account":"ann","GroupName":["%s"]}`,
		"openim/batchsendmsg":              `{"From_Account":"ann","To_Account":["bob"],"MsgRandom":1,"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"%s"}}]}`,
	} {
		for _, word := range []string{"casino", "poison", "baad"} {
			assert.NotZero(t, do(t, a, path, fmt.Sprintf(body, word)), "%s %s", path, word)
		}
		assert.Zero(t, do(t, a, path, fmt.Sprintf(body, "buy")), path)
	}
	assert.NotContains(t, hooks.take(a), "ContentCallback.ResultNotify")
}

func TestContentIsChecked(t *testing.T) {
	t.Parallel()
	a, hooks := newListed(t)
	const one, batch = "im_msg_audit/content_moderation", "im_msg_audit/batch_content_moderation"
	content := func(kind, content string) string {
		return fmt.Sprintf(`{"AuditName":"UserInfo","ExtSender":"ann","ContentType":%q,"Content":%q}`, kind, content)
	}
	for content, want := range map[string]string{
		content("Text", "hello"):                          `"Result":"Pass","Score":0,"Label":"Normal"}`,
		content("Text", "buy now"):                        `"Result":"Review","Score":70,"Label":"Ad","Keywords":["buy","now"]}`,
		content("Text", "poison"):                         `"Result":"Block","Score":100,"Label":"Illegal","Keywords":["poison"]}`,
		content("Image", "https://x.test/poison.png"):     `"Result":"Block","Score":100,"Label":"Illegal","Keywords":["poison"]}`,
		content("Text", "casino") /* not of a library */ : `"Result":"Pass"`,
		content("Text", strings.Repeat("x", 8192)):        `"Result":"Pass"`,
		content("Image", strings.Repeat("x", 8193)+".x"):  `"Result":"Pass"`,
	} {
		_, got := ask(t, a, one, content)
		assert.Contains(t, got, want)
	}
	assert.Empty(t, hooks.take(a), "these are answered")
	_, got := ask(t, a, one, content("Video", "https://x.test/buy.mp4"))
	assert.JSONEq(t, `{"RequestId":"`+mustID(t, got)+`"}`, got)
	assert.Equal(t, []string{"ContentCallback.ResultNotify"}, hooks.take(a))
	e := hooks.result(t)
	assert.Equal(t, "https://x.test/buy.mp4", e.FileURL)
	assert.Equal(t, callback.ContentTypeVideo, e.ContentType)
	assert.Equal(t, callback.ContentSceneUserInfo, e.Scene)
	assert.Equal(t, "ann", e.FromAccount)
	assert.Equal(t, callback.ContentLabelAd, e.CtxcbLabel)
	assert.Empty(t, e.TextContent)
	assert.Equal(t, mustID(t, got), e.CtxcbRequestID)
	ask(t, a, one, content("Audio", "https://x.test/a.mp3"))
	hooks.take(a)
	assert.Equal(t, callback.ContentSuggestionNormal, hooks.result(t).CtxcbSuggestion)

	_, got = ask(t, a, batch, `{"AuditName":"C2C","Contents":[{"ContentId":0,"ContentType":"Text","Content":"buy"},
		{"ContentId":7,"ContentType":"Image","Content":"https://x.test/1.png"}]}`)
	assert.Contains(t, got, `"Result":"Review","Score":70,"Label":"Ad","SubLabel":"","Keywords":["buy"],"ErrorCode":0,"ErrorInfo":"","ContentId":0}`)
	assert.Contains(t, got, `"ContentId":7}`)
	for path, bodies := range map[string][]string{
		one: {
			content("Text", ""), content("Text", strings.Repeat("x", 8193)), content("Smell", "x"),
			`{"AuditName":"","ContentType":"Text","Content":"x"}`,
		},
		batch: {
			`{"AuditName":"C2C","Contents":[]}`, `{"AuditName":"","Contents":[{"ContentId":0,"ContentType":"Text","Content":"x"}]}`,
			`{"AuditName":"C2C","Contents":[{"ContentId":0,"ContentType":"Audio","Content":"x"}]}`,
			`{"AuditName":"C2C","Contents":[{"ContentId":0,"ContentType":"Text","Content":""}]}`,
			`{"AuditName":"C2C","Contents":[{"ContentId":0,"ContentType":"Text","Content":"x"},{"ContentId":0,"ContentType":"Text","Content":"y"}]}`,
		},
	} {
		for _, body := range bodies {
			assert.Equal(t, restapi.CodeModerationInvalidParameter, do(t, a, path, body), body)
		}
	}
	require.NoError(t, a.SetSettings(chat.Settings{Off: []chat.Feature{chat.FeatureModeration}}))
	assert.Equal(t, restapi.CodeModerationNotEnabled, do(t, a, one, content("Text", "x")))
}

func mustID(t *testing.T, answer string) string {
	t.Helper()
	var a struct {
		RequestID string `json:"RequestId"`
	}
	require.NoError(t, json.Unmarshal([]byte(answer), &a))
	require.NotEmpty(t, a.RequestID)
	return a.RequestID
}

func TestWordLists(t *testing.T) {
	t.Parallel()
	a, _ := newListed(t)
	const app = `"SdkAppId":1400000001`
	page := app + `,"Offset":0,"Limit":100`
	_, got := ask(t, a, mgr+"get_cloud_audit_keywords_ids", `{`+app+`,"Offset":1,"Limit":1}`)
	assert.Contains(t, got, `"TotalCount":3,"Infos":[{"ID":"shop","LibName":"shop words","Describe":"","CreateTime":"","Suggestion":"Review"}]`)
	ask(t, a, mgr+"add_cloud_audit_keywords", `{`+app+`,"LibID":"shop","UserKeywords":[{"Content":"sale","Label":"Ad"},{"Content":"buy"}]}`)
	_, got = ask(t, a, mgr+"get_cloud_audit_keywords", `{`+page+`,"LibID":"shop","Content":"a"}`)
	assert.Regexp(t, `"TotalCount":1,"Infos":\[\{"ID":"5","Content":"sale","CreateTime":"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"\}\]`, got)
	_, got = ask(t, a, mgr+"delete_cloud_audit_keywords", `{`+app+`,"LibID":"shop","Keywords":["sale","gone"]}`)
	assert.Contains(t, got, `"Count":1,"Details":[{"KeywordID":"5","Keyword":"sale","Deleted":true,"ErrorInfo":""},`+
		`{"KeywordID":"","Keyword":"gone","Deleted":false,"ErrorInfo":"the word is not in the library"}]`)

	ask(t, a, mgr+"add_local_audit_keywords", `{`+app+`,"LocalAuditWords":[
		{"Keyword":"darn","WordType":1,"FilterType":2},{"Keyword":"heck","WordType":1,"FilterType":1}]}`)
	_, got = ask(t, a, mgr+"get_local_audit_keywords", `{`+page+`,"FilterType":2,"Keyword":"a"}`)
	assert.Regexp(t, `"LocalAuditWords":\[\{"Id":1,"Keyword":"darn","WordType":1,"FilterType":2,"UpdateTime":"[^"]+"\},`+
		`\{"Id":3,.*\],"TotalCount":2,"TotalRegCount":2,"CurCount":1,"CurRegCount":1`, got)
	assert.Equal(t, restapi.CodeSensitiveText, do(t, a, "openim/sendmsg", `{"From_Account":"ann","To_Account":"bob","MsgRandom":1,"MsgBody":`+text("darn")+`}`))
	ask(t, a, mgr+"delete_local_audit_keywords", `{`+app+`,"LocalAuditWords":[
		{"Id":1,"Keyword":"x","WordType":1,"FilterType":1},{"Keyword":"heck","WordType":1,"FilterType":2},{"Keyword":"none","WordType":1,"FilterType":2}]}`)
	_, got = ask(t, a, mgr+"get_local_audit_keywords", `{`+app+`,"Offset":7,"Limit":1}`)
	assert.Contains(t, got, `"LocalAuditWords":[],"TotalCount":0,"TotalRegCount":2`)

	words := strings.Repeat(`{"Keyword":"w","WordType":1,"FilterType":2},`, 11)
	for path, bodies := range map[string]map[string]restapi.Code{
		"get_cloud_audit_keywords_ids": {`"SdkAppId":7,"Offset":0,"Limit":1`: 2003, app + `,"Offset":0,"Limit":0`: 2003, app + `,"Offset":0,"Limit":101`: 2003},
		"get_cloud_audit_keywords":     {page + `,"LibID":"x"`: 2003, app + `,"Offset":0,"Limit":0,"LibID":"shop"`: 2003},
		"add_cloud_audit_keywords":     {app + `,"LibID":"shop","UserKeywords":[]`: 2003, app + `,"LibID":"shop","UserKeywords":[{"Content":""}]`: 2003},
		"delete_cloud_audit_keywords":  {app + `,"LibID":"x","Keywords":["a"]`: 2003, `"SdkAppId":7,"LibID":"shop","Keywords":["a"]`: 2003},
		"get_local_audit_keywords":     {`"SdkAppId":7,"Offset":0,"Limit":1`: 2003},
		"add_local_audit_keywords": {
			app + `,"LocalAuditWords":[` + strings.TrimSuffix(words, ",") + `]`:            2016,
			app + `,"LocalAuditWords":[{"Keyword":"(","WordType":2,"FilterType":2}]`:       2003,
			app + `,"LocalAuditWords":[{"Keyword":"w","WordType":3,"FilterType":2}]`:       2003,
			app + `,"LocalAuditWords":[{"Keyword":"w","WordType":1,"FilterType":0}]`:       2003,
			`"SdkAppId":7,"LocalAuditWords":[{"Keyword":"w","WordType":1,"FilterType":2}]`: 2003,
		},
		"delete_local_audit_keywords": {app + `,"LocalAuditWords":[]`: 2003},
	} {
		for body, code := range bodies {
			assert.Equal(t, code, do(t, a, mgr+path, `{`+body+`}`), "%s %s", path, body)
		}
	}
}

func TestSnapshotsOfWords(t *testing.T) {
	t.Parallel()
	a, _ := newListed(t)
	first := snapshot(t, a)
	assert.Contains(t, first, `{"kind":"library","ID":"quiet","LibName":"quiet words","Suggestion":"Pass"}`)
	assert.NotContains(t, first, `"kind":"library","ID":"`+firstLib, "it is there from the start")
	assert.Contains(t, first, `{"kind":"cloudword","LibID":"shop","ID":"3","Content":"now"}`)
	b := newApp(t, nil)
	require.NoError(t, b.Restore(strings.NewReader(first)))
	assert.Equal(t, first, snapshot(t, b))
	require.NoError(t, b.Restore(strings.NewReader(strings.Replace(first, `{"kind":"library","ID":"shop"`,
		`{"kind":"library","ID":"`+firstLib+`","Suggestion":"Review"}`+"\n"+`{"kind":"library","ID":"shop"`, 1))))
	assert.Contains(t, snapshot(t, b), `{"kind":"library","ID":"`+firstLib+`","Suggestion":"Review"}`)

	for line, want := range map[string]string{
		`{"kind":"library","ID":"","Suggestion":"Block"}`:                       "ID is empty",
		`{"kind":"library","ID":"x","Suggestion":"Maybe"}`:                      "Suggestion",
		`{"kind":"library","ID":"shop","Suggestion":"Block"}`:                   "twice",
		`{"kind":"cloudword","LibID":"x","Content":"w"}`:                        "LibID",
		`{"kind":"cloudword","LibID":"shop","Content":"buy"}`:                   "already",
		`{"kind":"cloudword","LibID":"shop","Content":"w","ID":"1"}`:            "twice",
		`{"kind":"cloudword","LibID":"shop","Content":"w","ID":"x"}`:            "number",
		`{"kind":"localword","Keyword":"","WordType":1,"FilterType":1}`:         "Keyword is empty",
		`{"kind":"localword","Keyword":"darn","WordType":1,"FilterType":2}`:     "twice",
		`{"kind":"localword","Id":1,"Keyword":"w","WordType":1,"FilterType":2}`: "twice",
		`{"kind":"localword","Keyword":"(","WordType":2,"FilterType":2}`:        "regular expression",
		`{"kind":"nospeaking","Set_Account":"nobody","C2CTime":1}`:              "not a user",
		`{"kind":"nospeaking","Set_Account":"ann"}`:                             "neither",
		`{"kind":"nospeaking","Set_Account":"ann","C2CTime":-1}`:                "not from 0",
		`{"kind":"nospeaking","Set_Account":"ann","GroupTime":4294967296}`:      "not from 0",
		`{"kind":"blockedfile","RawURL":"x"}`:                                   "not an address",
	} {
		require.ErrorContains(t, b.Restore(strings.NewReader(wordy+line)), want, line)
	}
}

// addWords adds words, and what else of an app is not a matter of its users alone. A library comes by a snapshot only.
func addWords(tb testing.TB, a *chat.App) {
	tb.Helper()
	var b bytes.Buffer
	require.NoError(tb, a.Snapshot(&b))
	b.WriteString(`{"kind":"library","ID":"shop","LibName":"shop words","CreateTime":"2026-01-01 00:00:00 +0800 CST","Suggestion":"Review"}` + "\n")
	require.NoError(tb, a.Restore(&b))
	const app = `{"SdkAppId":1400000001,`
	for _, one := range [][2]string{
		{mgr + "add_cloud_audit_keywords", app + `"LibID":"shop","UserKeywords":[{"Content":"buy","Label":"Ad"},{"Content":"<now>"}]}`},
		{mgr + "add_cloud_audit_keywords", app + `"LibID":"` + firstLib + `","UserKeywords":[{"Content":"poison"}]}`},
		{mgr + "add_local_audit_keywords", app + `"LocalAuditWords":[{"Keyword":"[0-9]{5,}","WordType":2,"FilterType":1,"ReplacedContent":"#"},
			{"Keyword":"darn","WordType":1,"FilterType":2}]}`},
		{svc + "setnospeaking", `{"Set_Account":"bob","C2CmsgNospeakingTime":60,"GroupmsgNospeakingTime":4294967295}`},
		{svc + "setnospeaking", `{"Set_Account":"小明","C2CmsgNospeakingTime":4294967295}`},
		{"im_cos_msg/forbid_illegal_object", `{"RawURL":"https://cos.example.com/76aa/2.jpg"}`},
		{"im_cos_msg/forbid_illegal_object", `{"RawURL":"https://cos.example.com/76aa/1.jpg"}`},
	} {
		row, _ := a.Row("v4/" + one[0])
		req := request(a, one[1])
		req.Now = time.Unix(1772366400, 0)
		_, err := a.Do(tb.Context(), row, req)
		require.NoError(tb, err, one[0])
	}
}
