package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// asProgram makes the test binary the program itself, to be killed by a test.
const asProgram = "BULKPROFILE_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	goleak.VerifyTestMain(m)
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// environment is that of a program which calls chat.
func environment(chat *restapitest.Server) map[string]string {
	return map[string]string{
		"TENCENT_CHAT_SDKAPPID": strconv.FormatUint(chat.SDKAppID(), 10), "TENCENT_CHAT_REGION": "sgp",
		"TENCENT_CHAT_SECRET_KEY": chat.SecretKey(), "TENCENT_CHAT_BASE_URL": chat.URL,
	}
}

// A result is what a run of the program left.
type result struct {
	status   int
	err      error
	out, log string
}

// call runs the program in this process.
func call(ctx context.Context, t *testing.T, chat *restapitest.Server, stdin string, args ...string) result {
	t.Helper()
	env := environment(chat)
	var out, log safeBuffer
	cfg, err := parse(args, func(name string) string { return env[name] }, &log)
	if err == nil {
		err = run(ctx, cfg, streams{in: strings.NewReader(stdin), out: &out, err: &log})
	}
	for _, secret := range []string{chat.SecretKey(), "usersig="} {
		assert.NotContains(t, out.String()+log.String()+fmt.Sprint(err), secret)
	}
	return result{status(err), err, out.String(), log.String()}
}

func newChat(t *testing.T, users ...string) *restapitest.Server {
	t.Helper()
	chat := restapitest.NewServer(restapitest.WithRate(-1)) // runs that follow each other share the app's rate
	t.Cleanup(chat.Close)
	chat.AddAccount(users...)
	return chat
}

func writeFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

// beside lists the files that the program left beside its input.
func beside(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	names := []string{}
	for _, e := range entries {
		if e.Name() != filepath.Base(path) {
			names = append(names, e.Name())
		}
	}
	return names
}

func itemsOf(t *testing.T, chat *restapitest.Server, userID string) string {
	t.Helper()
	items, ok := chat.Profile(userID)
	require.True(t, ok, userID)
	return fmt.Sprint(items)
}

