package chat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const svc = "openconfigsvr/"

func TestMutes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hooks := &listener{body: map[string][]byte{}}
		a := newApp(t, hooks.post, "ann", "bob")
		ann := signedIn(t, a, "ann", callback.PlatformIOS)
		hooks.take(a)
		left := func() string {
			_, got := ask(t, a, svc+"getnospeaking", `{"Get_Account":"ann"}`)
			return got
		}
		send := func() (rest, device restapi.Code) {
			rest = do(t, a, "openim/sendmsg", `{"From_Account":"ann","To_Account":"bob","MsgRandom":1,"MsgBody":`+text("x")+`}`)
			_, err := ann.Send("bob", message.Text("x"), chat.SendOptions{})
			return rest, codeOf(err)
		}
		both := func(code restapi.Code, why string) {
			rest, device := send()
			assert.Equal(t, code, rest, why)
			assert.Equal(t, code, device, why)
		}
		ask(t, a, svc+"setnospeaking", `{"Set_Account":"ann","C2CmsgNospeakingTime":60,"GroupmsgNospeakingTime":4294967295}`)
		assert.JSONEq(t, `{"C2CmsgNospeakingTime":60,"GroupmsgNospeakingTime":4294967295}`, left())
		both(restapi.CodeMessageSenderMuted, "muted")
		assert.Empty(t, hooks.take(a), "and nobody is asked")
		assert.Contains(t, snapshot(t, a), fmt.Sprintf(
			`{"kind":"nospeaking","Set_Account":"ann","C2CTime":%d,"GroupTime":4294967295}`, time.Now().Unix()+60))
		b := newApp(t, nil)
		require.NoError(t, b.Restore(strings.NewReader(snapshot(t, a))))
		assert.Equal(t, snapshot(t, a), snapshot(t, b))

		for _, path := range []string{"openim/batchsendmsg", "openim/importmsg"} {
			body := strings.NewReplacer("openim/batchsendmsg", `["bob"]`, "openim/importmsg", `"bob"`).Replace(path)
			assert.Zero(t, do(t, a, path, `{"From_Account":"ann","To_Account":`+body+`,"MsgRandom":1,"MsgTimeStamp":1557387418,"SyncFromOldSystem":2,"MsgBody":`+text("x")+`}`), path)
		}
		time.Sleep(59 * time.Second)
		both(restapi.CodeMessageSenderMuted, "still")
		time.Sleep(time.Second)
		assert.JSONEq(t, `{"C2CmsgNospeakingTime":0,"GroupmsgNospeakingTime":4294967295}`, left())
		both(0, "no more")
		ask(t, a, svc+"setnospeaking", `{"Set_Account":"ann","C2CmsgNospeakingTime":4294967295}`)
		ask(t, a, svc+"setnospeaking", `{"Set_Account":"ann","GroupmsgNospeakingTime":0}`)
		assert.JSONEq(t, `{"C2CmsgNospeakingTime":4294967295,"GroupmsgNospeakingTime":0}`, left(), "each by itself")
		ask(t, a, svc+"setnospeaking", `{"Set_Account":"ann","C2CmsgNospeakingTime":0}`)
		both(0, "lifted")
		assert.NotContains(t, snapshot(t, a), "nospeaking")
	})
}

func TestAMuteWhileTheBackendIsAsked(t *testing.T) {
	t.Parallel()
	l := &listener{body: map[string][]byte{}}
	a := newApp(t, nil, "ann", "bob")
	a.SetPost(func(ctx context.Context, e callback.Envelope) (int, []byte, error) {
		if e.Command == "C2C.CallbackBeforeSendMsg" {
			assert.Zero(t, do(t, a, svc+"setnospeaking", `{"Set_Account":"ann","C2CmsgNospeakingTime":60}`))
		}
		return l.post(ctx, e)
	})
	assert.Equal(t, restapi.CodeMessageSenderMuted,
		do(t, a, "openim/sendmsg", `{"From_Account":"ann","To_Account":"bob","MsgRandom":1,"MsgBody":`+text("x")+`}`))
	assert.Equal(t, []string{"C2C.CallbackBeforeSendMsg"}, l.take(a))
}

