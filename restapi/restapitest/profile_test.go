package restapitest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestDocumentedProfileCalls(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("mila_0042", "ann", "bob", "cat", "dan")
	for _, cmd := range []restapi.Command{profile.CommandPortraitSet, profile.CommandPortraitGet} {
		doc, err := spec.LookupCommand(cmd.Path())
		require.NoError(t, err)
		for _, example := range doc.RequestExamples {
			got := post(t, srv, cmd, string(example))
			assert.Zero(t, got.ErrorCode, "%s", got.body)
			require.NotNil(t, got.ErrorDisplay, "profile commands have it")
			assert.Empty(t, *got.ErrorDisplay)
		}
	}
	items, ok := srv.Profile("mila_0042")
	require.True(t, ok)
	assert.Len(t, items, 13)
	assert.JSONEq(t, `[{"Tag":"Tag_Profile_IM_Nick","Value":"Mila Vance"}]`, marshal(t, items[:1]))
}

func marshal(tb testing.TB, v any) string {
	tb.Helper()
	data, err := json.Marshal(v)
	require.NoError(tb, err)
	return string(data)
}

func TestRefusalsOfPortraitSet(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann")
	srv.SetSettings(restapitest.Settings{
		ForbidWords:  []string{"casino", "lottery"},
		CustomFields: map[string]restapitest.FieldRight{"Vip": 0, "Score": restapitest.DenyWrite},
	})
	setting := func(tag, value string) string {
		return fmt.Sprintf(`{"From_Account":"ann","ProfileItem":[{"Tag":"Tag_Profile_IM_Role","Value":9},{"Tag":%q,"Value":%s}]}`, tag, value)
	}
	text := func(n int) string { return `"` + strings.Repeat("x", n) + `"` }
	const nick = "Tag_Profile_IM_Nick"
	for name, tc := range map[string]struct {
		body string
		want restapi.Code
	}{
		"not JSON":              {`{"From_Account":`, restapi.CodeProfileInvalidParameter},
		"no body":               {``, restapi.CodeProfileInvalidParameter},
		"not an object":         {`[]`, restapi.CodeProfileInvalidParameter},
		"null":                  {`null`, restapi.CodeProfileInvalidParameter},
		"no user":               {`{"ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"x"}]}`, restapi.CodeProfileInvalidParameter},
		"empty user":            {`{"From_Account":"","ProfileItem":[]}`, restapi.CodeProfileInvalidParameter},
		"user over 32 bytes":    {`{"From_Account":"` + strings.Repeat("u", 33) + `"}`, restapi.CodeProfileInvalidParameter},
		"user with a control":   {`{"From_Account":"a\u0085b","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"x"}]}`, restapi.CodeProfileInvalidParameter},
		"key in other case":     {`{"from_account":"ann","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"x"}]}`, restapi.CodeProfileInvalidParameter},
		"user is a number":      {`{"From_Account":7}`, restapi.CodeInvalidUserIDType},
		"no items":              {`{"From_Account":"ann"}`, restapi.CodeProfileInvalidParameter},
		"empty items":           {`{"From_Account":"ann","ProfileItem":[]}`, restapi.CodeProfileInvalidParameter},
		"items are an object":   {`{"From_Account":"ann","ProfileItem":{}}`, restapi.CodeProfileInvalidParameter},
		"item is not an object": {`{"From_Account":"ann","ProfileItem":["x"]}`, restapi.CodeProfileInvalidParameter},
		"tag is a number":       {`{"From_Account":"ann","ProfileItem":[{"Tag":1,"Value":"x"}]}`, restapi.CodeProfileInvalidParameter},
		"no tag":                {`{"From_Account":"ann","ProfileItem":[{"Value":"x"}]}`, restapi.CodeProfileInvalidParameter},
		"no value":              {`{"From_Account":"ann","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick"}]}`, restapi.CodeProfileInvalidParameter},
		"same tag twice":        {setting("Tag_Profile_IM_Role", `1`), restapi.CodeProfileInvalidParameter},
		"unknown account": {
			`{"From_Account":"eve","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"x"}]}`,
			restapi.CodeProfileAccountNotFound,
		},
		"forbidden word":        {setting(nick, `"my casino"`), restapi.CodeProfileSensitiveText},
		"no right to write":     {setting("Tag_Profile_Custom_Score", `"1"`), restapi.CodeProfileWriteDenied},
		"unknown custom field":  {setting("Tag_Profile_Custom_Other", `"1"`), restapi.CodeProfileTagNotFound},
		"unknown field":         {setting("Tag_Profile_IM_Nope", `"1"`), restapi.CodeProfileTagNotFound},
		"field of another kind": {setting("Tag_SNS_Custom_Vip", `"1"`), restapi.CodeProfileTagNotFound},
		"bad custom keyword":    {setting("Tag_Profile_Custom_V1", `"1"`), restapi.CodeProfileTagNotFound},
		"value over 500 bytes":  {setting(nick, text(501)), restapi.CodeProfileValueTooLong},
		"custom over 500 bytes": {setting("Tag_Profile_Custom_Vip", text(501)), restapi.CodeProfileValueTooLong},
		"location over 16":      {setting("Tag_Profile_IM_Location", text(17)), restapi.CodeProfileInvalidValue},
		"unknown enum word":     {setting("Tag_Profile_IM_Gender", `"Other"`), restapi.CodeProfileInvalidValue},
		"level over 32 bits":    {setting("Tag_Profile_IM_Level", `4294967296`), restapi.CodeProfileInvalidValue},
		"level below 0":         {setting("Tag_Profile_IM_Level", `-1`), restapi.CodeProfileInvalidValue},
		"level as a text":       {setting("Tag_Profile_IM_Level", `"1"`), restapi.CodeProfileInvalidValueType},
		"nick as a number":      {setting(nick, `1`), restapi.CodeProfileInvalidValueType},
		"value null":            {setting(nick, `null`), restapi.CodeProfileInvalidValueType},
		"value object":          {setting("Tag_Profile_Custom_Vip", `{}`), restapi.CodeProfileInvalidValueType},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := post(t, srv, profile.CommandPortraitSet, tc.body)
			assert.Equal(t, tc.want, got.ErrorCode, "%s", got.body)
			items, _ := srv.Profile("ann")
			assert.Empty(t, items, "a refused call changes nothing")
		})
	}
}

