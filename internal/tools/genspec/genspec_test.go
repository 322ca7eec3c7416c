package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/tools/generate"
)

func TestTheAreasAreUpToDate(t *testing.T) {
	t.Parallel()
	require.NoError(t, generate.Run(name, files, filepath.Join("..", "..", ".."), true))
}

func TestAnAreaComesIntoBeing(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write := func(file, content string) {
		require.NoError(t, os.MkdirAll(filepath.Join(root, "bot"), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(root, "bot", file), []byte(content), 0o600))
	}
	run := func() error { return generate.Run(name, files, root, false) }

	require.NoError(t, run(), "no area at all")
	write("doc.go", "// Package bot is for robots.\npackage bot\n")
	write("client.go", "package bot\n\ntype Client struct{}\n")
	require.NoError(t, run(), "types alone")

	write("client.go", "package bot\n\nimport \"context\"\n\ntype Client struct{}\n\n"+
		"func (c *Client) Create(ctx context.Context) error { return nil }\n")
	require.EqualError(t, run(), "bot: doc.go has no section # Commands, where Client.Create belongs")
	require.NoFileExists(t, filepath.Join(root, "bot", "commands.go"))

	write("doc.go", "// Package bot is for robots.\n//\n// # Commands\n//\n// # Errors\n//\n// None.\npackage bot\n")
	err := run()
	require.ErrorContains(t, err, "openim_robot_http_svc/delete_robot has no method Client.Delete")
	assert.NotContains(t, err.Error(), "Client.Create")
	commands, err := os.ReadFile(filepath.Join(root, "bot", "commands.go"))
	require.NoError(t, err)
	assert.Contains(t, string(commands), "CommandCreateRobot = restapi.Command{")
	assert.NotContains(t, string(commands), "CommandDeleteRobot")
	doc, err := os.ReadFile(filepath.Join(root, "bot", "doc.go"))
	require.NoError(t, err)
	assert.Contains(t, string(doc), introduction+"//   - openim_robot_http_svc/create_robot: [Client.Create]\n//\n// # Err")
}

func TestCheck(t *testing.T) {
	t.Parallel()
	get := spec.Command{Path: "v4/x/get", Go: spec.Go{Package: "x", Methods: []string{"Client.All", "Client.Page"}}}
	set := spec.Command{Path: "v4/x/set", Go: spec.Go{Package: "x", Methods: []string{"Keys.Set"}}}
	const section = heading + next
	names := []string{"Client.All", "Client.Page", "Keys.Set"}
	all := map[string]bool{"Client.All": true, "Client.Page": true, "Keys.Set": true}
	with := func(method string, context bool) map[string]bool {
		methods := maps.Clone(all)
		methods[method] = context
		return methods
	}
	for _, tc := range []struct {
		name       string
		source     source
		unfinished bool
		written    []string
		err        string
	}{
		{"complete", source{section, all}, false, names, ""},
		{
			"an iterator is missing",
			source{section, map[string]bool{"Client.Page": true, "Keys.Set": true}},
			false,
			[]string{"Client.Page", "Keys.Set"},
			"x/get has no method Client.All",
		},
		{
			"a command is missing",
			source{section, map[string]bool{"Client.All": true, "Client.Page": true}},
			false,
			[]string{"Client.All", "Client.Page"},
			"x/set has no method Keys.Set",
		},
		{
			"may be missing",
			source{section, map[string]bool{"Client.All": true, "Client.Page": true}},
			true,
			[]string{"Client.All", "Client.Page"},
			"",
		},
		{"is not missing", source{section, all}, true, names, "is not unfinished any more"},
		{
			"a call of no command",
			source{section, with("Client.Count", true)},
			false,
			names,
			"method Client.Count is in none of the files of internal/spec/rest",
		},
		{"not a call", source{section, with("Client.Count", false)}, false, names, ""},
		{"calls of another type", source{section, with("File.Get", true)}, false, names, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			commands, err := tc.source.check([]spec.Command{get, set}, tc.unfinished)
			if tc.err == "" {
				require.NoError(t, err)
			} else {
				require.EqualError(t, err, tc.err)
			}
			var written []string
			for _, c := range commands {
				written = append(written, c.Go.Methods...)
			}
			assert.Equal(t, tc.written, written)
		})
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"doc.go": "// Package x is one.\npackage x\n",
		"a.go": `package x

import "context"

func New() *A { return nil }
func (a *A) Pointer(ctx context.Context, n int) error { return nil }
func (a A) Value(context.Context) {}
func (a A) None() {}
func (a A) Other(n int) {}
func (a A) private(ctx context.Context) {}
func (p *Page[T]) Of(ctx context.Context) {}
`,
		"a_test.go": "package x\n\nfunc (a A) Test() {}\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	s, err := read(dir)
	require.NoError(t, err)
	assert.Equal(t, "// Package x is one.\npackage x\n", s.doc)
	methods := map[string]bool{"A.Pointer": true, "A.Value": true, "A.None": false, "A.Other": false, ".Of": true}
	assert.Equal(t, methods, s.methods)
}

