package friend_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/profile"
)

func fieldDocs(tb testing.TB) (tags []string) {
	tb.Helper()
	var file struct {
		Fields []struct {
			Tag string `json:"tag"`
		} `json:"fields"`
	}
	require.NoError(tb, spec.Read("types/friend_fields.json", &file))
	for _, f := range file.Fields {
		tags = append(tags, f.Tag)
	}
	return tags
}

func TestEveryDocumentedFieldHasAConstant(t *testing.T) {
	t.Parallel()
	constants := []string{
		friend.Remark.Tag(), friend.Groups.Tag(), friend.AddSource.Tag(), friend.AddWording.Tag(), friend.AddTime.Tag(),
	}
	assert.ElementsMatch(t, fieldDocs(t), constants)
}

func roundTrip[T friend.Value](t *testing.T, f friend.Field[T], v T) T {
	t.Helper()
	data, err := json.Marshal(profile.Items{f.To(v)})
	require.NoError(t, err)
	var back profile.Items
	require.NoError(t, json.Unmarshal(data, &back))
	got, ok := f.Of(back)
	assert.True(t, ok, string(data))
	return got
}

func TestFieldRoundTrip(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "Bobby", `"quoted" \ <b>&`, "昵称 🙂"} {
		assert.Equal(t, text, roundTrip(t, friend.Remark, text))
		assert.Equal(t, []string{text, "x"}, roundTrip(t, friend.Groups, []string{text, "x"}))
	}
	assert.Equal(t, uint64(math.MaxUint64), roundTrip(t, "Tag_SNS_Custom_Rank", uint64(math.MaxUint64)))
	assert.Zero(t, roundTrip(t, "Tag_SNS_Custom_Rank", uint64(0)))
	assert.Empty(t, roundTrip(t, friend.Groups, nil))
	made := time.Unix(1735689601, 999)
	assert.Equal(t, made.Unix(), roundTrip(t, friend.AddTime, made).Unix())
}

func TestOf(t *testing.T) {
	t.Parallel()
	raw := func(value string) profile.Items {
		return profile.Items{{Tag: "Tag_SNS_X", Value: json.RawMessage(value)}}
	}
	for value, want := range map[string]struct {
		text   string
		number uint64
		list   []string
		moment int64
		found  [4]bool // text, number, list, moment
	}{
		`"17"`:                 {"17", 17, nil, 17, [4]bool{true, true, false, true}},
		`17`:                   {"17", 17, nil, 17, [4]bool{true, true, false, true}},
		`"x"`:                  {"x", 0, nil, 0, [4]bool{true, false, false, false}},
		`0`:                    {"0", 0, nil, 0, [4]bool{true, true, false, false}},
		`18446744073709551615`: {"18446744073709551615", math.MaxUint64, nil, 0, [4]bool{true, true, false, false}},
		`["a", "b"]`:           {"", 0, []string{"a", "b"}, 0, [4]bool{false, false, true, false}},
		`["a",1]`:              {},
		`["a",null]`:           {},
		`["a"`:                 {},
		`null`:                 {},
		``:                     {},
		`{"a":1}`:              {},
	} {
		items := raw(value)
		text, isText := friend.Field[string]("Tag_SNS_X").Of(items)
		number, isNumber := friend.Field[uint64]("Tag_SNS_X").Of(items)
		list, isList := friend.Field[[]string]("Tag_SNS_X").Of(items)
		moment, isMoment := friend.Field[time.Time]("Tag_SNS_X").Of(items)
		assert.Equal(t, want.found, [4]bool{isText, isNumber, isList, isMoment}, value)
		assert.Equal(t, want.text, text, value)
		assert.Equal(t, want.number, number, value)
		assert.Equal(t, want.list, list, value)
		if isMoment {
			assert.Equal(t, want.moment, moment.Unix(), value)
		} else {
			assert.True(t, moment.IsZero(), value)
		}
	}
	twice := profile.Items{friend.Groups.To([]string{"old"}), friend.Groups.To([]string{"new"}), friend.Remark.To("r")}
	groups, ok := friend.Groups.Of(twice)
	assert.True(t, ok)
	assert.Equal(t, []string{"new"}, groups, "the last one counts")
	_, ok = friend.AddTime.Of(twice)
	assert.False(t, ok)
}
