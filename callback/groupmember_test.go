package callback_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

func TestGroupMemberFieldNames(t *testing.T) {
	t.Parallel()
	const command = "Group.CallbackAfterMemberFieldChanged"
	for name, c := range map[string]struct{ field, want string }{
		"international page": {`"Member_Account":"u-4"`, "u-4"},
		"chinese page":       {`"Modified_Account":"u-4"`, "u-4"},
		"both":               {`"Modified_Account":"u-5","Member_Account":"u-4"`, "u-4"},
		"one empty":          {`"Member_Account":"","Modified_Account":"u-4"`, "u-4"},
		"neither":            {`"GroupId":"g"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := `{"CallbackCommand":"` + command + `","Operator_Account":"u-1","NameCard":"",` + c.field + `,"EventTime":"1741590972000"}`
			e := decoded[*callback.GroupAfterMemberFieldChanged](t, body)
			assert.Equal(t, c.want, e.MemberAccount)
			assert.Equal(t, "u-1", e.OperatorAccount, "the other fields are read")
			assert.Equal(t, command, e.CallbackCommand)
			assert.Equal(t, callback.EventTime(1741590972000), e.EventTime)
			assert.JSONEq(t, body, string(e.Raw))
			card, ok := e.NameCard.Get()
			assert.True(t, ok, "a card that was emptied was changed")
			assert.Empty(t, card)
			assert.Empty(t, e.Role)
			out, err := callback.Encode(e)
			require.NoError(t, err)
			assert.Contains(t, string(out), `"NameCard":""`)
			assert.Equal(t, c.want != "", strings.Contains(string(out), `"Member_Account":"`+c.want+`"`))
			assert.NotContains(t, string(out), "Modified_Account")
		})
	}
	_, err := callback.Decode(command, []byte(`{"Modified_Account":7}`))
	require.ErrorIs(t, err, callback.ErrMalformed)
}

func TestGroupRejectUsers(t *testing.T) {
	t.Parallel()
	const body = `{"DestinationMembers":[{"Member_Account":"u-4"},{"Member_Account":"u-5"}]}`
	for name, c := range map[string]struct {
		users []string
		want  string
	}{
		"nobody":     {nil, okay},
		"one":        {[]string{"u-5"}, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"RefusedMembers_Account":["u-5"]}`},
		"all":        {[]string{"u-4", "u-5"}, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"RefusedMembers_Account":["u-4","u-5"]}`},
		"a stranger": {[]string{"u-6"}, okay},
		"a whole list": {
			[]string{"u-6", "u-5", "U-4"},
			`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"RefusedMembers_Account":["u-5"]}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := handler(t)
			callback.Answer(h, func(
				_ context.Context, e *callback.GroupBeforeInviteJoinGroup,
			) (callback.GroupBeforeInviteJoinGroupAnswer, error) {
				return e.RejectUsers(c.users...), nil
			})
			w := post(t, h, "Group.CallbackBeforeInviteJoinGroup", body)
			assert.Equal(t, 200, w.Code)
			assert.Equal(t, c.want, w.Body.String())
		})
	}
}
