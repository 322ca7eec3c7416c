package main

import (
	"bytes"
	"errors"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestJSONLinesRefuse(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ line, want string }{
		"array":          {`["user_id","ann"]`, "not a JSON object"},
		"cut short":      {`{"user_id":"ann"`, "not a JSON object"},
		"no value":       {`{"user_id":}`, "not a JSON object"},
		"no key":         {`{1:"ann"}`, "not a JSON object"},
		"two objects":    {`{"user_id":"ann","nick":"A"}{}`, "behind the JSON object"},
		"no user":        {`{"nick":"A"}`, "user_id is missing"},
		"user twice":     {`{"user_id":"ann","user_id":"bob"}`, "user_id is there twice"},
		"number as user": {`{"user_id":1,"nick":"A"}`, "user_id must be a string"},
		"null as user":   {`{"user_id":null,"nick":"A"}`, "user_id must be a string"},
		"unknown field":  {`{"user_id":"ann","nickname":"A"}`, `no field "nickname": there are user_id, nick, gender, birthday, location, `},
		"case":           {`{"user_id":"ann","Nick":"A"}`, `no field "Nick"`},
		"text as number": {`{"user_id":"ann","level":"x"}`, `level: "x" is not a whole number`},
		"no UTF-8":       {"{\"user_id\":\"ann\",\"nick\":\"\xff\"}", "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows := newJSONReader(strings.NewReader("\n" + tc.line + "\n" + `{"user_id":"bob","nick":"B"}`))
			_, err := rows.read()
			var bad *rowError
			require.ErrorAs(t, err, &bad)
			assert.Equal(t, 2, bad.line)
			require.ErrorContains(t, err, tc.want)
			next, err := rows.read()
			require.NoError(t, err, "reading goes on behind it")
			assert.Equal(t, "bob", next.userID)
		})
	}
}

func TestJSONLinesKeepValuesAsTheyAre(t *testing.T) {
	t.Parallel()
	rows := newJSONReader(strings.NewReader(`{"user_id":"ann","nick":"","custom:Score":12345678901234567890.5,"Tag_Profile_IM_Badge":18446744073709551615}`))
	r, err := rows.read()
	require.NoError(t, err)
	assert.Equal(t, `Tag_Profile_IM_Nick=""`, r.items[0].String())
	assert.Equal(t, "Tag_Profile_Custom_Score=12345678901234567890.5", r.items[1].String())
	assert.Equal(t, "Tag_Profile_IM_Badge=18446744073709551615", r.items[2].String())
}

func TestEveryStandardFieldHasAName(t *testing.T) {
	t.Parallel()
	all := newFields()
	for _, tag := range []string{
		profile.Nick.Tag(), profile.Gender.Tag(), profile.Birthday.Tag(), profile.Location.Tag(), profile.Signature.Tag(),
		profile.AllowType.Tag(), profile.Language.Tag(), profile.AvatarURL.Tag(), profile.MessageSettings.Tag(),
		profile.AdminForbid.Tag(), profile.Level.Tag(), profile.Role.Tag(),
	} {
		assert.Contains(t, all, tag)
	}
	assert.Len(t, standardFields(), 12)
	for _, f := range standardFields() {
		text := "1"
		for word := range f.words {
			text = word
		}
		item, err := f.text(text)
		require.NoError(t, err)
		require.NoError(t, profile.NewClient(nowhere{}).SetProfile(t.Context(), "ann", item), f.name)
	}
}

