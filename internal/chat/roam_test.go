package chat_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestImports(t *testing.T) {
	t.Parallel()
	r := record(t, fine, "ana", "ben")
	a := r.App
	ben := a.NewDevice(chat.Actor{UserID: "ben", Platform: callback.PlatformIOS}, callback.PushPlatformAPNs)
	require.NoError(t, ben.SignIn(time.Now()))
	bring := func(from, to, s string, kind, time int) {
		ask(t, a, "openim/importmsg", fmt.Sprintf(`{"SyncFromOldSystem":%d,"From_Account":%q,"To_Account":%q,"MsgSeq":1,
			"MsgRandom":2,"MsgTimeStamp":%d,"MsgBody":%s}`, kind, from, to, time, text(s)))
	}
	bring("ana", "ben", "second", 2, 1690000002)
	bring("ben", "ana", "third", 2, 1690000003)
	bring("ana", "ben", "first", 2, 1690000001)
	bring("ana", "ben", "again", 2, 1690000002)
	bring("ben", "ana", "again, the other way", 2, 1690000002)
	assert.Equal(t, "first, second, third", texts(t, a, "ana", "ben"))
	assert.Zero(t, unread(t, a, "ben"))
	assert.Empty(t, ben.Inbox())
	require.NoError(t, ben.Background(true))
	bring("ana", "ben", "live", 5, 1690000004)
	assert.Equal(t, 1, unread(t, a, "ben"))
	require.Len(t, ben.Inbox(), 1)
	assert.Equal(t, "live", ben.Inbox()[0].Text)
	assert.Zero(t, r.count())
	assert.Equal(t, restapi.CodeMessageInvalidSyncFromOldSystem, do(t, a, "openim/importmsg",
		`{"SyncFromOldSystem":3,"From_Account":"ana","To_Account":"ben","MsgRandom":1,"MsgTimeStamp":1,"MsgBody":`+text("x")+`}`))
	assert.Equal(t, restapi.CodeMessageInvalidFormat, do(t, a, "openim/importmsg",
		`{"SyncFromOldSystem":2,"From_Account":"ana","To_Account":"ben","MsgRandom":1,"MsgTimeStamp":1,
		"MsgBody":[{"MsgType":"TIMSoundElem","MsgContent":{"UUID":"x","Size":1,"Second":1}}]}`), "nobody could download it")
}

func TestHistoryInPages(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil, "ana", "ben")
	for i := range 250 {
		ask(t, a, "openim/importmsg", fmt.Sprintf(`{"SyncFromOldSystem":2,"From_Account":"ana","To_Account":"ben","MsgSeq":%d,
			"MsgRandom":2,"MsgTimeStamp":%d,"MsgBody":%s}`, i, 1000+i/3, text(fmt.Sprint(i))))
	}
	var seen []string
	body, pages := `"MaxCnt":70,"MinTime":1001,"MaxTime":1082`, 0
	for {
		p, _ := ask(t, a, "openim/admin_getroammsg", `{"From_Account":"ben","To_Account":"ana",`+body+`}`)
		assert.Len(t, p.MsgList, p.MsgCnt)
		var these []string
		for _, m := range p.MsgList {
			these = append(these, fmt.Sprint(m["MsgSeq"]))
		}
		assert.Equal(t, p.LastMsgKey, p.MsgList[0]["MsgKey"], "the oldest of the page, which is in ascending order")
		seen = append(these, seen...)
		pages++
		if p.Complete == 1 {
			break
		}
		body = fmt.Sprintf(`"MaxCnt":70,"MinTime":1001,"MaxTime":%d,"LastMsgKey":%q`, p.LastMsgTime, p.LastMsgKey)
	}
	assert.Equal(t, 4, pages)
	require.Len(t, seen, 246, "none twice and none left out")
	assert.Equal(t, "3", seen[0])
	assert.Equal(t, "248", seen[245])

	for range 5 {
		say(t, a, strings.Repeat("x", 5000), "")
	}
	p, _ := ask(t, a, "openim/admin_getroammsg",
		`{"Operator_Account":"ben","Peer_Account":"ana","MaxCnt":100,"MinTime":9999,"MaxTime":4000000000}`)
	assert.Equal(t, 2, p.MsgCnt, "a page has about 13 KB")
	assert.Zero(t, p.Complete)
}
