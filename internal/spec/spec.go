// Package spec holds the wire of Tencent Cloud Chat as data: one JSON file for each REST command and each webhook,
// the protocol, the error codes and the shared structures. Its README says how the files are made up.
//
// It is there for the project's own tests, for the generators of tables and commands, and for the local server. Nothing
// that a backend links in production imports it.
package spec

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// FS holds the files as they lie in this folder.
//
//go:embed *.json *.md callback rest types
var FS embed.FS

// A Field is one documented field of a body. Path is dotted, with [] for the elements of an array.
type Field struct {
	Path     string `json:"field"`
	Type     string `json:"type"`
	Required bool   `json:"required"`
	About    string `json:"about"`
}

// A CodeRange is one documented answer of a webhook: a code, or a range of them written "from-to".
type CodeRange struct {
	Code  json.RawMessage `json:"code"`
	About string          `json:"about"`
}

// A Command is one REST command.
type Command struct {
	Path             string            `json:"path"`
	Title            string            `json:"title"`
	Area             string            `json:"area"`
	Doc              []string          `json:"doc"`
	PerSecond        int               `json:"rate_limit_per_second"`
	Go               Go                `json:"go"`
	Idempotent       Idempotent        `json:"idempotent"`
	CostPerMinute    int               `json:"cost_per_minute"` // receivers a minute and app; 0: no such limit
	Limits           []string          `json:"limits"`
	Request          []Field           `json:"request"`
	Response         []Field           `json:"response"`
	Errors           []ErrorUse        `json:"errors"`
	RequestExamples  []json.RawMessage `json:"request_examples"`
	ResponseExamples []json.RawMessage `json:"response_examples"`
	Notes            []string          `json:"notes"`
}

// Name returns the path without the version, such as "profile/portrait_set": how errors, logs and tables name a
// command.
func (c Command) Name() string { return strings.TrimPrefix(c.Path, "v4/") }

// Go says where a command is found in this module.
type Go struct {
	Package string   `json:"package"` // such as "group"
	Command string   `json:"command"` // the variable, such as "CommandSendGroupMsg"
	Methods []string `json:"methods"` // those that call it, such as "Client.Send"
}

// Idempotent says whether a command may be repeated after a failure that leaves open whether it was carried out.
type Idempotent struct {
	// Value: a second time changes nothing and fails with no new error.
	Value bool `json:"idempotent"`
	// Needs are the fields of the request that make a repeat a repeat: they must have the values that they had.
	Needs []string `json:"needs"`
	// RepeatWithinSeconds is how long the service itself drops a repeat of a command that is not idempotent; 0: it does
	// not.
	RepeatWithinSeconds int `json:"repeat_within_seconds"`
	// Unsure: no page says it.
	Unsure bool   `json:"unsure"`
	Why    string `json:"why"`
}

// An ErrorUse is a code that the page of a command lists.
type ErrorUse struct {
	Code  int    `json:"code"`
	About string `json:"about"`
}

// A Webhook is one webhook command.
type Webhook struct {
	Command          string            `json:"command"`
	Title            string            `json:"title"`
	Area             string            `json:"area"`
	Kind             string            `json:"kind"` // before or after
	Doc              []string          `json:"doc"`
	FiredBy          FiredBy           `json:"fired_by"`
	Request          []Field           `json:"request"`
	Response         []Field           `json:"response"`
	Answers          []CodeRange       `json:"answers"`
	RequestExamples  []json.RawMessage `json:"request_examples"`
	ResponseExamples []json.RawMessage `json:"response_examples"`
	Notes            []string          `json:"notes"`
}

// FiredBy says what a webhook is sent for. It has nothing where none of it is a matter of this API.
type FiredBy struct {
	REST   []string `json:"rest"`   // commands by their names; "*" is any
	Device []string `json:"device"` // what a user's client does: methods of package restapitest
	Guess  []string `json:"guess"`  // those of REST and Device that no page names
	Never  []string `json:"never"`  // commands of which a page says that it is not sent for them
}

// An ErrorCode is one entry of the error table.
type ErrorCode struct {
	Code           int          `json:"code"`
	Area           string       `json:"area"`
	Name           string       `json:"name"`
	Aliases        []ErrorAlias `json:"aliases"`
	About          string       `json:"about"`
	Retry          string       `json:"retry"`   // later, after_fix_credentials, never or unknown
	Classes        []string     `json:"classes"` // nil: as retry and name suggest; empty: none
	ClientOnly     bool         `json:"client_only"`
	RateLimit      bool         `json:"rate_limit"`
	OutcomeUnknown bool         `json:"outcome_unknown"`
	Source         string       `json:"source"`
}

// An ErrorAlias is another name of a code, for the commands where it means something else.
type ErrorAlias struct {
	Name  string `json:"name"`
	About string `json:"about"`
}

// Read decodes the file of that name, such as "protocol.json" or "types/msg_body.json", into v.
func Read(name string, v any) error {
	data, err := FS.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("spec: %s: %w", name, err)
	}
	return nil
}

// Commands returns every REST command, in the order of their paths.
func Commands() ([]Command, error) {
	return readAll[Command]("rest")
}

// Webhooks returns every webhook, in the order of their commands.
func Webhooks() ([]Webhook, error) {
	return readAll[Webhook]("callback")
}

// LookupWebhook returns the webhook of that command, such as "State.StateChange".
func LookupWebhook(command string) (Webhook, error) {
	var w Webhook
	err := Read(path.Join("callback", command+".json"), &w)
	return w, err
}

// LookupCommand returns the REST command of that path, such as "v4/profile/portrait_set".
func LookupCommand(name string) (Command, error) {
	var c Command
	err := Read(path.Join("rest", strings.TrimPrefix(name, "v4/")+".json"), &c)
	return c, err
}

// GeneralLimit returns the calls a second and app of a command whose page states none.
func GeneralLimit() (int, error) {
	var protocol struct {
		REST struct {
			RateLimits struct {
				Default int `json:"default_per_second"`
			} `json:"rate_limits"`
		} `json:"rest"`
	}
	err := Read("protocol.json", &protocol)
	return protocol.REST.RateLimits.Default, err
}

// ErrorCodes returns the error table, in the order of its file.
func ErrorCodes() ([]ErrorCode, error) {
	var table struct {
		Codes []ErrorCode `json:"codes"`
	}
	err := Read("errors.json", &table)
	return table.Codes, err
}

// ErrorTexts returns what the error codes of the server mean, in Chinese, by their number.
func ErrorTexts() (map[int]string, error) {
	var texts map[int]string
	err := Read("errors.zh.json", &texts)
	return texts, err
}

func readAll[T any](dir string) ([]T, error) {
	var all []T
	err := fs.WalkDir(FS, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		var one T
		if err := Read(name, &one); err != nil {
			return err
		}
		all = append(all, one)
		return nil
	})
	return all, err
}