// What the SDK and the service say about a row comes in the words of the file, down to the name of the column.
func TestErrorsSpeakTheWordsOfTheFile(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 501)
	for name, tc := range map[string]struct{ row, want string }{
		"enum":              {`{"user_id":"ann","gender":"either"}`, "gender must be one of unknown, female, male"},
		"enum by its tag":   {`{"user_id":"ann","Tag_Profile_IM_Gender":"Either"}`, "Tag_Profile_IM_Gender must be one of unknown, female, male"},
		"allow_type":        {`{"user_id":"ann","allow_type":""}`, "allow_type must be one of need_confirm, allow_any, deny_any"},
		"admin_forbid":      {`{"user_id":"ann","admin_forbid":"x"}`, "admin_forbid must be one of none, send_out"},
		"user":              {`{"user_id":"` + long + `","nick":"A"}`, "user_id has 501 bytes, at most 32 are allowed"},
		"number":            {`{"user_id":"ann","birthday":1.5}`, "birthday takes a whole number from 0 to 4294967295"},
		"number by its tag": {`{"user_id":"ann","Tag_Profile_IM_BirthDay":"x"}`, `Tag_Profile_IM_BirthDay: "x" is not a whole number from 0 to 4294967295`},
		"custom":            {`{"user_id":"ann","custom:Vip":"` + long + `"}`, "custom:Vip has 501 bytes, at most 500 are allowed"},
		"keyword":           {`{"user_id":"ann","custom:V-p":"1"}`, "custom:V-p is "},
		"newer field":       {`{"user_id":"ann","Tag_Profile_IM_Badge":{}}`, "Tag_Profile_IM_Badge takes a text or a number"},
		"unknown custom":    {`{"user_id":"ann","custom:Other":"1"}`, `no field with this tag: "there is no field custom:Other"`},
		"no right":          {`{"user_id":"ann","nick":"A","custom:Score":"1"}`, `"no right to write custom:Score"`},
		"forbidden word":    {`{"user_id":"ann","signature":"rude"}`, `"signature contains a forbidden word"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chat := newChat(t, "ann")
			chat.SetSettings(restapitest.Settings{
				ForbidWords:  []string{"rude"},
				CustomFields: map[string]restapitest.FieldRight{"Score": restapitest.DenyWrite},
			})
			path := writeFile(t, "users.jsonl", tc.row)
			r := call(t.Context(), t, chat, "", path)
			require.Error(t, r.err)
			assert.NotContains(t, r.err.Error(), "Tag_Profile_Custom", "what stops the import neither")
			failures := readFile(t, filepath.Join(filepath.Dir(path), "users.failures.jsonl"))
			why := regexp.MustCompile(`"error": (".*")}\n$`).FindStringSubmatch(failures)
			require.NotNil(t, why, failures)
			text, err := strconv.Unquote(why[1])
			require.NoError(t, err)
			assert.Contains(t, text, tc.want)
			assert.NotContains(t, text, "_Type_")
			assert.NotContains(t, text, "From_Account")
			if len(chat.Calls()) == 0 {
				assert.True(t, strings.HasPrefix(text, "line 1: "+tc.want), "nothing stands before it: %s", text)
			}
		})
	}
}

// Rows that are read, written as failures and read again are the same, whatever the input.
func fuzzReader(f *testing.F, open func(data []byte) (*input, error), write func(in *input, rows []*record) ([]byte, error)) {
	f.Helper()
	f.Fuzz(func(t *testing.T, data []byte) {
		in, err := open(data)
		if err != nil {
			return
		}
		var rows []*record
		for row, err := range in.records() {
			var bad *rowError
			if row == nil {
				require.ErrorAs(t, err, &bad)
			}
			if row != nil {
				require.Positive(t, row.line)
				for _, c := range row.cells {
					require.NotEqual(t, errorColumn, c.name)
				}
				rows = append(rows, row)
			}
		}
		again, err := write(in, rows)
		require.NoError(t, err)
		back, err := open(again)
		if len(rows) == 0 && err != nil {
			return
		}
		require.NoError(t, err)
		n := 0
		for {
			row, err := back.reader.read()
			if row == nil {
				require.Equal(t, len(rows), n, "%v: %q", err, again)
				return
			}
			require.Equal(t, rows[n].userID, row.userID, "%q", again)
			require.Equal(t, rows[n].items, row.items, "%q", again)
			n++
		}
	})
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"user_id,nick,gender,birthday,custom:Vip\nleckie,Leckie,female,19940817,1\n",
		"nick,user_id,error\r\n\"a, \"\"b\"\"\r\n\",x,why\r\n", "user_id\n\"\n", "\ufeffuser_id,level\nann,x\nann,1\n", "user_id,nick\n\\.,\" \"\n",
		"user_id,nick\nann,\"a\r\r\nb\"\n",
	} {
		f.Add([]byte(seed))
	}
	fuzzReader(f, func(data []byte) (*input, error) {
		if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
			return nil, errors.New("the other format")
		}
		return newInput(bytes.NewReader(data))
	}, func(in *input, rows []*record) ([]byte, error) {
		var b bytes.Buffer
		w, err := newCSVWriter(&b, in.header)
		for _, row := range rows {
			err = errors.Join(err, w.write(row, "it failed"))
		}
		return b.Bytes(), err
	})
}

func FuzzJSONLines(f *testing.F) {
	for _, seed := range []string{
		`{"user_id": "leckie", "nick": "Leckie", "gender": "female", "birthday": 19940817, "custom:Vip": "1"}`,
		"{\"user_id\":\"a\"}\r\n\r\n{\"user_id\":\"\\ud800\",\"nick\":null,\"level\":\"7\",\"error\":{\"x\":[1]}}",
		`{"user_id":"a","nick":"\u2028<>","role":1e5,"Tag_Profile_IM_X":true}`, `{"user_id":`, `{"user_id":"a"} {}`,
	} {
		f.Add([]byte(seed))
	}
	fuzzReader(f, func(data []byte) (*input, error) {
		return &input{reader: newJSONReader(bytes.NewReader(data)), format: formatJSONLines}, nil
	}, func(_ *input, rows []*record) ([]byte, error) {
		var b bytes.Buffer
		var err error
		for _, row := range rows {
			err = errors.Join(err, jsonWriter{&b}.write(row, "it failed"))
		}
		return b.Bytes(), err
	})
}