// getHistory asks for the log of the hour of a moment.
func getHistory(t *testing.T, a *chat.App, chatType string, at time.Time) (file operation.HistoryFile, code restapi.Code) {
	t.Helper()
	row, _ := a.Row("v4/open_msg_svc/get_history")
	req := request(a, fmt.Sprintf(`{"ChatType":%q,"MsgTime":%q}`, chatType, at.In(time.FixedZone("", 8*60*60)).Format("2006010215")))
	req.Base = "http://chat.test"
	reply, err := a.Do(t.Context(), row, req)
	reply.Release()
	if err != nil {
		return file, codeOf(err)
	}
	data, err := json.Marshal(reply.Result)
	require.NoError(t, err)
	var answer struct {
		File []struct {
			URL, ExpireTime, FileMD5, GzipMD5 string
			FileSize, GzipSize                int64
		}
	}
	require.NoError(t, json.Unmarshal(data, &answer))
	require.Len(t, answer.File, 1)
	f := answer.File[0]
	expires, err := time.ParseInLocation(time.DateTime, f.ExpireTime, time.FixedZone("", 8*60*60))
	require.NoError(t, err)
	return operation.HistoryFile{URL: f.URL, ExpireTime: expires, FileSize: f.FileSize, FileMD5: f.FileMD5, GzipSize: f.GzipSize, GzipMD5: f.GzipMD5}, 0
}

// packedOf returns the log at an address.
func packedOf(a *chat.App, f operation.HistoryFile) ([]byte, bool) {
	name, ok := strings.CutPrefix(f.URL, "http://chat.test"+chat.HistoryPath)
	packed, sum, there := a.HistoryFile(name)
	return packed, ok && there && sum == f.GzipMD5
}

func TestHistory(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, nil, "ann", "bob")
		start := time.Now() // on the hour
		send := func(text string) {
			t.Helper()
			require.Zero(t, do(t, a, "openim/sendmsg", fmt.Sprintf(`{"From_Account":"ann","To_Account":"bob","MsgSeq":7,"MsgRandom":%d,
				"CloudCustomData":"c","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":%q}}]}`, len(text), text)))
		}
		send("one")
		time.Sleep(time.Hour - time.Second)
		send("three") // a second before the next hour
		time.Sleep(time.Second)
		send("later")
		_, code := getHistory(t, a, "C2C", start)
		assert.Equal(t, restapi.CodeOperationFileNotReady, code, "it is made an hour later")
		time.Sleep(time.Hour)
		file, code := getHistory(t, a, "C2C", start)
		require.Zero(t, code)
		packed, ok := packedOf(a, file)
		require.True(t, ok)
		assert.Len(t, packed, int(file.GzipSize))
		var got []string
		for m, err := range operation.ReadHistory(bytes.NewReader(packed)) {
			require.NoError(t, err)
			assert.Equal(t, "ann bob 7 c", fmt.Sprint(m.FromAccount, " ", m.ToAccount, " ", m.MsgSeq, " ", m.CloudCustomData))
			assert.GreaterOrEqual(t, m.MsgTimeStamp, uint64(start.Unix()))
			assert.Empty(t, m.Extra)
			got = append(got, m.MsgBody.Text())
		}
		assert.Equal(t, []string{"one", "three"}, got)
		again, _ := getHistory(t, a, "C2C", start.Add(time.Hour-1))
		assert.Equal(t, file, again, "nothing has changed")
		_, code = getHistory(t, a, "Group", start)
		assert.Equal(t, restapi.CodeOperationFileNotReady, code, "there are no groups")
		_, code = getHistory(t, a, "Both", start)
		assert.Equal(t, restapi.CodeOperationInvalidParameter, code)
		assert.Equal(t, restapi.CodeOperationInvalidParameter, do(t, a, "open_msg_svc/get_history", `{"ChatType":"C2C","MsgTime":"2024"}`))

		require.Zero(t, do(t, a, "openim/importmsg", fmt.Sprintf(`{"From_Account":"bob","To_Account":"ann","SyncFromOldSystem":2,"MsgRandom":1,"MsgSeq":1,"MsgTimeStamp":%d,"MsgBody":%s}`, start.Unix()+1, text("two"))))
		changed, _ := getHistory(t, a, "C2C", start)
		assert.NotEqual(t, file.URL, changed.URL)
		_, ok = packedOf(a, file)
		assert.False(t, ok, "a log that was made anew takes the place of the one before")
		time.Sleep(25 * time.Hour)
		_, ok = packedOf(a, changed)
		assert.False(t, ok, "the address has expired")
		fresh, _ := getHistory(t, a, "C2C", start)
		assert.NotEqual(t, changed.URL, fresh.URL)
		assert.Equal(t, changed.GzipMD5, fresh.GzipMD5)
		time.Sleep(7 * 24 * time.Hour)
		_, code = getHistory(t, a, "C2C", start)
		assert.Equal(t, restapi.CodeOperationFileExpired, code)
	})
}

