package spec_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestEveryFileReads(t *testing.T) {
	t.Parallel()
	commands, err := spec.Commands()
	require.NoError(t, err)
	webhooks, err := spec.Webhooks()
	require.NoError(t, err)
	codes, err := spec.ErrorCodes()
	require.NoError(t, err)
	got := map[string]int{"commands": len(commands), "webhooks": len(webhooks), "codes": len(codes)}
	want := map[string]int{"commands": 192, "webhooks": 64, "codes": 330}
	require.Equal(t, want, got, "where one was added, its count goes up here")
}

// What a file has not is null or empty and not left out, so that a key that is spelled otherwise is noticed.
func TestEveryFileHasTheFormOfTheReadme(t *testing.T) {
	t.Parallel()
	common := []string{
		"area", "doc", "notes", "request", "request_examples", "response", "response_examples", "seen", "title",
	}
	forms := map[string][]string{
		"rest":     append([]string{"errors", "go", "idempotent", "limits", "path", "rate_limit_per_second"}, common...),
		"callback": append([]string{"answers", "command", "fired_by", "kind"}, common...),
	}
	seen := regexp.MustCompile(`^(null|"20\d\d-(0[1-9]|1[0-2])")$`)
	of := regexp.MustCompile(`^(string|int|uint|float|bool|object|any|array<(string|int|object)>)$`)
	for dir, form := range forms {
		slices.Sort(form)
		err := fs.WalkDir(spec.FS, dir, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			var keys map[string]json.RawMessage
			require.NoError(t, spec.Read(name, &keys))
			delete(keys, "cost_per_minute") // the one that few have
			require.Equal(t, form, slices.Sorted(maps.Keys(keys)), name)
			require.Regexp(t, seen, string(keys["seen"]), "%s: the month of the page's last update, or null", name)
			require.NotEqual(t, "0", string(keys["rate_limit_per_second"]), "%s: the page states none: null", name)
			var file struct {
				Path, Command, Kind string
				Request, Response   []spec.Field
			}
			require.NoError(t, spec.Read(name, &file))
			switch dir {
			case "rest":
				require.Equal(t, name, path.Join(dir, strings.TrimPrefix(file.Path, "v4/")+".json"))
			case "callback":
				require.Equal(t, name, path.Join(dir, file.Command+".json"))
				require.Contains(t, []string{"before", "after"}, file.Kind, name)
			}
			for _, field := range slices.Concat(file.Request, file.Response) {
				require.NotEmpty(t, field.About, "%s: %s", name, field.Path)
				for one := range strings.SplitSeq(field.Type, "|") {
					require.Regexp(t, of, one, "%s: %s", name, field.Path)
				}
			}
			return nil
		})
		require.NoError(t, err)
	}
}

// What protocol.json says of all commands is what their files say.
func TestProtocolSumsUpTheCommands(t *testing.T) {
	t.Parallel()
	commands, err := spec.Commands()
	require.NoError(t, err)
	services := map[string]int{}
	exceptions := map[string][]string{}
	var notStated []string
	for _, c := range commands {
		services[strings.Split(c.Path, "/")[1]]++
		switch c.PerSecond {
		case 200:
		case 0:
			notStated = append(notStated, c.Path)
		default:
			exceptions[strconv.Itoa(c.PerSecond)] = append(exceptions[strconv.Itoa(c.PerSecond)], c.Path)
		}
	}
	var protocol struct {
		REST struct {
			Services   map[string]int `json:"services"`
			RateLimits struct {
				Exceptions map[string][]string `json:"exceptions_per_second"`
				NotStated  []string            `json:"not_stated"`
			} `json:"rate_limits"`
		} `json:"rest"`
	}
	require.NoError(t, spec.Read("protocol.json", &protocol))
	const at = "protocol.json is to say what the files of rest say: in rest."
	require.Equal(t, services, protocol.REST.Services, at+"services")
	require.Equal(t, exceptions, protocol.REST.RateLimits.Exceptions, at+"rate_limits.exceptions_per_second")
	require.Equal(t, notStated, protocol.REST.RateLimits.NotStated, at+"rate_limits.not_stated")
}

// Every code that the server answers with has a text in Chinese, one that fits into a table, and no other code has one.
func TestEveryCodeHasAChineseText(t *testing.T) {
	t.Parallel()
	codes, err := spec.ErrorCodes()
	require.NoError(t, err)
	texts, err := spec.ErrorTexts()
	require.NoError(t, err)
	for _, c := range codes {
		text, ok := texts[c.Code]
		delete(texts, c.Code)
		if c.ClientOnly {
			assert.False(t, ok, "%d: only client SDKs meet it", c.Code)
			continue
		}
		assert.Regexp(t, `\p{Han}`, text, "errors.zh.json: %d", c.Code)
		assert.NotRegexp(t, "[|\n]|[,;:]\\D", text, "errors.zh.json: %d: marks are Chinese ones", c.Code)
		assert.Less(t, utf8.RuneCountInString(text), 30, "errors.zh.json: %d", c.Code)
	}
	assert.Empty(t, texts, "errors.zh.json: codes that errors.json does not have")
}

