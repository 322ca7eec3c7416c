package profilefields_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/internal/spec"
)

type documentedField struct {
	Tag      string `json:"tag"`
	Wire     string `json:"wire"`
	MaxBytes int    `json:"max_bytes"`
	Values   []struct {
		Value string `json:"value"`
	} `json:"values"`
}

func TestTableIsTheDocumentedOne(t *testing.T) {
	t.Parallel()
	var documented struct {
		Fields []documentedField `json:"fields"`
		Custom struct {
			Prefix        string `json:"prefix"`
			MaxValueBytes int    `json:"max_value_bytes"`
		} `json:"custom"`
	}
	require.NoError(t, spec.Read("types/profile_fields.json", &documented))
	assert.Equal(t, profilefields.CustomPrefix, documented.Custom.Prefix)
	assert.Equal(t, profilefields.MaxBytes, documented.Custom.MaxValueBytes)
	want := make([]profilefields.Field, 0, len(documented.Fields))
	for _, d := range documented.Fields {
		f := profilefields.Field{Tag: d.Tag, MaxBytes: d.MaxBytes}
		switch {
		case d.Wire == "number":
			f.Kind = profilefields.Number
		case len(d.Values) > 0:
			f.Kind = profilefields.Enum
			for _, v := range d.Values {
				f.Words = append(f.Words, v.Value)
			}
		}
		want = append(want, f)
	}
	assert.Equal(t, want, profilefields.Standard())
}

func TestCheckTag(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]profilefields.Fault{
		"Tag_Profile_IM_Nick":          profilefields.None,
		"Tag_Profile_IM_Newer2":        profilefields.None,
		"Tag_Profile_Custom_V":         profilefields.None,
		"Tag_Profile_Custom_Abcdefgh":  profilefields.None,
		"":                             profilefields.BadTag,
		"Tag_Profile_Custom_":          profilefields.BadTag,
		"Tag_Profile_Custom_Abcdefghi": profilefields.BadTag,
		"Tag_Profile_Custom_Vip1":      profilefields.BadTag,
		"Tag_Profile_Custom_Vi_p":      profilefields.BadTag,
		"Tag_Profile_Custom_Ärger":     profilefields.BadTag,
		"Tag Profile":                  profilefields.BadTag,
		"Tag_Profile_IM_昵称":            profilefields.BadTag,
		"Tag_Profile_IM_\xff":          profilefields.BadTag,
	} {
		fault, reason := profilefields.CheckTag(tag)
		assert.Equal(t, want, fault, tag)
		assert.Equal(t, want != profilefields.None, reason != "", tag)
	}
}

func TestCheckValue(t *testing.T) {
	t.Parallel()
	text := func(n int) string { return `"` + strings.Repeat("x", n) + `"` }
	const (
		nick, gender, level = "Tag_Profile_IM_Nick", "Tag_Profile_IM_Gender", "Tag_Profile_IM_Level"
		location, custom    = "Tag_Profile_IM_Location", "Tag_Profile_Custom_Vip"
		newer               = "Tag_Profile_IM_Newer"
	)
	for _, tc := range []struct {
		name, tag, value string
		want             profilefields.Fault
	}{
		{"empty text", nick, `""`, profilefields.None},
		{"longest text", nick, text(500), profilefields.None},
		{"text too long", nick, text(501), profilefields.TooLong},
		{"bytes count, not characters", nick, `"` + strings.Repeat("昵", 167) + `"`, profilefields.TooLong},
		{"as many characters as fit", nick, `"` + strings.Repeat("昵", 166) + `"`, profilefields.None},
		{"escapes count as what they mean", nick, `"` + strings.Repeat(`\n`, 500) + `"`, profilefields.None},
		{"spaces around the value", nick, ` "a" `, profilefields.None},
		{"number in a text field", nick, `1`, profilefields.WrongType},
		{"not UTF-8", nick, "\"a\xff\"", profilefields.NotAllowed},
		{"not UTF-8 with a quote in it", nick, "\"a\"\xff\"", profilefields.NotAllowed},
		{"not UTF-8 in a number field", level, "\"a\xff\"", profilefields.NotAllowed},
		{"longest location", location, text(16), profilefields.None},
		{"location too long", location, text(17), profilefields.NotAllowed},
		{"location beyond every limit", location, text(501), profilefields.TooLong},
		{"enum word", gender, `"Gender_Type_Male"`, profilefields.None},
		{"unknown enum word", gender, `"Gender_Type_Other"`, profilefields.NotAllowed},
		{"enum word in other case", gender, `"gender_type_male"`, profilefields.NotAllowed},
		{"number in an enum field", gender, `1`, profilefields.WrongType},
		{"zero", level, `0`, profilefields.None},
		{"largest number", level, `4294967295`, profilefields.None},
		{"number too large", level, `4294967296`, profilefields.NotAllowed},
		{"negative", level, `-1`, profilefields.NotAllowed},
		{"fraction", level, `1.5`, profilefields.NotAllowed},
		{"exponent", level, `1e3`, profilefields.NotAllowed},
		{"text in a number field", level, `"7"`, profilefields.WrongType},
		{"text in a custom field", custom, `"gold"`, profilefields.None},
		{"number in a custom field", custom, `18446744073709551616`, profilefields.None},
		{"custom text too long", custom, text(501), profilefields.TooLong},
		{"custom number too long", custom, strings.Repeat("9", 501), profilefields.TooLong},
		{"newer field", newer, `7.25`, profilefields.None},
		{"newer field too long", newer, text(501), profilefields.TooLong},
		{"null", nick, `null`, profilefields.WrongType},
		{"null in a custom field", custom, `null`, profilefields.WrongType},
		{"object", custom, `{}`, profilefields.WrongType},
		{"array", newer, `[]`, profilefields.WrongType},
		{"boolean", newer, `true`, profilefields.WrongType},
		{"not JSON", newer, `gold`, profilefields.WrongType},
		{"nothing", newer, ``, profilefields.WrongType},
		{"spaces", newer, ` `, profilefields.WrongType},
		{"other white space around the value", newer, "\u00a01", profilefields.WrongType},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			fault, reason := profilefields.CheckValue(tc.tag, json.RawMessage(tc.value))
			assert.Equal(t, tc.want, fault, reason)
			assert.Equal(t, tc.want != profilefields.None, reason != "")
		})
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"Tag_Profile_Custom_Vip1":  `is not a custom field: its name must be 1 to 8 letters from a to z and A to Z, got "Vip1"`,
		"Tag_Profile_Custom_":      `is not a custom field: its name must be 1 to 8 letters from a to z and A to Z, got ""`,
		"Tag_Profile_Custom_a\xff": `is not valid UTF-8`,
		"Tag Profile":              `is not a field: a tag has only letters from a to z and A to Z, digits and underscores`,
	} {
		_, reason := profilefields.CheckTag(tag)
		assert.Equal(t, want, reason)
	}
	for value, want := range map[string]string{
		"":             "has no value",
		" ":            "has no value",
		"gold":         "has a value that is not valid JSON",
		"\"a\xff\"":    "is not valid UTF-8",
		"\"\"\n\xff\"": "is not valid UTF-8",
	} {
		_, reason := profilefields.CheckValue("Tag_Profile_IM_Nick", json.RawMessage(value))
		assert.Equal(t, want, reason, value)
	}
}

func TestStandardIsACopy(t *testing.T) {
	t.Parallel()
	profilefields.Standard()[0].Tag = "changed"
	_, ok := profilefields.Lookup("Tag_Profile_IM_Nick")
	assert.True(t, ok)
}