func TestRefusalsOfPortraitGet(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann")
	srv.SetSettings(restapitest.Settings{CustomFields: map[string]restapitest.FieldRight{"Secret": restapitest.DenyRead}})
	many := `"u"` + strings.Repeat(`,"u"`, 100)
	for name, tc := range map[string]struct {
		body string
		want restapi.Code
	}{
		"not JSON":            {`{`, restapi.CodeProfileInvalidParameter},
		"no users":            {`{"TagList":["Tag_Profile_IM_Nick"]}`, restapi.CodeProfileAccountMissing},
		"empty users":         {`{"To_Account":[],"TagList":["Tag_Profile_IM_Nick"]}`, restapi.CodeProfileAccountMissing},
		"101 users":           {`{"To_Account":[` + many + `],"TagList":["Tag_Profile_IM_Nick"]}`, restapi.CodeProfileInvalidParameter},
		"user is a number":    {`{"To_Account":[1],"TagList":["Tag_Profile_IM_Nick"]}`, restapi.CodeInvalidUserIDType},
		"empty user":          {`{"To_Account":[""],"TagList":["Tag_Profile_IM_Nick"]}`, restapi.CodeProfileInvalidParameter},
		"no tags":             {`{"To_Account":["ann"]}`, restapi.CodeProfileInvalidParameter},
		"tag is a number":     {`{"To_Account":["ann"],"TagList":[1]}`, restapi.CodeProfileInvalidParameter},
		"empty tag":           {`{"To_Account":["ann"],"TagList":[""]}`, restapi.CodeProfileInvalidParameter},
		"unknown field":       {`{"To_Account":["ann"],"TagList":["Tag_Profile_IM_Nope"]}`, restapi.CodeProfileTagNotFound},
		"unknown custom":      {`{"To_Account":["ann"],"TagList":["Tag_Profile_Custom_Vip"]}`, restapi.CodeProfileTagNotFound},
		"no right to read":    {`{"To_Account":["ann"],"TagList":["Tag_Profile_Custom_Secret"]}`, restapi.CodeProfileReadDenied},
		"only unknown users":  {`{"To_Account":["eve","joe"],"TagList":["Tag_Profile_IM_Nick"]}`, restapi.CodeProfileAccountNotFound},
		"one of them unknown": {`{"To_Account":["eve","ann"],"TagList":["Tag_Profile_IM_Nick"]}`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := post(t, srv, profile.CommandPortraitGet, tc.body)
			assert.Equal(t, tc.want, got.ErrorCode, "%s", got.body)
		})
	}
}

