package profile_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// taggers has every constant of the package, by its documented type.
var (
	textFields   = []profile.Field[string]{profile.Nick, profile.Location, profile.Signature, profile.AvatarURL}
	numberFields = []profile.Field[uint32]{
		profile.Birthday, profile.Language, profile.MessageSettings, profile.Level, profile.Role,
	}
	words = map[string][]string{
		profile.Gender.Tag():      {string(profile.GenderUnknown), string(profile.Female), string(profile.Male)},
		profile.AllowType.Tag():   {string(profile.NeedConfirm), string(profile.AllowAny), string(profile.DenyAny)},
		profile.AdminForbid.Tag(): {string(profile.ForbidNone), string(profile.ForbidSendOut)},
	}
)

type fieldDoc struct {
	Tag    string `json:"tag"`
	Wire   string `json:"wire"`
	Values []struct {
		Value string `json:"value"`
	} `json:"values"`
}

func fieldDocs(tb testing.TB) []fieldDoc {
	tb.Helper()
	var file struct {
		Fields []fieldDoc `json:"fields"`
	}
	require.NoError(tb, spec.Read("types/profile_fields.json", &file))
	require.Len(tb, file.Fields, 12)
	return file.Fields
}

func standardTags(tb testing.TB) []string {
	tb.Helper()
	var tags []string
	for _, f := range fieldDocs(tb) {
		tags = append(tags, f.Tag)
	}
	return tags
}

func TestEveryDocumentedFieldHasAConstant(t *testing.T) {
	t.Parallel()
	kinds := make(map[string]string)
	for _, f := range textFields {
		kinds[f.Tag()] = "string"
	}
	for _, f := range numberFields {
		kinds[f.Tag()] = "number"
	}
	for _, f := range fieldDocs(t) {
		if len(f.Values) == 0 {
			assert.Equal(t, f.Wire, kinds[f.Tag], f.Tag)
			continue
		}
		var documented []string
		for _, v := range f.Values {
			documented = append(documented, v.Value)
		}
		assert.Equal(t, documented, words[f.Tag], f.Tag)
	}
	assert.Len(t, fieldDocs(t), len(kinds)+len(words), "a constant that is not documented")
}

func TestFieldRoundTrip(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "Ann", `"quoted" \ <b>&`, "昵称 🙂", "a\nb\x00\u2028", "\u007f"} {
		for _, f := range append(textFields, profile.Custom("Vip")) {
			got, ok := f.Of(wire(t, f.To(text)))
			assert.True(t, ok)
			assert.Equal(t, text, got)
		}
	}
	for _, n := range []uint32{0, 1, math.MaxUint32} {
		for _, f := range numberFields {
			got, ok := f.Of(wire(t, f.To(n)))
			assert.True(t, ok)
			assert.Equal(t, n, got)
		}
	}
	big := profile.Field[uint64]("Tag_Profile_IM_Big")
	n, ok := big.Of(wire(t, big.To(math.MaxUint64)))
	assert.True(t, ok)
	assert.Equal(t, uint64(math.MaxUint64), n)
	gender, ok := profile.Gender.Of(wire(t, profile.Gender.To("Gender_Type_Newer")))
	assert.True(t, ok, "words newer than the SDK are read")
	assert.Equal(t, profile.GenderValue("Gender_Type_Newer"), gender)
}

// wire sends items through JSON and back.
func wire(tb testing.TB, items ...profile.Item) profile.Items {
	tb.Helper()
	data, err := json.Marshal(items)
	require.NoError(tb, err)
	var back profile.Items
	require.NoError(tb, json.Unmarshal(data, &back))
	return back
}