func TestTheSectionEndsAtTheNextHeading(t *testing.T) {
	t.Parallel()
	list := spec.Command{
		Path: "v4/official_account_open_http_svc/get_subscribed_official_account_list",
		Go:   spec.Go{Methods: []string{"Client.Subscriptions", "Client.SubscriptionPage"}},
	}
	s := source{doc: "// Package x.\n//\n// # Commands\n//\n// Old.\n//\n// # Errors\n//\n// # Testing\npackage x\n"}
	got, err := s.withSection([]spec.Command{list})
	require.NoError(t, err)
	assert.Equal(t, "// Package x.\n//\n// # Commands\n"+introduction+
		"//   - official_account_open_http_svc/get_subscribed_official_account_list: [Client.Subscriptions],\n"+
		"//     [Client.SubscriptionPage]\n"+
		"//\n// # Errors\n//\n// # Testing\npackage x\n", string(got))
	again, err := source{doc: string(got)}.withSection([]spec.Command{list})
	require.NoError(t, err)
	assert.Equal(t, string(got), string(again))

	s.doc = "// Package x.\n//\n// # Commands\n//\n// Old.\npackage x\n"
	_, err = s.withSection([]spec.Command{list})
	require.EqualError(t, err, "doc.go has no heading after # Commands, where that section would end")
}

// Every command there is, so that an odd one is found before its area is written.
func TestCommandsFile(t *testing.T) {
	t.Parallel()
	commands, err := spec.Commands()
	require.NoError(t, err)
	source, err := commandsFile("all", commands, 200)
	require.NoError(t, err)
	for line := range strings.Lines(string(source)) {
		assert.LessOrEqual(t, len(line), width+1, line)
	}
	for _, tc := range []struct{ path, doc, literal string }{
		{
			"v4/im_open_login_svc/account_check",
			"query whether accounts are imported. 100 calls a second. Repeated after a failure that leaves its outcome open: " +
				"reads only. Vendor page: https://www.tencentcloud.com/document/product/1047/34956",
			`{ Service: "im_open_login_svc", Name: "account_check", PerSecond: 100, Idempotent: true, }`,
		},
		{
			"v4/openim/batchsendmsg",
			"send one message to many users. 200 calls a second. At most 12000 receivers a minute. Repeated only within " +
				"1 second of the first attempt, with the same MsgSeq and MsgRandom: ",
			`{ Service: "openim", Name: "batchsendmsg", PerSecond: 200, RepeatWithin: 1 * time.Second, CostPerMinute: 12000, }`,
		},
		{
			"v4/openim/sendmsg",
			"send a one-to-one message to one user. 200 calls a second. Repeated only within 2 minutes of the first attempt, " +
				"with the same MsgSeq and MsgRandom: ",
			`{ Service: "openim", Name: "sendmsg", PerSecond: 200, RepeatWithin: 2 * time.Minute, }`,
		},
		{
			"v4/timpush/push",
			"push to all users, by tag or by attribute (push service). 1 call a second. Not repeated after a failure that " +
				"leaves its outcome open: pushes twice;",
			`{ Service: "timpush", Name: "push", PerSecond: 1, }`,
		},
		{
			"v4/stream_msg/send_c2c_stream_msg",
			"send or go on with a one-to-one streamed message. No limit is documented: 200 calls a second. Not repeated",
			`{ Service: "stream_msg", Name: "send_c2c_stream_msg", }`,
		},
		{
			"v4/im_cos_msg/get_cos_sig",
			"sign media file addresses. No limit is documented: 200 calls a second. Repeated after a failure that leaves its " +
				"outcome open: reads only. Vendor page: none known.",
			`{ Service: "im_cos_msg", Name: "get_cos_sig", Idempotent: true, }`,
		},
	} {
		t.Run(tc.path, func(t *testing.T) {
			t.Parallel()
			c, err := spec.LookupCommand(tc.path)
			require.NoError(t, err)
			one, err := commandsFile("one", []spec.Command{c}, 200)
			require.NoError(t, err)
			text := strings.Join(strings.Fields(strings.ReplaceAll(string(one), "//\n", "\n")), " ")
			text = strings.ReplaceAll(text, " // ", " ")
			assert.Contains(t, text, c.Go.Command+": "+tc.doc)
			assert.Contains(t, text, c.Go.Command+" = restapi.Command"+tc.literal)
			assert.Equal(t, c.Idempotent.Unsure, strings.Contains(text, ". This is a guess. "))
		})
	}
}
