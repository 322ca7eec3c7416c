package message_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
)

func pushOf(t *testing.T, data string) (i message.OfflinePushInfo) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(data), &i), data)
	return i
}

func TestDocumentedPushesRoundTrip(t *testing.T) {
	t.Parallel()
	var doc struct{ Examples []json.RawMessage }
	require.NoError(t, spec.Read("types/offline_push_info.json", &doc))
	require.NotEmpty(t, doc.Examples)
	for _, example := range doc.Examples {
		info := pushOf(t, string(example))
		out, err := json.Marshal(info)
		require.NoError(t, err)
		assert.JSONEq(t, string(example), string(out))
		for key := range info.Extra {
			assert.Equal(t, "PushFlag", key, "a documented key is in Extra")
		}
	}
}

// What this package does not know, and what is there but empty, is written back.
func TestPushesKeepWhatIsNewer(t *testing.T) {
	t.Parallel()
	for _, data := range []string{
		`{"Title":"","BadgeSetNum":0,"BadgeAddNum":0,"PushFlag":0,"Newer":[1.50],"PushTemplateParam":{},"MultiLanguageContent":[]}`,
		`{"AndroidInfo":{"Sound":"","ExtAsHuaweiIntentParam":0,"VIVOClassification":0,"MeiZuNoticeMsgType":0,"Newer":{"a":1},"OPPOPrivateTitleParameters":{}}}`,
		`{"ApnsInfo":{"BadgeMode":0,"MutableContent":0,"Newer":"x","LiveActivity":{"LaId":"a","Event":"end","ContentState":{"a":[1.50]}}}}`,
		`{"HarmonyInfo":{"Sound":"","SoundDuration":0,"Newer":null}}`,
		`{}`,
	} {
		out, err := json.Marshal(pushOf(t, data))
		require.NoError(t, err)
		assert.JSONEq(t, data, string(out))
		assert.Len(t, out, len(data), "every byte of a number")
	}
}

func TestPushesAreReadBackAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	out, err := json.Marshal(conform.PushInfo())
	require.NoError(t, err)
	assert.Equal(t, *conform.PushInfo(), pushOf(t, string(out)))
	odd := pushOf(t, `{"HarmonyInfo":{"SoundDuration":"7"},"ApnsInfo":{"IsVoipPush":"1","LiveActivity":{"DismissalDate":"1739502750"}}}`)
	assert.Equal(t, 7*time.Second, odd.HarmonyInfo.SoundDuration)
	assert.True(t, bool(odd.ApnsInfo.IsVoipPush))
	assert.Equal(t, time.Unix(1739502750, 0), odd.ApnsInfo.LiveActivity.DismissalDate)
	require.Error(t, json.Unmarshal([]byte(`{"HarmonyInfo":{"SoundDuration":true}}`), new(message.OfflinePushInfo)))
}

// A flag is 1 or 0 on the wire; 0 is what a field that must be there has.
func TestFlag(t *testing.T) {
	t.Parallel()
	for flag, want := range map[message.Flag]string{true: "1", false: "0"} {
		out, err := json.Marshal(flag)
		require.NoError(t, err)
		assert.Equal(t, want, string(out))
	}
	for data, want := range map[string]message.Flag{
		"1": true, "0": false, `"1"`: true, `"0"`: false, "2": true, "true": true, "false": false, "null": false, "1.0": true,
	} {
		flag := !want
		require.NoError(t, json.Unmarshal([]byte(data), &flag), data)
		assert.Equal(t, want, flag, data)
	}
	for _, data := range []string{`"yes"`, `{}`, `[1]`, `1.5`} {
		require.Error(t, json.Unmarshal([]byte(data), new(message.Flag)), data)
	}
}

// A request embeds a Message, whose fields become its own.
func TestMessageFlattens(t *testing.T) {
	t.Parallel()
	out, err := json.Marshal(struct {
		GroupID string `json:"GroupId"`
		Random  uint32
		message.Message
	}{"g", 7, message.Message{FromAccount: "ana", MsgBody: message.Text("<hi>"), OnlineOnlyFlag: true, NeedReadReceipt: true, MsgRandom: 8}})
	require.NoError(t, err)
	assert.JSONEq(t, `{"GroupId":"g","Random":7,"From_Account":"ana","OnlineOnlyFlag":1,
		"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"<hi>"}}]}`, string(out))
}