func TestImport(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ file, content string }{
		"CSV": {"users.csv", "\ufeffuser_id, nick,gender,birthday,allow_type,avatar_url,custom:Vip,Tag_Profile_IM_Level,error\n" +
			"ann,\"Ann \"\"A\"\", née É\",female,19940817,deny_any,https://example.com/a.png,1,7,tried before\n" +
			"bob,Bob,Gender_Type_Male,,,,,,\n"},
		"JSON Lines": {"users.jsonl", `{"user_id":"ann","nick":"Ann \"A\", n\u00e9e É","gender":"female","birthday":"19940817",` +
			`"allow_type":"deny_any","avatar_url":"https://example.com/a.png","custom:Vip":"1","Tag_Profile_IM_Level":7,"error":"tried before"}` +
			"\n\n" + `  {"error":null, "nick": "Bob", "gender":"Gender_Type_Male", "level":null, "user_id":"bob"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chat := newChat(t, "ann", "bob")
			path := writeFile(t, tc.file, tc.content)
			r := call(t.Context(), t, chat, "", path)
			require.NoError(t, r.err)
			assert.Equal(t, 0, r.status)
			assert.Contains(t, r.log, "2 set in ")
			assert.Empty(t, beside(t, path), "nothing is left of an import that is complete")

			ann, _ := chat.Profile("ann")
			for field, want := range map[profile.Field[string]]string{
				profile.Nick: `Ann "A", née É`, profile.AvatarURL: "https://example.com/a.png", profile.Custom("Vip"): "1",
				profile.Field[string](profile.Gender): "Gender_Type_Female", profile.Field[string](profile.Birthday): "19940817",
				profile.Field[string](profile.AllowType): "AllowType_Type_DenyAny", profile.Field[string](profile.Level): "7",
			} {
				got, _ := field.Of(ann)
				assert.Equal(t, want, got, field)
			}
			assert.Len(t, ann, 7)
			assert.Equal(t, `[Tag_Profile_IM_Nick="Bob" Tag_Profile_IM_Gender="Gender_Type_Male"]`, itemsOf(t, chat, "bob"))
		})
	}
}

// What fails comes out in the form of the input, and goes in again once it is mended.
func TestFailuresCanBeFedBackIn(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ file, content, failures, mended string }{
		"CSV": {
			"users.csv",
			"user_id,nick,level\nann,Ann,1\nbob,Bob,high\nstranger,\"S, \n\"\"T\"\"\",3\ncat,rude,4\nann,Again,5\ndan,,\n,Nobody,\ntoo,few\n",
			"users.failures.csv",
			"user_id,nick,level,error\nbob,Bob,2,\"line 3: level: \"\"high\"\" is not a whole number from 0 to 4294967295\"\n",
		},
		"JSON Lines": {
			"users.jsonl",
			`{"user_id":"ann","nick":"Ann","level":1}` + "\n" + `{"user_id":"bob","nick":"Bob","level":"high"}` + "\n" +
				`{"user_id":"stranger","nick":"S, \n\"T\"","level":3}` + "\n" + `{"nick":"rude","user_id":"cat","level":4}` + "\n" +
				`{"user_id":"ann","nick":"Again"}` + "\n" + `{"user_id":"dan"}` + "\n" + `{"user_id":"","nick":"Nobody"}` + "\n" + `{"user_id":` + "\n",
			"users.failures.jsonl",
			`{"user_id":"bob","nick":"Bob","level":2,"error":"line 2: level: \"high\" is not a whole number"}` + "\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chat := newChat(t, "ann", "bob", "cat", "dan")
			chat.SetSettings(restapitest.Settings{ForbidWords: []string{"rude"}})
			path := writeFile(t, tc.file, tc.content)
			failures := filepath.Join(filepath.Dir(path), tc.failures)
			r := call(t.Context(), t, chat, "", path)
			require.ErrorIs(t, r.err, errFailed)
			assert.Equal(t, 1, r.status)
			assert.Contains(t, r.log, "1 set in ")
			assert.Contains(t, r.log, "6 failed, 1 lines unreadable")
			assert.Regexp(t, `(?m)^line (10|8): `, r.log, "what cannot be read is reported at once")
			text := readFile(t, failures)
			for _, reason := range []string{
				"not a whole number", "40003 ProfileAccountNotFound", "40005", "the user has a row already, in line", "no field has a value", "user_id is empty",
			} {
				assert.Contains(t, text, reason)
			}

			again := call(t.Context(), t, chat, "", path)
			assert.Equal(t, 2, again.status, "files of an earlier import are not overwritten")
			require.ErrorContains(t, again.err, "-resume")
			assert.Equal(t, text, readFile(t, failures))

			before := len(chat.Calls())
			chat.AddAccount("stranger")
			chat.SetSettings(restapitest.Settings{})
			r = call(t.Context(), t, chat, "", "-resume", path)
			assert.Equal(t, 1, r.status)
			assert.Contains(t, r.log, "2 set in ")
			assert.Contains(t, r.log, "1 done before")
			for _, c := range chat.Calls()[before:] {
				assert.NotContains(t, string(c.Body), `"ann"`, "ann is done")
			}
			assert.Equal(t, `[Tag_Profile_IM_Nick="S, \n\"T\"" Tag_Profile_IM_Level=3]`, itemsOf(t, chat, "stranger"))
			assert.Equal(t, `[Tag_Profile_IM_Nick="Ann" Tag_Profile_IM_Level=1]`, itemsOf(t, chat, "ann"))

			require.NoError(t, os.WriteFile(failures, []byte(tc.mended), 0o600))
			r = call(t.Context(), t, chat, "", failures)
			require.NoError(t, r.err)
			assert.Equal(t, `[Tag_Profile_IM_Nick="Bob" Tag_Profile_IM_Level=2]`, itemsOf(t, chat, "bob"))
		})
	}
}

func TestDryRunSendsNothingAndNamesTheLines(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	path := writeFile(t, "users.csv", "user_id,nick,gender,location\n"+
		"ann,Ann,female,\n"+
		"bob,Bob,either,\n"+
		"cat,Cat,,somewhere in the hills\n"+
		"dan,\"D\na\nn\",,\n"+
		"eve,\"Eve,,\n")
	r := call(t.Context(), t, chat, "", "-dry-run", "-sdkappid", "0", path)
	require.ErrorIs(t, r.err, errFailed)
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	require.Len(t, lines, 4)
	assert.Contains(t, lines[0], "line 3: gender must be one of unknown, female, male")
	assert.Contains(t, lines[1], "line 4: location has 22 bytes")
	assert.Contains(t, lines[2], "line 8: ")
	assert.Equal(t, "2 rows are good, 3 are bad", lines[3])
	assert.Empty(t, chat.Calls())
	assert.Empty(t, beside(t, path))

	r = call(t.Context(), t, chat, "user_id,nick\nann,Ann\n", "-dry-run", "-")
	require.NoError(t, r.err)
	assert.Equal(t, "1 rows are good, 0 are bad\n", r.out)
	assert.Empty(t, chat.Calls())
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	r = call(stopped, t, chat, "user_id,nick\nann,Ann\n", "-dry-run", "-")
	assert.Equal(t, 2, r.status)
	require.EqualError(t, r.err, "the check was stopped by the user")
}

func TestStandardInput(t *testing.T) {
	t.Parallel()
	chat := newChat(t, "ann")
	failures := filepath.Join(t.TempDir(), "failed.jsonl")
	input := `{"user_id":"ann","nick":"Ann"}` + "\n" + `{"user_id":"stranger","nick":"<S>"}` + "\n"
	r := call(t.Context(), t, chat, input, "-failures", failures, "-")
	assert.Equal(t, 1, r.status)
	assert.Contains(t, readFile(t, failures), `{"user_id": "stranger", "nick": "<S>", "error": "line 2: profile/portrait_set: 40003`)
	chat.AddAccount("stranger")
	r = call(t.Context(), t, chat, input, "-failures", failures, "-resume", "-")
	require.NoError(t, r.err)
	assert.Empty(t, beside(t, failures))
	assert.Len(t, chat.Calls(), 3)
	assert.Equal(t, "bulkprofile.failures.csv", config{input: "-"}.failuresPath(formatCSV))
	assert.Equal(t, "bulkprofile.failures.jsonl", config{input: "-"}.failuresPath(formatJSONLines))
}

func TestShareLeavesRoomForOthers(t *testing.T) {
	t.Parallel()
	chat := newChat(t, "ann", "bob", "cat", "dan")
	start := time.Now()
	r := call(t.Context(), t, chat, "user_id,level\nann,1\nbob,2\ncat,3\ndan,4\n", "-share", "0.01", "-failures", filepath.Join(t.TempDir(), "failures.csv"), "-")
	require.NoError(t, r.err)
	assert.Greater(t, time.Since(start), 2*time.Second, "two a second, with spaces between")
}

func TestTheImportStopsByItself(t *testing.T) {
	t.Parallel()
	rows := func(n int) string {
		var b strings.Builder
		b.WriteString("user_id,nick\n")
		for i := range n {
			fmt.Fprintf(&b, "user%d,Nick\n", i)
		}
		return b.String()
	}
	t.Run("when its key is wrong", func(t *testing.T) {
		t.Parallel()
		chat := newChat(t)
		path := writeFile(t, "users.csv", rows(1000))
		other := newChat(t)
		cfg, err := parse([]string{"-base-url", chat.URL, path}, func(name string) string { return environment(other)[name] }, io.Discard)
		require.NoError(t, err)
		err = run(t.Context(), cfg, streams{err: io.Discard})
		assert.Equal(t, 3, status(err))
		require.ErrorIs(t, err, restapi.ErrUserSig)
		assert.Less(t, len(chat.Calls()), 300)
		assert.NotContains(t, err.Error(), other.SecretKey())
	})
	t.Run("when the service takes nothing", func(t *testing.T) {
		t.Parallel()
		chat := newChat(t) // knows none of the users
		path := writeFile(t, "users.csv", rows(1000))
		r := call(t.Context(), t, chat, "", "-stop-after", "5", "-concurrency", "4", path)
		assert.Equal(t, 3, r.status)
		require.ErrorIs(t, r.err, restapi.ErrAccountNotFound)
		require.ErrorContains(t, r.err, "5 rows in a row failed")
		assert.LessOrEqual(t, len(chat.Calls()), 5+4)
		assert.Contains(t, r.log, "the rows that failed are in")
	})
	t.Run("when the input breaks off", func(t *testing.T) {
		t.Parallel()
		chat := newChat(t, "ann")
		path := writeFile(t, "users.jsonl", `{"user_id":"ann","nick":"Ann"}`+"\n"+`{"user_id":"`+strings.Repeat("x", maxLine)+`"}`)
		r := call(t.Context(), t, chat, "", path)
		assert.Equal(t, 2, r.status, "it shows when the rows are counted")
		require.ErrorContains(t, r.err, "line 2: ")
		assert.Empty(t, beside(t, path))
		stdin := readFile(t, path)
		r = call(t.Context(), t, chat, stdin, "-failures", path+".failures", "-")
		assert.Equal(t, 3, r.status)
		assert.Contains(t, r.log, "1 set in ")
	})
	t.Run("when the done log cannot be written", func(t *testing.T) {
		t.Parallel()
		m := &importer{progress: newProgress(io.Discard, false, 1), pending: map[string]*record{"ann": {userID: "ann"}}}
		file, err := os.Open(writeFile(t, "read only", ""))
		require.NoError(t, err)
		defer file.Close()
		m.done = &doneLog{file: file}
		m.report("ann", nil)
		require.Error(t, m.stop, "what cannot be noted could not be resumed")
		assert.True(t, m.ended(t.Context()))
	})
	t.Run("when the failures cannot be written", func(t *testing.T) {
		t.Parallel()
		folder := filepath.Dir(writeFile(t, "a", ""))
		m := &importer{failures: &failures{name: filepath.Join(folder, "no", "where")}, progress: newProgress(io.Discard, false, 1)}
		m.fail(&record{userID: "ann"}, io.EOF)
		require.ErrorIs(t, m.stop, os.ErrNotExist)
	})
}

func TestWhatCannotWorkIsRefusedAtTheStart(t *testing.T) {
	t.Parallel()
	chat := newChat(t)
	for name, tc := range map[string]struct {
		content string
		args    []string
		want    string
	}{
		"empty":       {"", nil, "the input is empty"},
		"only spaces": {" \n\n", nil, "the input is empty"},
		"no user":     {"nick\nAnn\n", nil, "no column user_id"},
		"unknown field": {"user_id,nickname\nann,Ann\n", nil, `there is no field "nickname": there are user_id, nick, gender, birthday, ` +
			"location, signature, allow_type, language, avatar_url, message_settings, admin_forbid, level, role and custom:NAME"},
		"column twice":     {"user_id,nick,nick\nann,A,A\n", nil, `the column "nick" twice`},
		"header broken":    {"user_id,\"nick\nann,Ann\n", nil, "header cannot be read"},
		"no key":           {"user_id,nick\nann,Ann\n", []string{"-sdkappid", "0"}, "sdkAppID"},
		"region":           {"user_id,nick\nann,Ann\n", []string{"-region", "moon"}, "region"},
		"base URL":         {"user_id,nick\nann,Ann\n", []string{"-base-url", "ftp://x"}, "base URL"},
		"share":            {"user_id,nick\nann,Ann\n", []string{"-share", "0"}, "-share"},
		"concurrency":      {"user_id,nick\nann,Ann\n", []string{"-concurrency", "-1"}, "-concurrency"},
		"two inputs":       {"user_id,nick\nann,Ann\n", []string{"other"}, "one input file"},
		"unknown flag":     {"user_id,nick\nann,Ann\n", []string{"-nonsense"}, "nonsense"},
		"failures nowhere": {"user_id,nick\nann,Ann\n", []string{"-failures", filepath.Join("no", "such", "folder")}, "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := writeFile(t, "users.csv", tc.content)
			r := call(t.Context(), t, chat, "", append(tc.args, path)...)
			assert.Equal(t, 2, r.status)
			require.ErrorContains(t, r.err, tc.want)
			assert.Empty(t, beside(t, path))
		})
	}
	path := writeFile(t, "users.csv", "user_id,nick\nann,Ann\n")
	require.ErrorContains(t, call(t.Context(), t, chat, "", "-failures", path, path).err, "over the input")
	require.ErrorIs(t, call(t.Context(), t, chat, "", path+".not").err, os.ErrNotExist)
	_, err := parse(nil, func(string) string { return "x" }, io.Discard)
	require.ErrorContains(t, err, "TENCENT_CHAT_SDKAPPID")
	assert.Equal(t, 0, call(t.Context(), t, chat, "", "-help").status)
	assert.Empty(t, chat.Calls())

	important := writeFile(t, "important.txt", "keep me")
	r := call(t.Context(), t, chat, "", "-resume", "-failures", important, path)
	assert.Equal(t, 2, r.status, "-resume with nothing to resume does not remove a file either")
	assert.Equal(t, "keep me", readFile(t, important))
	assert.Empty(t, beside(t, important))
}