// A code that a command's file lists is in the table, so that it has a name, or is one of the client SDKs.
func TestEveryCodeOfACommandIsInTheTable(t *testing.T) {
	t.Parallel()
	codes, err := spec.ErrorCodes()
	require.NoError(t, err)
	known := map[int]bool{}
	for _, c := range codes {
		require.False(t, known[c.Code], "%d is there twice", c.Code)
		known[c.Code] = true
	}
	var table struct {
		ClientRanges []struct{ From, To int } `json:"client_ranges"`
	}
	require.NoError(t, spec.Read("errors.json", &table))
	for _, r := range table.ClientRanges {
		for code := r.From; code <= r.To; code++ {
			known[code] = true
		}
	}
	commands, err := spec.Commands()
	require.NoError(t, err)
	for _, c := range commands {
		for _, e := range c.Errors {
			require.True(t, known[e.Code], "%s lists %d, which errors.json does not have", c.Path, e.Code)
		}
	}
}

// Commands are generated from what their files say of this module, so each file says it, and no two the same.
func TestEveryCommandIsNamedInThisModule(t *testing.T) {
	t.Parallel()
	areas := []string{
		"account", "bot", "conversation", "follow", "friend", "group", "message", "moderation", "official", "operation",
		"profile", "push",
	}
	name := regexp.MustCompile(`^Command[A-Z][A-Za-z0-9]*$`)
	method := regexp.MustCompile(`^[A-Z][A-Za-z]*\.[A-Z][A-Za-z0-9]*$`)
	commands, err := spec.Commands()
	require.NoError(t, err)
	used := map[string]string{} // what has the name
	for _, c := range commands {
		require.Contains(t, areas, c.Go.Package, "%s: go.package", c.Path)
		require.Regexp(t, name, c.Go.Command, c.Path)
		require.NotEmpty(t, c.Go.Methods, c.Path)
		for _, symbol := range append([]string{c.Go.Command}, c.Go.Methods...) {
			if symbol != c.Go.Command {
				require.Regexp(t, method, symbol, c.Path)
			}
			symbol = c.Go.Package + "." + symbol
			require.Empty(t, used[symbol], "%s of %s is named by another file too", symbol, c.Path)
			used[symbol] = c.Path
		}
	}
}

func TestEveryCommandSaysWhetherItMayBeRepeated(t *testing.T) {
	t.Parallel()
	commands, err := spec.Commands()
	require.NoError(t, err)
	for _, c := range commands {
		require.NotEmpty(t, c.Idempotent.Why, "%s: idempotent says why", c.Path)
		if c.Idempotent.Value {
			require.Zero(t, c.Idempotent.RepeatWithinSeconds, "%s may be repeated at any time", c.Path)
		}
		require.Equal(t, c.Idempotent.RepeatWithinSeconds > 0, len(c.Idempotent.Needs) > 0,
			"%s: repeat_within_seconds and needs go together", c.Path)
	}
	batch, err := spec.LookupCommand("v4/openim/batchsendmsg")
	require.NoError(t, err)
	require.Equal(t, 12000, batch.CostPerMinute)
	require.Equal(t, "openim/batchsendmsg", batch.Name())
	require.Equal(t, 1, batch.Idempotent.RepeatWithinSeconds)
}

func TestGeneralLimit(t *testing.T) {
	t.Parallel()
	limit, err := spec.GeneralLimit()
	require.NoError(t, err)
	require.Equal(t, restapi.Command{Service: "no", Name: "such"}.Limit(), limit)
}

func TestLookup(t *testing.T) {
	t.Parallel()
	command, err := spec.LookupCommand("v4/profile/portrait_set")
	require.NoError(t, err)
	require.Equal(t, 200, command.PerSecond)
	webhook, err := spec.LookupWebhook("Group.CallbackBeforeSendMsg")
	require.NoError(t, err)
	require.Equal(t, "before", webhook.Kind)
	_, err = spec.LookupWebhook("No.Such")
	require.Error(t, err)
}

func TestEveryWebhookSaysWhatItIsSentFor(t *testing.T) {
	t.Parallel()
	webhooks, err := spec.Webhooks()
	require.NoError(t, err)
	for _, w := range webhooks {
		by := w.FiredBy
		assert.Equal(t, w.Area == "call", len(by.REST)+len(by.Device) == 0, w.Command)
		for _, name := range slices.Concat(by.REST, by.Never) {
			if name != "*" {
				_, err := spec.LookupCommand(name)
				require.NoError(t, err, w.Command)
			}
		}
		for _, name := range by.Device {
			assert.Regexp(t, `^(Server|Device|Chat)\.[A-Z][A-Za-z]+$`, name, w.Command)
		}
		for _, name := range by.Guess {
			assert.True(t, slices.Contains(by.REST, name) || slices.Contains(by.Device, name), "%s: %s", w.Command, name)
		}
		for _, name := range by.Never {
			assert.NotContains(t, by.REST, name, w.Command)
		}
	}
}
