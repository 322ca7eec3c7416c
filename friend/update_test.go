package friend_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func raw(tag, value string) profile.Item {
	return profile.Item{Tag: tag, Value: json.RawMessage(value)}
}

func update(t *testing.T, items ...profile.Item) (*conform.Recorder, error) {
	t.Helper()
	r := &conform.Recorder{Answer: `{"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""}]}`}
	return r, restapi.Join(friend.NewClient(r).Update(t.Context(), "ann", []friend.UpdateItem{{"bob", items}}))
}

func TestUpdateRefusesBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	remark := friend.Remark.To("Bobby")
	seen := friend.Field[time.Time]("Tag_SNS_IM_Seen")
	many := strings.Repeat("x", 501)
	for name, tc := range map[string]struct {
		field, reason string
		items         []profile.Item
	}{
		"no fields":         {"", "is empty", nil},
		"no tag":            {"[1].Tag", "is empty", []profile.Item{remark, raw("", `"x"`)}},
		"a field twice":     {"[2].Tag", "set twice", []profile.Item{remark, friend.Custom("Note").To(""), remark}},
		"a profile's field": {"[0].Tag", "begin with Tag_SNS_", []profile.Item{profile.Nick.To("Bob")}},
		"the source":        {"[0].Tag", "read only", []profile.Item{friend.AddSource.To("AddSource_Type_Card")}},
		"the wording":       {"[0].Tag", "read only", []profile.Item{friend.AddWording.To("Hi")}},
		"the time":          {"[0].Tag", "read only", []profile.Item{friend.AddTime.To(time.Unix(1, 0))}},
		"a bad keyword":     {"[0].Tag", "1 to 8 letters", []profile.Item{friend.Custom("Too_long").To("x")}},
		"no value":          {"[0].Value", "has no value", []profile.Item{raw("Tag_SNS_IM_Remark", "")}},
		"not JSON":          {"[0].Value", "not valid JSON", []profile.Item{raw("Tag_SNS_IM_Remark", `"x`)}},
		"long remark":       {"[0].Value", "97 bytes, at most 96", []profile.Item{friend.Remark.To(many[:97])}},
		"remark of bytes":   {"[0].Value", "not valid UTF-8", []profile.Item{friend.Remark.To("\xff")}},
		"remark a number":   {"[0].Value", "takes a text", []profile.Item{raw("Tag_SNS_IM_Remark", "1")}},
		"remark a list":     {"[0].Value", "takes a text", []profile.Item{raw("Tag_SNS_IM_Remark", `["a"]`)}},
		"groups a text":     {"[0].Value", "takes a list", []profile.Item{raw("Tag_SNS_IM_Group", `"Work"`)}},
		"groups of numbers": {"[0].Value", "takes a list", []profile.Item{raw("Tag_SNS_IM_Group", `[1]`)}},
		"groups of bytes":   {"[0].Value", "not valid UTF-8", []profile.Item{friend.Groups.To([]string{"\xff"})}},
		"many groups":       {"[0].Value", "33 items, at most 32", []profile.Item{friend.Groups.To(numbered(33))}},
		"an empty group":    {"[0].Value[1]", "is empty", []profile.Item{friend.Groups.To([]string{"Work", ""})}},
		"a long group":      {"[0].Value[0]", "31 bytes, at most 30", []profile.Item{friend.Groups.To([]string{many[:31]})}},
		"long custom":       {"[0].Value", "501 bytes, at most 500", []profile.Item{friend.Custom("Note").To(many)}},
		"custom a list":     {"[0].Value", "not null, a boolean", []profile.Item{raw("Tag_SNS_Custom_Note", `["a"]`)}},
		"custom a bool":     {"[0].Value", "not null, a boolean", []profile.Item{raw("Tag_SNS_Custom_Note", `true`)}},
		"below nothing":     {"[0].Value", "whole number", []profile.Item{raw("Tag_SNS_Custom_Rank", `-1`)}},
		"a fraction":        {"[0].Value", "whole number", []profile.Item{raw("Tag_SNS_Custom_Rank", `1.5`)}},
		"before 1970":       {"[0].Value", "whole number", []profile.Item{seen.To(time.Time{})}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := update(t, tc.items...)
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			argument, _ := errors.AsType[*restapi.ArgumentError](err)
			assert.Equal(t, "UpdateItem[0].SnsItem"+tc.field, argument.Field)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.Zero(t, r.Calls)
		})
	}
}

func TestUpdateTakesWhatTheDocumentationAllows(t *testing.T) {
	t.Parallel()
	items := []profile.Item{
		friend.Remark.To(strings.Repeat("x", 96)), friend.Groups.To(nil),
		friend.Custom("Abcdefgh").To(strings.Repeat("x", 500)),
		friend.Field[uint64]("Tag_SNS_Custom_Rank").To(0),
		friend.Field[time.Time]("Tag_SNS_IM_Seen").To(time.Unix(1735689601, 0)), // fields newer than this package
		friend.Field[[]string]("Tag_SNS_IM_Seats").To([]string{"4a"}),
	}
	r, err := update(t, items...)
	require.NoError(t, err)
	var sent struct{ UpdateItem []friend.UpdateItem }
	require.NoError(t, json.Unmarshal([]byte(r.Body), &sent))
	assert.Equal(t, profile.Items(items), sent.UpdateItem[0].SnsItem)
	_, err = update(t, friend.Groups.To(numbered(friend.MaxGroups)))
	require.NoError(t, err)
}