func TestFigures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hooks := &listener{body: map[string][]byte{}}
		a := newApp(t, hooks.post, "ann", "bob")
		ask(t, a, "im_open_login_svc/account_import", `{"UserID":"cat"}`)
		ann := signedIn(t, a, "ann", callback.PlatformIOS)
		_, err := ann.Send("bob", message.Text("x"), chat.SendOptions{})
		require.NoError(t, err)
		_, err = ann.Send("bob", message.Text("y"), chat.SendOptions{})
		require.NoError(t, err)
		sent := len(hooks.take(a))
		some := `{"RequestField":["RegistUserNumOneDay","RegistUserNumTotal","LoginTimes","LoginUserNum","UpMsgNum","SendMsgUserNum","CallBackReq","CallBackRsp","Nonsense"]}`
		_, got := ask(t, a, svc+"getappinfo", some)
		assert.JSONEq(t, fmt.Sprintf(`{"Result":[{"Date":"20000101","RegistUserNumOneDay":"1","RegistUserNumTotal":"4","LoginTimes":"1",
			"LoginUserNum":"1","UpMsgNum":"2","SendMsgUserNum":"1","CallBackReq":"%d","CallBackRsp":"%[1]d"}]}`, sent), got)
		time.Sleep(24 * time.Hour)
		_, got = ask(t, a, svc+"getappinfo", `{"RequestField":["UpMsgNum"]}`)
		assert.JSONEq(t, `{"Result":[{"Date":"20000101","UpMsgNum":"2"},{"Date":"20000102","UpMsgNum":"0"}]}`, got)
		_, got = ask(t, a, svc+"getappinfo", `{}`)
		var all struct{ Result []map[string]string }
		require.NoError(t, json.Unmarshal([]byte(got), &all))
		assert.Len(t, all.Result[0], 32, "all that are documented")
		for range 40 {
			time.Sleep(24 * time.Hour)
			_, got = ask(t, a, svc+"getappinfo", `{"RequestField":["AppId"]}`)
		}
		require.NoError(t, json.Unmarshal([]byte(got), &all))
		assert.Len(t, all.Result, 30)
	})
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil)
	row, _ := a.Row("v4/ConfigSvc/GetIPList")
	for given, want := range map[string]string{"": "203.0.113.0/24", "0": "203.0.113.0/24", "5": "198.51.100.0/26", "7": "", "-1": "", "x": ""} {
		req := request(a, `{}`)
		if given != "" {
			req.Query = url.Values{"nettype": {given}}
		}
		reply, err := a.Do(t.Context(), row, req)
		if want == "" {
			assert.Equal(t, restapi.CodeInvalidQueryParameter, codeOf(err), given)
			continue
		}
		require.NoError(t, err)
		assert.Contains(t, fmt.Sprint(reply.Result), want)
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil)
	status := func() string {
		_, got := ask(t, a, "im_cos_msg/get_cos_sig", `{"RawURLs":[{"ResourceID":3,"RawURL":"https://x.test/a b?c=1"},{"ResourceID":4,"RawURL":"x"}]}`)
		return got
	}
	assert.Regexp(t, `"ResourceID":3,"PreSigURL":"https://x.test/a%20b\?c=1\\u0026im-time-expired=\d+\\u0026sign=local","Status":0`, status())
	assert.Contains(t, status(), `{"Code":10004,"Desc":"RawURL is not an address","ResourceID":4,"PreSigURL":"","Status":0}`)
	ask(t, a, "im_cos_msg/forbid_illegal_object", `{"RawURL":"https://x.test/a b?c=1"}`)
	assert.Contains(t, status(), `"Status":1`)
	assert.Contains(t, snapshot(t, a), `{"kind":"blockedfile","RawURL":"https://x.test/a b?c=1"}`)
	b := newApp(t, nil)
	require.NoError(t, b.Restore(strings.NewReader(snapshot(t, a))))
	assert.Equal(t, snapshot(t, a), snapshot(t, b))
	ask(t, a, "im_cos_msg/allow_banned_object", `{"RawURL":"https://x.test/a b?c=1"}`)
	assert.NotContains(t, status(), `"Status":1`)
	for path, body := range map[string]string{
		"forbid_illegal_object": `{"RawURL":""}`, "allow_banned_object": `{"RawURL":"x"}`, "get_cos_sig": `{"RawURLs":[]}`,
	} {
		assert.Equal(t, restapi.CodeGroupInvalidParameter, do(t, a, "im_cos_msg/"+path, body), path)
	}
}

func TestAlert(t *testing.T) {
	t.Parallel()
	hooks := &listener{body: map[string][]byte{}}
	a := newApp(t, hooks.post)
	a.Alert(7, "openim", "sendmsg", 161, 200)
	assert.Equal(t, []string{"Alert.RequestOverLimit"}, hooks.take(a))
	assert.JSONEq(t, `{"CallbackCommand":"Alert.RequestOverLimit","ServiceName":"openim","Command":"sendmsg","Request":161,"Limit":200}`,
		string(hooks.body["Alert.RequestOverLimit"]))
	assert.Equal(t, 7, a.Journal().Deliveries()[0].Cause)
	require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
	a.Alert(8, "openim", "sendmsg", 161, 200)
	assert.Empty(t, hooks.take(a))
}
