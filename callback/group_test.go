package callback_test

import (
	"context"
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
)

func TestGroupAttrNames(t *testing.T) {
	t.Parallel()
	want := []callback.GroupAttr{{Key: "mode", Value: "quiz"}}
	for name, attr := range map[string]string{
		"as documented":      `{"key":"mode","value":"quiz"}`,
		"as everywhere else": `{"Key":"mode","Value":"quiz"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := decoded[*callback.GroupAfterGroupAttrChanged](t, `{"OptionType":"set","GroupAttr":[`+attr+`]}`)
			assert.Equal(t, callback.GroupAttrSet, e.OptionType)
			assert.Equal(t, want, e.GroupAttr)
			out, err := callback.Encode(e)
			require.NoError(t, err)
			assert.Contains(t, string(out), `"GroupAttr":[{"key":"mode","value":"quiz"}]`)
		})
	}
}

// A list that came empty stays an empty list, and one that did not come is not written.
func TestGroupLists(t *testing.T) {
	t.Parallel()
	for _, list := range []string{`,"MemberList":[]`, ``} {
		e := decoded[*callback.GroupAfterGroupDestroyed](t, `{"GroupId":"g"`+list+`}`)
		out, err := json.Marshal(e)
		require.NoError(t, err)
		assert.JSONEq(t, `{"GroupId":"g","Type":"","Owner_Account":"","Name":""`+list+`}`, string(out))
	}
}

func TestGroupCustomField(t *testing.T) {
	t.Parallel()
	for value, text := range map[string]string{
		`"Lyon <1>"`:           "Lyon <1>",
		`""`:                   "",
		`9223372036854775808`:  "9223372036854775808",
		`null`:                 "",
		`true`:                 "true",
		`{"a":[1,2.50,"<x>"]}`: `{"a":[1,2.50,"<x>"]}`,
	} {
		e := decoded[*callback.GroupAfterCreateGroup](t,
			`{"UserDefinedDataList":[{"Key":"k","Value":`+value+`}]}`)
		require.Len(t, e.UserDefinedDataList, 1)
		assert.Equal(t, text, e.UserDefinedDataList[0].Text(), value)
		out, err := callback.Encode(e)
		require.NoError(t, err)
		assert.Contains(t, string(out), `[{"Key":"k","Value":`+value+`}]`, "every byte is kept")
	}
	assert.Empty(t, callback.GroupCustomField{}.Text())
}

// No count is not a count of nothing.
func TestGroupCreateGroupNum(t *testing.T) {
	t.Parallel()
	e := decoded[*callback.GroupBeforeCreateGroup](t, `{}`)
	_, ok := e.CreateGroupNum.Get()
	assert.False(t, ok)
	out, err := json.Marshal(e)
	require.NoError(t, err)
	assert.NotContains(t, string(out), "GroupNum")
	e = decoded[*callback.GroupBeforeCreateGroup](t, `{"CreateGroupNum":0,"CreatedGroupNum":{"Work":0,"Public":2}}`)
	n, ok := e.CreateGroupNum.Get()
	assert.True(t, ok)
	assert.Zero(t, n)
	assert.Equal(t, 2, e.CreatedGroupNum[callback.GroupTypePublic])
	out, err = json.Marshal(e)
	require.NoError(t, err)
	assert.Contains(t, string(out), `"CreateGroupNum":0,"CreatedGroupNum":{"Public":2,"Work":0}`)
}

// groupRequest is a before-event of groups that can be answered in the three common ways.
type groupRequest[A any] interface {
	callback.BeforeEvent[A]
	Allow() A
	Reject(info string) A
	RejectCode(code int, info string) A
}

func TestGroupAnswers(t *testing.T) {
	t.Parallel()
	groupAnswers[*callback.GroupBeforeCreateGroup](t)
	groupAnswers[*callback.GroupBeforeApplyJoinGroup](t)
	groupAnswers[*callback.GroupBeforeInviteJoinGroup](t)
	groupAnswers[*callback.GroupBeforeCreateTopic](t)
	groupAnswers[*callback.GroupBeforeSendMsg](t)
}

// groupAnswers gives each answer to one event, and looks at what the vendor gets to read.
func groupAnswers[P interface {
	*E
	groupRequest[A]
}, E, A any](t *testing.T) {
	command := P(new(E)).Command()
	for name, c := range map[string]struct {
		answer func(e P) A
		want   string // empty: answered 500
	}{
		"zero":   {func(P) (a A) { return a }, okay},
		"allow":  {func(e P) A { return e.Allow() }, okay},
		"reject": {func(e P) A { return e.Reject("no <links>") }, `{"ActionStatus":"OK","ErrorInfo":"no <links>","ErrorCode":1}`},
		"10100":  {func(e P) A { return e.RejectCode(10100, "x") }, `{"ActionStatus":"OK","ErrorInfo":"x","ErrorCode":10100}`},
		"10200":  {func(e P) A { return e.RejectCode(10200, "") }, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":10200}`},
		"10099":  {func(e P) A { return e.RejectCode(10099, "") }, ""},
		"10201":  {func(e P) A { return e.RejectCode(10201, "") }, ""},
		"code 0": {func(e P) A { return e.RejectCode(0, "must not allow") }, ""},
		"code 1": {func(e P) A { return e.RejectCode(1, "") }, ""},
	} {
		t.Run(command+"/"+name, func(t *testing.T) {
			t.Parallel()
			h := handler(t)
			callback.Answer(h, func(_ context.Context, e P) (A, error) { return c.answer(e), nil })
			w := post(t, h, command, `{}`)
			if c.want == "" {
				assertFailed(t, w, 500)
				return
			}
			assert.Equal(t, 200, w.Code)
			assert.Equal(t, c.want, w.Body.String())
		})
	}
	t.Run(command+"/fallback", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			h := handler(t, callback.WithFallback(callback.FallbackReject, command))
			callback.Answer(h, func(_ context.Context, e P) (A, error) {
				time.Sleep(10 * time.Second)
				return e.Allow(), nil
			})
			w := post(t, h, command, `{}`)
			assert.Equal(t, 200, w.Code)
			assert.Equal(t, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":1}`, w.Body.String())
			time.Sleep(time.Minute) // until the handler has returned too
		})
	})
}