func TestOf(t *testing.T) {
	t.Parallel()
	items := profile.Items{
		{Tag: "Tag_Profile_IM_Nick", Value: json.RawMessage(`"old"`)},
		{Tag: "Tag_Profile_IM_Nick", Value: json.RawMessage(`"new"`)},
		{Tag: "Tag_Profile_IM_Level", Value: json.RawMessage(`"17"`)},
		{Tag: "Tag_Profile_IM_Role", Value: json.RawMessage(`4294967296`)},
		{Tag: "Tag_Profile_IM_Language", Value: json.RawMessage(`1.5`)},
		{Tag: "Tag_Profile_IM_BirthDay", Value: json.RawMessage(`null`)},
		{Tag: "Tag_Profile_IM_MsgSettings"},
		{Tag: "Tag_Profile_IM_Image", Value: json.RawMessage(`null`)},
		{Tag: "Tag_Profile_IM_Location", Value: json.RawMessage(`true`)},
		{Tag: "Tag_Profile_Custom_Score", Value: json.RawMessage(`12345678901234567890`)},
	}
	nick, ok := profile.Nick.Of(items)
	assert.True(t, ok)
	assert.Equal(t, "new", nick, "the last one counts")
	level, ok := profile.Level.Of(items)
	assert.True(t, ok)
	assert.EqualValues(t, 17, level, "digits in quotes are a number")
	score, ok := profile.Custom("Score").Of(items)
	assert.True(t, ok)
	assert.Equal(t, "12345678901234567890", score, "no digit is lost")
	exact, ok := profile.Field[uint64]("Tag_Profile_Custom_Score").Of(items)
	assert.True(t, ok)
	assert.Equal(t, uint64(12345678901234567890), exact)
	for _, f := range []profile.Field[uint32]{
		profile.Role, profile.Language, profile.Birthday, profile.MessageSettings, "Tag_Profile_IM_Nick", "Tag_None",
	} {
		n, ok := f.Of(items)
		assert.False(t, ok, f)
		assert.Zero(t, n, f)
	}
	for _, f := range []profile.Field[string]{profile.AvatarURL, profile.Location, "Tag_Profile_IM_MsgSettings"} {
		s, ok := f.Of(items)
		assert.False(t, ok, f)
		assert.Empty(t, s, f)
	}
}

func TestOfReadsNumbersInEverySpelling(t *testing.T) {
	t.Parallel()
	for _, value := range []string{`19940817`, `"19940817"`, `19940817.0`, `"19940817.00"`, `1.9940817e7`, `"019940817"`} {
		birthday, ok := profile.Birthday.Of(profile.Items{{Tag: profile.Birthday.Tag(), Value: json.RawMessage(value)}})
		assert.True(t, ok, value)
		assert.EqualValues(t, 19940817, birthday, value)
	}
	for _, value := range []string{`""`, `"null"`, `-1`, `"-1"`, `0.5`, `4294967296.0`, `1e10`, `"x"`, `[1]`, `"\"1\""`} {
		birthday, ok := profile.Birthday.Of(profile.Items{{Tag: profile.Birthday.Tag(), Value: json.RawMessage(value)}})
		assert.False(t, ok, value)
		assert.Zero(t, birthday, value)
	}
}

func TestTextIsNotEscapedForHTML(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `"<a href='x'>&"`, string(profile.Nick.To("<a href='x'>&").Value))
	assert.Equal(t, "\"a\xff\"", string(profile.Nick.To("a\xff").Value), "bytes that are not UTF-8 are not changed on the way")
}

func FuzzReadItems(f *testing.F) {
	for _, cmd := range []restapi.Command{profile.CommandPortraitSet, profile.CommandPortraitGet} {
		doc := conform.Documented(f, cmd)
		for _, example := range append(doc.RequestExamples, doc.ResponseExamples...) {
			var body struct {
				ProfileItem     json.RawMessage
				UserProfileItem []struct{ ProfileItem json.RawMessage }
			}
			require.NoError(f, json.Unmarshal(example, &body))
			f.Add([]byte(body.ProfileItem))
			for _, user := range body.UserProfileItem {
				f.Add([]byte(user.ProfileItem))
			}
		}
	}
	f.Add([]byte(`[{"Tag":"Tag_Profile_IM_Level","Value":-0},{"Tag":"Tag_Profile_IM_Level","Value":"\ud800"},{"Value":{}}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var items profile.Items
		if json.Unmarshal(data, &items) != nil {
			return
		}
		for _, item := range items {
			text, isText := profile.Field[string](item.Tag).Of(items)
			n, isNumber := profile.Field[uint64](item.Tag).Of(items)
			small, isSmall := profile.Field[uint32](item.Tag).Of(items)
			if isSmall && (!isNumber || uint64(small) != n) {
				t.Fatalf("%s: %d as 32 bits, %d as 64", item.Value, small, n)
			}
			if isNumber && !isText {
				t.Fatalf("%s: a number that is not a text", item.Value)
			}
			if isText {
				again, ok := profile.Field[string](item.Tag).Of(profile.Items{profile.Field[string](item.Tag).To(text)})
				if !ok || again != text {
					t.Fatalf("%q became %q", text, again)
				}
			}
		}
		for i, item := range wire(t, items...) {
			var want, got any
			if items[i].Value == nil {
				continue
			}
			require.NoError(t, json.Unmarshal(items[i].Value, &want))
			require.NoError(t, json.Unmarshal(item.Value, &got))
			require.Equal(t, want, got)
		}
	})
}

func BenchmarkFieldTo(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = profile.Nick.To("Leckie")
	}
}

func TestItemPrintsItsValueAsText(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `[Tag_Profile_IM_Nick="Mila" Tag_Profile_IM_Level=7]`, fmt.Sprint(profile.Items{profile.Nick.To("Mila"), profile.Level.To(7)}))
}
