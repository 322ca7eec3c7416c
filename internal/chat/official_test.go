package chat_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// publish gives ann, bob and 小明 something of official accounts, of bots and of what is not to disturb.
func publish(tb testing.TB, a *chat.App) {
	tb.Helper()
	send := func(s, more string) string {
		return `{"Official_Account":"@TOA#_news","Random":7,"CloudCustomData":"c","MsgBody":` + text(s) + more + `}`
	}
	const service = "official_account_open_http_svc/"
	for _, one := range []struct {
		path, body string
		at         int64
	}{
		{service + "create_official_account", `{"OfficialAccountUserID":"@TOA#_news","Owner_Account":"ann","Name":"<News>","MaxSubscriberNum":9}`, 0},
		{service + "create_official_account", `{"Owner_Account":"小明","Name":"n"}`, 1},
		{service + "add_subscriber", `{"Official_Account":"@TOA#_news","SubscriberList":[{"Subscriber_Account":"小明"},{"Subscriber_Account":"bob"}]}`, 2},
		{service + "add_subscriber", `{"Official_Account":"@TOA#_1","SubscriberList":[{"Subscriber_Account":"ann"}]}`, 3},
		{service + "modify_subscriber_info", `{"Official_Account":"@TOA#_news","Subscriber_Account":"bob","CustomString":"vip"}`, 4},
		{service + "send_official_account_msg", send("a", `,"OnlineOnlyFlag":1`), 5},
		{service + "send_official_account_msg", send("b", ""), 6},
		{service + "official_account_msg_recall", `{"Official_Account":"@TOA#_news","MsgKeyList":["2_1_1772366406"]}`, 7},
		{service + "send_official_account_msg", send("c", ""), 4000},
		{"openim_robot_http_svc/create_robot", `{"UserID":"@RBT#helper","Nick":"Helper"}`, 5000},
		{"im_msg_db_logic/admin_set_do_not_disturb", `{"To_Account":"bob","StartTime":1,"EndTime":2,"IsRepeated":1,"Level":1}`, 5000},
	} {
		row, _ := a.Row("v4/" + one.path)
		req := request(a, one.body)
		req.Now = time.Unix(1772366400+one.at, 0)
		_, err := a.Do(tb.Context(), row, req)
		require.NoError(tb, err, one.body)
	}
}

func TestOfficialLines(t *testing.T) {
	t.Parallel()
	const head = `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"ana"}
{"kind":"user","UserID":"@RBT#a"}
{"kind":"official","OfficialAccountUserID":"@TOA#_n","Owner_Account":"ana","Name":"n"}
`
	account := func(more string) string { return `{"kind":"official","Owner_Account":"ana"` + more + `}` }
	message := func(more string) string {
		return `{"kind":"officialmessage","Official_Account":"@TOA#_n"` + more + `}`
	}
	const subscriber = `{"kind":"subscriber","Official_Account":"@TOA#_n","Subscriber_Account":"ana"}`
	body := `,"MsgBody":` + text("x")
	for name, lines := range map[string]string{
		"an ID that is none":          account(`,"OfficialAccountUserID":"n","Name":"n"`),
		"one that is there":           account(`,"OfficialAccountUserID":"@TOA#_n","Name":"n"`),
		"no name":                     account(`,"OfficialAccountUserID":"@TOA#_m"`),
		"room for fewer than none":    account(`,"OfficialAccountUserID":"@TOA#_m","Name":"n","MaxSubscriberNum":-1`),
		"an owner who is not there":   `{"kind":"official","OfficialAccountUserID":"@TOA#_m","Owner_Account":"eve","Name":"n"}`,
		"a subscriber of none":        strings.Replace(subscriber, "_n", "_m", 1),
		"a subscriber who is not":     strings.Replace(subscriber, "ana", "eve", 1),
		"a subscriber twice":          subscriber + "\n" + subscriber,
		"a message of none":           strings.Replace(message(`,"MsgSeq":1`+body), "_n", "_m", 1),
		"a message without a number":  message(body),
		"a number twice":              message(`,"MsgSeq":1`+body) + "\n" + message(`,"MsgSeq":1`+body),
		"an older message below":      message(`,"MsgSeq":1,"MsgTimeStamp":2`+body) + "\n" + message(`,"MsgSeq":2,"MsgTimeStamp":1`+body),
		"a message without a body":    message(`,"MsgSeq":1`),
		"a place with a body":         message(`,"MsgSeq":1,"IsPlaceMsg":2` + body),
		"another kind of a place":     message(`,"MsgSeq":1,"IsPlaceMsg":3`),
		"a body that is none":         message(`,"MsgSeq":1,"MsgBody":[]`),
		"a bot that is none":          `{"kind":"bot","UserID":"ana"}`,
		"a bot without an account":    `{"kind":"bot","UserID":"@RBT#b"}`,
		"a bot twice":                 strings.Repeat(`{"kind":"bot","UserID":"@RBT#a"}`+"\n", 2),
		"a limit that is below none":  `{"kind":"settings","MaxSubscribers":-1}`,
		"a time that is not a number": `{"kind":"user","UserID":"x","DoNotDisturb":{"StartTime":"x"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newApp(t, nil)
			before := snapshot(t, a)
			require.ErrorContains(t, a.Restore(strings.NewReader(head+lines)), "line ")
			assert.Equal(t, before, snapshot(t, a))
		})
	}
}

func TestAnIDIsMadeThatIsFree(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil, "ana")
	create := func(more string) string {
		_, got := ask(t, a, "official_account_open_http_svc/create_official_account", `{"Owner_Account":"ana","Name":"n"`+more+`}`)
		return got
	}
	create(`,"OfficialAccountUserID":"@TOA#_1"`)
	assert.Equal(t, `{"OfficialAccountUserID":"@TOA#_2"}`, create(""))
}
