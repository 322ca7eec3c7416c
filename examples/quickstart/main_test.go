package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestQuickstart(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	start := time.Now()
	require.NoError(t, run(t.Context(), &out, func(string) string { return "" }))
	assert.Less(t, time.Since(start), 5*time.Second)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 17)
	for i, want := range []string{"chat      local Tencent Chat for app 1400000001", "backend   webhooks at", "account   imported leckie and support"} {
		assert.Contains(t, lines[i], want)
	}
	for _, want := range []string{ // the webhook comes when it comes
		`webhook   C2C.CallbackBeforeSendMsg: "your order is on its way" may pass`,
		"message   support wrote to leckie",
		"webhook   C2C.CallbackAfterSendMsg: leckie has 1 unread",
		`webhook   C2C.CallbackBeforeSendMsg: "cheap watches" is refused`,
		"message   the sender of another one got code 120001",
		`history   support: "your order is on its way"`,
		"message   taken back",
		"profile   set 3 fields of leckie",
		`webhook   Profile.CallbackPortraitSet: administrator changed 3 fields of leckie: nickname "Leckie", Vip "1"`,
		`profile   read back leckie: nickname "Leckie", gender Gender_Type_Female`,
		"error     40003, known by errors.Is: profile/portrait_set: 40003 ProfileAccountNotFound",
		"usersig   signed for leckie", "in one second (documented: 200); the service refused 0",
	} {
		assert.Contains(t, out.String(), want)
	}
	assert.Contains(t, lines[len(lines)-1], "next      copy examples/backend")
}

// What is run against the real service is run here against the local one.
func TestRESTHalf(t *testing.T) {
	t.Parallel()
	chat := restapitest.NewServer()
	defer chat.Close()
	client := chat.Client()
	defer client.CloseIdleConnections()
	var out bytes.Buffer
	a := app{id: chat.SDKAppID(), key: chat.SecretKey(), user: "ben", sender: chat.Admin(), client: client}
	require.NoError(t, restHalf(t.Context(), &out, a))
	for _, want := range []string{"account   imported ben", "wrote to ben", "history", "taken back", "profile   set 2 fields", "usersig"} {
		assert.Contains(t, out.String(), want)
	}
}

func TestAppFromEnvironment(t *testing.T) {
	t.Parallel()
	env := map[string]string{"TENCENT_CHAT_SDKAPPID": "1400000001", "TENCENT_CHAT_SECRET_KEY": "key", "TENCENT_CHAT_REGION": "sgp"}
	getenv := func(name string) string { return env[name] }
	require.ErrorContains(t, run(t.Context(), &bytes.Buffer{}, getenv), "or none")
	env["TENCENT_CHAT_USER"] = "leckie"
	a, real, err := appFromEnv(getenv)
	require.NoError(t, err)
	assert.True(t, real)
	assert.Equal(t, "restapi.Client(sdkappid 1400000001, region sgp)", a.client.String())
	env["TENCENT_CHAT_REGION"] = "mars"
	_, _, err = appFromEnv(getenv)
	require.Error(t, err)
	env["TENCENT_CHAT_SDKAPPID"] = "x"
	_, _, err = appFromEnv(getenv)
	require.EqualError(t, err, "TENCENT_CHAT_SDKAPPID is not a number")
}
