package message_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// The pairs of the documented calls and webhooks are read and written as they are.
func TestExtensionsRoundTrip(t *testing.T) {
	t.Parallel()
	var samples []json.RawMessage
	for _, name := range []string{"get_key_values", "group_get_key_values"} {
		command, err := spec.LookupCommand("v4/openim_msg_ext_http_svc/" + name)
		require.NoError(t, err)
		samples = append(samples, command.ResponseExamples...)
	}
	for _, name := range []string{"C2C.CallbackAfterC2CMsgExtension", "Group.CallbackAfterGroupMsgExtension"} {
		webhook, err := spec.LookupWebhook(name)
		require.NoError(t, err)
		samples = append(samples, webhook.RequestExamples...)
	}
	pairs := 0
	for _, sample := range samples {
		var plain struct{ ExtensionList []json.RawMessage }
		require.NoError(t, json.Unmarshal(sample, &plain))
		for _, pair := range plain.ExtensionList {
			var e message.Extension
			require.NoError(t, json.Unmarshal(pair, &e), "%s", pair)
			out, err := json.Marshal(e)
			require.NoError(t, err)
			assert.JSONEq(t, string(pair), string(out))
			pairs++
		}
	}
	assert.Greater(t, pairs, 5)
}

func TestSetExtensionsReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	pairs := []message.Extension{{Key: "k3", Value: "v3"}, {Key: "k2", Value: "v2"}, {Key: "k1", Value: "v1"}}
	got, err := answering(t, message.CommandSetKeyValues, 0).SetExtensions(t.Context(), "ana", "ben", "1_2_3", pairs)
	require.NoError(t, err)
	require.Len(t, got, 3)
	require.ErrorIs(t, got[0].Err(), restapi.ErrBadResponse, "a pair missing from the answer is not a success")
	assert.Equal(t, message.Extension{Key: "k3"}, got[0].Extension)
	require.ErrorIs(t, got[1].Err(), restapi.CodeExtensionConflict)
	assert.Equal(t, message.Extension{Key: "k2", Value: "v9", Seq: 2}, got[1].Extension, "as the service has it")
	assert.Equal(t, message.ExtensionResult{Extension: message.Extension{Key: "k1", Value: "v1", Seq: 1}}, got[2])
	require.NoError(t, answering(t, message.CommandSetKeyValues, 1).ClearExtensions(t.Context(), "", "ben", "1_2_3"))
}

// pages is a Caller that answers with the page at the StartSeq asked.
type pages struct {
	answers map[int]string
	asked   []int
}

func (p *pages) Call(_ context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	var page struct{ StartSeq int }
	if err := json.Unmarshal(body, &page); err != nil {
		return err
	}
	p.asked = append(p.asked, page.StartSeq)
	return json.Unmarshal([]byte(p.answers[page.StartSeq]), resp)
}

func TestExtensionsGoToTheirEnd(t *testing.T) {
	t.Parallel()
	p := &pages{answers: map[int]string{
		0: `{"CompleteFlag":0,"ExtensionList":[{"Key":"a","Value":"1","Seq":1},{"Key":"b","Seq":7},{"Key":"c","Seq":4}]}`,
		8: `{"CompleteFlag":1,"LatestSeq":9,"ClearSeq":3,"ExtensionList":[{"Key":"d","Seq":9}]}`,
	}}
	c := message.NewClient(p)
	got, err := drain(c.Extensions(t.Context(), "", "ben", "1_2_3"))
	require.NoError(t, err)
	assert.Equal(t, []message.Extension{{"a", "1", 1}, {"b", "", 7}, {"c", "", 4}, {"d", "", 9}}, got)
	assert.Equal(t, []int{0, 8}, p.asked)

	page, err := c.ExtensionPage(t.Context(), "ana", "ben", "1_2_3", message.SinceSeq(8))
	require.NoError(t, err)
	assert.Equal(t, message.ExtensionPage{
		Page: restapi.Page[message.Extension]{Items: []message.Extension{{"d", "", 9}}}, LatestSeq: 9, ClearSeq: 3,
	}, page)
	_, err = c.ExtensionPage(t.Context(), "ana", "ben", "1_2_3", message.SinceSeq(-1))
	require.NoError(t, err)
	assert.Equal(t, 0, p.asked[len(p.asked)-1])
}

func TestExtensionsThatNeverEnd(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]string{
		"nothing":  `{"CompleteFlag":0}`,
		"the same": `{"CompleteFlag":0,"ExtensionList":[{"Key":"a","Seq":4}]}`,
		"below 0":  `{"CompleteFlag":0,"ExtensionList":[{"Key":"a","Seq":-4}]}`,
	} {
		p := &pages{answers: map[int]string{0: page, 5: page}}
		_, err := drain(message.NewClient(p).Extensions(t.Context(), "ana", "ben", "1_2_3"))
		require.ErrorIs(t, err, restapi.ErrBadResponse, name)
		assert.Less(t, len(p.asked), 5)
	}
}
