package callback_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
)

func TestOfficialAccountBeforeSendMsgAnswers(t *testing.T) {
	t.Parallel()
	type (
		event  = callback.OfficialAccountBeforeSendMsg
		answer = callback.OfficialAccountBeforeSendMsgAnswer
	)
	samples := responses(t, "OfficialAccount.CallbackBeforeSendMsg", 5)
	rewrite := message.Body{&message.TextElem{Text: "breaking news"}, &message.CustomElem{Desc: "badge", Data: "gold"}}
	for name, c := range map[string]struct {
		answer func(e *event) answer
		want   string // empty: answered 500
	}{
		"zero":               {func(*event) (a answer) { return a }, samples[0]},
		"allow":              {(*event).Allow, samples[0]},
		"reject":             {func(e *event) answer { return e.Reject("") }, samples[1]},
		"drop":               {(*event).Drop, samples[2]},
		"rewrite":            {func(e *event) answer { return e.Rewrite(rewrite).WithCloudCustomData("edition=3") }, samples[3]},
		"code":               {func(e *event) answer { return e.RejectCode(120002, "too long") }, samples[4]},
		"120000":             {func(e *event) answer { return e.RejectCode(120000, "") }, ""},
		"130001":             {func(e *event) answer { return e.RejectCode(130001, "") }, ""},
		"0 must not allow":   {func(e *event) answer { return e.RejectCode(0, "") }, ""},
		"3, by hand":         {func(*event) answer { return answer{Reply: callback.Reply{ErrorCode: 3}} }, ""},
		"rewrite to nothing": {func(e *event) answer { return e.Rewrite(message.Body{}) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := answered(t, c.answer)
			if c.want == "" {
				assertFailed(t, w, 500)
				return
			}
			assertAnswered(t, w, c.want)
		})
	}
	assertAnswered(t, fallenBack[*event](t), samples[1])
}

func TestOfficialAccountBeforeCreateAnswers(t *testing.T) {
	t.Parallel()
	type (
		event  = callback.OfficialAccountBeforeCreateOfficialAccount
		answer = callback.OfficialAccountBeforeCreateOfficialAccountAnswer
	)
	samples := responses(t, "OfficialAccount.CallbackBeforeCreateOfficialAccount", 3)
	assertAnswered(t, answered(t, func(*event) (a answer) { return a }), samples[0])
	assertAnswered(t, answered(t, (*event).Allow), samples[0])
	assertAnswered(t, answered(t, func(e *event) answer { return e.Reject("") }), samples[1])
	assertAnswered(t, answered(t, func(e *event) answer { return e.RejectCode(120010, "name is reserved") }), samples[2])
	for _, code := range []int{0, 1, 2, 120000, 130001} {
		assertFailed(t, answered(t, func(e *event) answer { return e.RejectCode(code, "") }), 500)
	}
	assertFailed(t, answered(t, func(*event) answer { return answer{Reply: callback.Reply{ErrorCode: 2}} }), 500)
	assertAnswered(t, fallenBack[*event](t), samples[1])
}

func TestOfficialAccountBeforeAddSubscriberAnswers(t *testing.T) {
	t.Parallel()
	type (
		event  = callback.OfficialAccountBeforeAddSubscriber
		answer = callback.OfficialAccountBeforeAddSubscriberAnswer
	)
	samples := responses(t, "OfficialAccount.CallbackBeforeAddSubscriber", 3)
	assertAnswered(t, answered(t, func(*event) (a answer) { return a }), samples[0])
	assertAnswered(t, answered(t, (*event).Allow), samples[0])
	assertAnswered(t, answered(t, func(e *event) answer { return e.RejectUsers() }), samples[0])
	assertAnswered(t, answered(t, func(e *event) answer { return e.RejectUsers("u-8", "a stranger") }), samples[1])
	assertAnswered(t, answered(t, func(e *event) answer { return e.Reject("closed") }), samples[2])
	for _, code := range []int{-1, 2, 120001} { // no code of one's own is documented here
		assertFailed(t, answered(t, func(*event) answer { return answer{Reply: callback.Reply{ErrorCode: code}} }), 500)
	}
	assertAnswered(t, fallenBack[*event](t), `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":1}`)
}

func TestOfficialAccountInfoChangedHasOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	const body = `{"Official_Account":"@TOA#_city_news","Operator_Account":"a","Name":"","Organization":"o"}`
	e := decoded[*callback.OfficialAccountAfterOfficialAccountInfoChanged](t, body)
	assert.Equal(t, callback.Some(""), e.Name, "taken away")
	assert.Equal(t, callback.Some("o"), e.Organization)
	assert.True(t, e.Introduction.IsZero())
	assert.True(t, e.FaceURL.IsZero())
	out, err := json.Marshal(e)
	require.NoError(t, err)
	assert.JSONEq(t, body, string(out))
}