func TestEveryDocumentedCodeOfTheProfileCommandsIsReachable(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann")
	for _, cmd := range []restapi.Command{profile.CommandPortraitSet, profile.CommandPortraitGet} {
		doc, err := spec.LookupCommand(cmd.Path())
		require.NoError(t, err)
		for _, e := range doc.Errors {
			srv.FailNext(cmd, restapi.Code(e.Code), 1)
			assert.Equal(t, restapi.Code(e.Code), post(t, srv, cmd, `{}`).ErrorCode)
		}
	}
}

func TestProfilesThroughTheClient(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob")
	users := profile.NewClient(srv.Client())
	ctx := t.Context()
	vip := profile.Custom("Vip")
	require.NoError(t, users.SetProfile(ctx, "ann", profile.Nick.To("Ann <3"), profile.Level.To(1), vip.To("1")))
	require.NoError(t, users.SetProfile(ctx, "ann", profile.Level.To(2), profile.Gender.To(profile.Female)))

	got, err := users.GetProfiles(ctx, []string{"bob", "eve", "ann"}, vip, profile.Level, profile.Nick)
	require.NoError(t, err)
	require.NoError(t, got[0].Err())
	assert.Empty(t, got[0].Items)
	require.ErrorIs(t, got[1].Err(), restapi.CodeProfileAccountNotFound)
	require.NoError(t, got[2].Err())
	assert.JSONEq(t, `[{"Tag":"Tag_Profile_Custom_Vip","Value":"1"},{"Tag":"Tag_Profile_IM_Level","Value":2},
		{"Tag":"Tag_Profile_IM_Nick","Value":"Ann <3"}]`, marshal(t, got[2].Items))

	err = users.SetProfile(ctx, "eve", profile.Nick.To("Eve"))
	require.ErrorIs(t, err, restapi.CodeProfileAccountNotFound)
	require.ErrorIs(t, err, restapi.ErrAccountNotFound)
	_, ok := srv.Profile("eve")
	assert.False(t, ok)
}

func TestProfileReturnsACopy(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann")
	require.NoError(t, changeProfile(srv, "ann", callback.PlatformIOS, profile.Nick.To("Ann")))
	items, _ := srv.Profile("ann")
	items[0].Value[1] = 'X'
	items[0].Tag = "changed"
	items, _ = srv.Profile("ann")
	nick, _ := profile.Nick.Of(items)
	assert.Equal(t, "Ann", nick)
}

func TestDevicesKeepToTheRulesOfProfiles(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	ann := srv.User("ann")
	require.ErrorIs(t, ann.SetProfile(), restapi.CodeProfileInvalidParameter)
	err := ann.SetProfile(profile.Gender.To("x"))
	require.ErrorIs(t, err, restapi.CodeProfileInvalidValue)
	require.ErrorContains(t, err, "device/SetProfile: 40605")
	srv.SetSettings(restapitest.Settings{ForbidWords: []string{"casino"}})
	for _, value := range []string{`"my casino"`, ` "my casino"`, "\"my casino\"\n"} {
		item := profile.Item{Tag: profile.Nick.Tag(), Value: []byte(value)}
		require.ErrorIs(t, ann.SetProfile(item), restapi.CodeProfileSensitiveText, value)
	}
}
