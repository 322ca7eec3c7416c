package profile_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestSetProfileSendsTheDocumentedBody(t *testing.T) {
	t.Parallel()
	full := []profile.Item{
		profile.Nick.To("Mila Vance"), profile.Gender.To(profile.Female), profile.Birthday.To(19940817),
		profile.Location.To("0044001200030001"), profile.Signature.To("out hiking"),
		profile.AllowType.To(profile.NeedConfirm), profile.Language.To(1),
		profile.AvatarURL.To("https://cdn.example.com/a/mila.png"), profile.MessageSettings.To(1),
		profile.AdminForbid.To(profile.ForbidNone), profile.Level.To(12), profile.Role.To(3),
		profile.Custom("Team").To("red"),
	}
	examples := conform.Documented(t, profile.CommandPortraitSet).RequestExamples
	for i, items := range [][]profile.Item{{profile.Nick.To("Mila")}, full} {
		r := &conform.Recorder{}
		require.NoError(t, profile.NewClient(r).SetProfile(t.Context(), "mila_0042", items...))
		assert.Equal(t, profile.CommandPortraitSet, r.Command)
		assert.JSONEq(t, string(examples[i]), r.Body)
	}
}

func TestSetProfileReturnsTheRefusalOfTheServer(t *testing.T) {
	t.Parallel()
	refusal := &restapi.Error{Code: restapi.CodeProfileSensitiveText, Command: profile.CommandPortraitSet}
	err := profile.NewClient(&conform.Recorder{Err: refusal}).SetProfile(t.Context(), "ann", profile.Nick.To("bad word"))
	require.ErrorIs(t, err, restapi.CodeProfileSensitiveText)
}

func TestSetProfileRefusesBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	raw := func(tag, value string) profile.Item { return profile.Item{Tag: tag, Value: json.RawMessage(value)} }
	nick := profile.Nick.To("Ann")
	for name, tc := range map[string]struct {
		userID string
		items  []profile.Item
		field  string
		reason string
	}{
		"no user":           {"", []profile.Item{nick}, "From_Account", "is empty"},
		"user too long":     {strings.Repeat("u", 33), []profile.Item{nick}, "From_Account", "33 bytes"},
		"user with a break": {"a\nb", []profile.Item{nick}, "From_Account", "control character"},
		"no items":          {"ann", nil, "ProfileItem", "is empty"},
		"twice":             {"ann", []profile.Item{nick, profile.Level.To(1), nick}, "Tag_Profile_IM_Nick", "set twice"},
		"no tag":            {"ann", []profile.Item{nick, raw("", `"x"`)}, "ProfileItem[1].Tag", "is empty"},
		"zero item":         {"ann", []profile.Item{{}}, "ProfileItem[0].Tag", "is empty"},
		"value too long": {
			"ann",
			[]profile.Item{profile.Signature.To(strings.Repeat("é", 250) + "x")},
			"Tag_Profile_IM_SelfSignature", "501 bytes",
		},
		"custom value too long": {
			"ann",
			[]profile.Item{profile.Custom("Vip").To(strings.Repeat("v", 501))},
			"Tag_Profile_Custom_Vip", "501 bytes",
		},
		"location too long": {
			"ann", []profile.Item{profile.Location.To("00440012000300012")}, "Tag_Profile_IM_Location", "at most 16",
		},
		"gender": {"ann", []profile.Item{profile.Gender.To("Other")}, "Tag_Profile_IM_Gender", "Gender_Type_Male"},
		"allow type": {
			"ann", []profile.Item{profile.AllowType.To("")}, "Tag_Profile_IM_AllowType", "AllowType_Type_DenyAny",
		},
		"admin forbid": {
			"ann", []profile.Item{profile.AdminForbid.To("All")}, "Tag_Profile_IM_AdminForbidType", "AdminForbid_Type_None",
		},
		"number as nick":     {"ann", []profile.Item{raw(profile.Nick.Tag(), `1`)}, "Tag_Profile_IM_Nick", "a text"},
		"text as level":      {"ann", []profile.Item{raw(profile.Level.Tag(), `"1"`)}, "Tag_Profile_IM_Level", "a number"},
		"negative level":     {"ann", []profile.Item{raw(profile.Level.Tag(), `-1`)}, "Tag_Profile_IM_Level", "whole number"},
		"fraction as level":  {"ann", []profile.Item{raw(profile.Level.Tag(), `1.5`)}, "Tag_Profile_IM_Level", "whole number"},
		"level over 32 bits": {"ann", []profile.Item{raw(profile.Level.Tag(), `4294967296`)}, "Tag_Profile_IM_Level", "4294967295"},
		"custom keyword too long": {
			"ann", []profile.Item{profile.Custom("Gamelevel").To("1")}, "Tag_Profile_Custom_Gamelevel", "1 to 8 letters",
		},
		"custom keyword with a digit": {
			"ann", []profile.Item{profile.Custom("Vip1").To("1")}, "Tag_Profile_Custom_Vip1", `1 to 8 letters from a to z and A to Z, got "Vip1"`,
		},
		"custom keyword beyond ASCII": {
			"ann", []profile.Item{profile.Custom("级别").To("1")}, "Tag_Profile_Custom_级别", "1 to 8 letters",
		},
		"custom keyword empty": {
			"ann", []profile.Item{profile.Custom("").To("1")}, "Tag_Profile_Custom_", "1 to 8 letters",
		},
		"not UTF-8": {"ann", []profile.Item{profile.Nick.To("a\xff")}, "Tag_Profile_IM_Nick", "is not valid UTF-8"},
		"not UTF-8 with a quote in it": {
			"ann", []profile.Item{profile.Nick.To("a\"\xff")}, "Tag_Profile_IM_Nick", "is not valid UTF-8",
		},
		"custom keyword that is not UTF-8": {
			"ann", []profile.Item{profile.Custom("a\xff").To("1")}, "ProfileItem[0].Tag", "is not valid UTF-8",
		},
		"tag with a line break": {
			"ann", []profile.Item{profile.Field[string]("Tag\n").To("1")}, "ProfileItem[0].Tag", "is not a field",
		},
		"null":       {"ann", []profile.Item{raw("Tag_Profile_IM_Newer", `null`)}, "Tag_Profile_IM_Newer", "not null"},
		"object":     {"ann", []profile.Item{raw("Tag_Profile_Custom_Vip", `{}`)}, "Tag_Profile_Custom_Vip", "an object"},
		"not JSON":   {"ann", []profile.Item{raw("Tag_Profile_Custom_Vip", `gold`)}, "Tag_Profile_Custom_Vip", "not valid JSON"},
		"no value":   {"ann", []profile.Item{{Tag: "Tag_Profile_IM_Nick"}}, "Tag_Profile_IM_Nick", "has no value"},
		"two values": {"ann", []profile.Item{raw("Tag_Profile_IM_Nick", `"a","b"`)}, "Tag_Profile_IM_Nick", "not valid JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{}
			err := profile.NewClient(r).SetProfile(t.Context(), tc.userID, tc.items...)
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			var argument *restapi.ArgumentError
			require.ErrorAs(t, err, &argument)
			assert.Equal(t, tc.field, argument.Field)
			assert.Equal(t, profile.CommandPortraitSet, argument.Command)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
}

func TestSetProfilePassesWhatIsNewerThanTheSDK(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{}
	items := []profile.Item{
		profile.Field[uint64]("Tag_Profile_IM_Badge").To(18446744073709551615),
		{Tag: "Tag_Profile_Custom_Score", Value: json.RawMessage(`12345678901234567890.5`)},
	}
	require.NoError(t, profile.NewClient(r).SetProfile(t.Context(), "ann", items...))
	assert.Contains(t, r.Body, `{"Tag":"Tag_Profile_IM_Badge","Value":18446744073709551615}`)
	assert.Contains(t, r.Body, `{"Tag":"Tag_Profile_Custom_Score","Value":12345678901234567890.5}`)
}

func TestGetProfilesWithoutFieldsAsksForAllStandardOnes(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{}`}
	_, err := profile.NewClient(r).GetProfiles(t.Context(), []string{"ann"})
	require.NoError(t, err)
	var sent struct{ TagList []string }
	require.NoError(t, json.Unmarshal([]byte(r.Body), &sent))
	assert.Equal(t, standardTags(t), sent.TagList)
}

func TestGetProfilesReadsTheDocumentedAnswer(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: string(conform.Documented(t, profile.CommandPortraitGet).ResponseExamples[1])}
	got, err := profile.NewClient(r).GetProfiles(t.Context(), []string{"dan", "cat", "bob", "ann", "eve"}, profile.Nick)
	require.NoError(t, err)
	require.Len(t, got, 5)
	dan, cat, ann, eve := got[0], got[1], got[3], got[4]

	require.ErrorIs(t, dan.Err(), restapi.CodeProfileInternalError)
	require.ErrorContains(t, dan.Err(), "Err_Profile_PortraitGet_Read_Custom_Data_Fail")
	assert.Equal(t, "dan", dan.UserID)
	assert.Empty(t, dan.Items)

	require.NoError(t, cat.Err())
	_, ok := profile.Nick.Of(cat.Items)
	assert.False(t, ok)

	require.NoError(t, ann.Err())
	level, ok := profile.Level.Of(ann.Items)
	assert.True(t, ok)
	assert.EqualValues(t, 7, level)
	allow, _ := profile.AllowType.Of(ann.Items)
	assert.Equal(t, profile.NeedConfirm, allow)
	team, _ := profile.Custom("Team").Of(ann.Items)
	assert.Equal(t, "red", team)

	require.ErrorIs(t, eve.Err(), restapi.ErrBadResponse, "a user missing from the answer is not a success")
	assert.Equal(t, "eve", eve.UserID)
}

func TestGetProfilesNeverHidesAFailure(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"UserProfileItem":[
		{"To_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"B"}],"ResultCode":0,"ResultInfo":""}],
		"Fail_Account":["ann","bob"]}`}
	got, err := profile.NewClient(r).GetProfiles(t.Context(), []string{"ann", "bob"})
	require.NoError(t, err)
	for _, p := range got {
		var refusal *restapi.Error
		require.ErrorAs(t, p.Err(), &refusal, p.UserID)
		assert.Equal(t, profile.CommandPortraitGet, refusal.Command)
		assert.Contains(t, refusal.Error(), "Fail_Account")
	}
}