// Dropping is documented for messages alone, and a code by hand is looked at as well.
func TestGroupAnswersByHand(t *testing.T) {
	t.Parallel()
	drop := callback.Reply{ErrorCode: 2}
	h := handler(t)
	callback.Answer(h, func(context.Context, *callback.GroupBeforeCreateGroup) (callback.GroupBeforeCreateGroupAnswer, error) {
		return callback.GroupBeforeCreateGroupAnswer{Reply: drop}, nil
	})
	callback.Answer(h, func(context.Context, *callback.GroupBeforeApplyJoinGroup) (callback.GroupBeforeApplyJoinGroupAnswer, error) {
		return callback.GroupBeforeApplyJoinGroupAnswer{Reply: drop}, nil
	})
	callback.Answer(h, func(context.Context, *callback.GroupBeforeInviteJoinGroup) (callback.GroupBeforeInviteJoinGroupAnswer, error) {
		return callback.GroupBeforeInviteJoinGroupAnswer{Reply: drop}, nil
	})
	callback.Answer(h, func(context.Context, *callback.GroupBeforeCreateTopic) (callback.GroupBeforeCreateTopicAnswer, error) {
		return callback.GroupBeforeCreateTopicAnswer{Reply: drop}, nil
	})
	for _, event := range []callback.Event{
		new(callback.GroupBeforeCreateGroup), new(callback.GroupBeforeApplyJoinGroup),
		new(callback.GroupBeforeInviteJoinGroup), new(callback.GroupBeforeCreateTopic),
	} {
		assertFailed(t, post(t, h, event.Command(), `{}`), 500)
	}
}

// TestDocumentedGroupAnswers makes every answer of the documentation's samples.
func TestDocumentedGroupAnswers(t *testing.T) {
	t.Parallel()
	var create callback.GroupBeforeCreateGroup
	var apply callback.GroupBeforeApplyJoinGroup
	var topic callback.GroupBeforeCreateTopic
	invite := callback.GroupBeforeInviteJoinGroup{DestinationMembers: []callback.GroupMember{{MemberAccount: "u-4"}, {MemberAccount: "u-5"}}}
	for command, answers := range map[string][]any{
		create.Command(): {create.Allow(), create.Reject(""), create.RejectCode(10100, "too many groups")},
		apply.Command():  {apply.Allow(), apply.Reject(""), apply.RejectCode(10102, "invite only")},
		topic.Command():  {topic.Allow(), topic.Reject(""), topic.RejectCode(10111, "bad name")},
		invite.Command(): {invite.Allow(), invite.RejectUsers("u-5"), invite.RejectCode(10150, "members only")},
	} {
		webhook, err := spec.LookupWebhook(command)
		require.NoError(t, err)
		require.Len(t, webhook.ResponseExamples, len(answers))
		for i, want := range webhook.ResponseExamples {
			out, err := json.Marshal(answers[i])
			require.NoError(t, err)
			assert.JSONEq(t, string(want), string(out), command)
		}
	}
}
