package message_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// asked is a Caller that keeps the request.
type asked struct{ request any }

func (a *asked) Call(_ context.Context, _ restapi.Command, req, _ any) error {
	a.request = req
	return nil
}

// What is written by hand is what encoding/json would write: for what most messages have, and for each field besides.
func TestSendWritesWhatEncodingJSONWrites(t *testing.T) {
	t.Parallel()
	plain := message.Message{FromAccount: "support", MsgBody: message.Text("on its way"), MsgRandom: 7}
	for name, change := range map[string]func(m *message.Message, to *string){
		"plain":     func(*message.Message, *string) {},
		"no sender": func(m *message.Message, _ *string) { m.FromAccount = "" },
		"letters": func(m *message.Message, to *string) {
			*to, m.MsgBody = "小明", message.Text("\"<\\>&\u2028\x00é\x7f")
		},
		"two elements": func(m *message.Message, _ *string) { m.MsgBody = append(m.MsgBody, &message.FaceElem{Index: 1}) },
		"newer element": func(m *message.Message, _ *string) {
			m.MsgBody[0].(*message.TextElem).Extra = message.Extra{"New": []byte(`1`)}
		},
		"CloudCustomData": func(m *message.Message, _ *string) { m.CloudCustomData = "c" },
		"OfflinePushInfo": func(m *message.Message, _ *string) { m.OfflinePushInfo = &message.OfflinePushInfo{Title: "t"} },
		"SendMsgControl":  func(m *message.Message, _ *string) { m.SendMsgControl = []message.SendControl{message.NoUnread} },
		"ForbidCallbackControl": func(m *message.Message, _ *string) {
			m.ForbidCallbackControl = []message.ForbidCallback{message.ForbidAfterSendMsgCallback}
		},
		"OnlineOnlyFlag":          func(m *message.Message, _ *string) { m.OnlineOnlyFlag = true },
		"SupportMessageExtension": func(m *message.Message, _ *string) { m.SupportMessageExtension = true },
		"NeedReadReceipt":         func(m *message.Message, _ *string) { m.NeedReadReceipt = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, to := plain, "ben"
			m.MsgBody = message.Text("on its way")
			change(&m, &to)
			var sent asked
			_, err := message.NewClient(&sent).Send(t.Context(), to, m, message.WithSeq(9))
			require.NoError(t, err)
			byHand, err := sent.request.(interface {
				AppendJSON(dst []byte) ([]byte, error)
			}).AppendJSON([]byte("before "))
			require.NoError(t, err)
			whole, err := json.Marshal(sent.request)
			require.NoError(t, err)
			object, ok := strings.CutPrefix(string(byHand), "before ")
			assert.True(t, ok)
			assert.JSONEq(t, string(whole), object)
		})
	}
}