// The service leaves out the name of an account that is not there.
func TestGetProfilesTellsWhoseAccountIsMissing(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"UserProfileItem":[{"To_Account":"ann","ResultCode":0},
		{"To_Account":"@TLS#NOT_FOUND","ResultCode":40003,"ResultInfo":"gone"}]}`}
	got, err := profile.NewClient(r).GetProfiles(t.Context(), []string{"eve", "ann"})
	require.NoError(t, err)
	require.ErrorIs(t, got[0].Err(), restapi.CodeProfileAccountNotFound)
	require.NoError(t, got[1].Err())
}

func TestGetProfilesAsksOnceForAUserNamedTwice(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"UserProfileItem":[{"To_Account":"ann","ResultCode":0,"ResultInfo":""}]}`}
	got, err := profile.NewClient(r).GetProfiles(t.Context(), []string{"ann", "ann"}, profile.Nick, profile.Nick)
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.NoError(t, got[0].Err())
	require.NoError(t, got[1].Err())
	assert.JSONEq(t, `{"To_Account":["ann"],"TagList":["Tag_Profile_IM_Nick"]}`, r.Body)
}

func TestGetProfilesFailsWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("down")
	got, err := profile.NewClient(&conform.Recorder{Err: down}).GetProfiles(t.Context(), []string{"ann"})
	require.ErrorIs(t, err, down)
	assert.Nil(t, got)
}

func TestGetProfilesRefusesBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	users := make([]string, 101)
	for i := range users {
		users[i] = "u" + strconv.Itoa(i)
	}
	for name, tc := range map[string]struct {
		users  []string
		fields []profile.Tagger
		field  string
	}{
		"no users":          {nil, nil, "To_Account"},
		"too many users":    {users, nil, "To_Account"},
		"empty user":        {[]string{"ann", ""}, nil, "To_Account[1]"},
		"bad custom field":  {users[:1], []profile.Tagger{profile.Custom("V1")}, "Tag_Profile_Custom_V1"},
		"empty tag":         {users[:1], []profile.Tagger{profile.Nick, profile.Field[string]("")}, "TagList[1]"},
		"nil in the fields": {users[:1], []profile.Tagger{nil}, "TagList[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{}
			got, err := profile.NewClient(r).GetProfiles(t.Context(), tc.users, tc.fields...)
			assert.Nil(t, got)
			var argument *restapi.ArgumentError
			require.ErrorAs(t, err, &argument)
			assert.Equal(t, tc.field, argument.Field)
			assert.Equal(t, profile.CommandPortraitGet, argument.Command)
			assert.Zero(t, r.Calls)
		})
	}
	r := &conform.Recorder{Answer: `{}`}
	got, err := profile.NewClient(r).GetProfiles(t.Context(), slices.Clone(users[:profile.MaxUsers]))
	require.NoError(t, err)
	assert.Len(t, got, 100)
}

// A reader is what a program needs of a Client, and a directory stands in for it in the tests of that program.
type reader interface {
	GetProfiles(ctx context.Context, userIDs []string, fields ...profile.Tagger) ([]profile.Profile, error)
}

var _ reader = (*profile.Client)(nil)

type directory map[string]profile.Items

func (d directory) GetProfiles(_ context.Context, userIDs []string, _ ...profile.Tagger) ([]profile.Profile, error) {
	profiles := make([]profile.Profile, len(userIDs))
	for i, userID := range userIDs {
		items, ok := d[userID]
		profiles[i] = profile.Profile{UserID: userID, Items: items}
		if !ok {
			profiles[i].Outcome = restapi.Failed(restapi.CodeProfileAccountNotFound)
		}
	}
	return profiles, nil
}

func TestAFakeCanMakeProfilesThatFailed(t *testing.T) {
	t.Parallel()
	var users reader = directory{"ann": {profile.Nick.To("Ann")}}
	got, err := users.GetProfiles(t.Context(), []string{"ann", "bob"}, profile.Nick)
	require.NoError(t, err)
	require.NoError(t, got[0].Err())
	require.ErrorIs(t, got[1].Err(), restapi.ErrAccountNotFound)
	require.ErrorIs(t, restapi.Join(got, nil), restapi.ErrAccountNotFound)
}
