package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/tools/generate"
)

// The classes of a code. A quota and advice to try again are fields of the data. Whether a refusal is about an
// argument, a right, the credentials or an account that is not there follows from the cure and from the names, which
// are ours and follow one pattern; where it does not, the data names the classes itself.
var (
	argumentNames = regexp.MustCompile(`Invalid|Missing|Malformed|TooLong|TooMany|LengthExceeded|NotArray|ToAccountEmpty|` +
		`EmptyTag|Duplicate|ConditionsMixed|ProfileTagNotFound|UnknownCommand`)
	permissionNames = regexp.MustCompile(`AdminRequired$|PermissionDenied$|Unauthorized$|CallerNotLoggedIn$|` +
		`(Read|Write|Access)Denied$|SourceIPNotAllowed$`)
	accountNames = regexp.MustCompile(`(Account|User|Receiver)NotFound$`)
)

const (
	accountNotFound = "account_not_found"
	userSig         = "usersig"
	permission      = "permission"
	invalidArgument = "invalid_argument"
)

// byName returns the classes that the name of a code and its cure suggest.
func byName(c spec.ErrorCode) []string {
	var words []string
	credentials := c.Retry == "after_fix_credentials"
	if accountNames.MatchString(c.Name) {
		words = append(words, accountNotFound)
	}
	if permissionNames.MatchString(c.Name) {
		words = append(words, permission)
	} else if credentials {
		words = append(words, userSig)
	}
	if argumentNames.MatchString(c.Name) && !credentials && !c.RateLimit && c.Retry != "later" && !c.ClientOnly {
		words = append(words, invalidArgument)
	}
	return words
}

// classes returns the constants of restapi whose union are the classes of c.
func classes(c spec.ErrorCode) ([]string, error) {
	words := c.Classes
	if words == nil {
		words = byName(c)
	}
	for _, word := range words {
		if !slices.Contains([]string{accountNotFound, userSig, permission, invalidArgument}, word) {
			return nil, fmt.Errorf("code %d: class %q is not known", c.Code, word)
		}
	}
	var names []string
	for _, class := range []struct {
		name string
		in   bool
	}{
		{"classAccountNotFound", slices.Contains(words, accountNotFound)},
		{"classRateLimited", c.RateLimit},
		{"classUserSig", slices.Contains(words, userSig)},
		{"classPermission", slices.Contains(words, permission)},
		{"classInvalidArgument", slices.Contains(words, invalidArgument)},
		{"classTemporary", c.Retry == "later"},
	} {
		if class.in {
			names = append(names, class.name)
		}
	}
	return names, nil
}

// An errorRange is a range of codes that an app's own webhook may answer with.
type errorRange struct {
	From  int    `json:"from"`
	To    int    `json:"to"`
	Name  string `json:"name"`
	About string `json:"about"`
}

func errorRanges() ([]errorRange, error) {
	var table struct {
		Ranges []errorRange `json:"ranges"`
	}
	err := spec.Read("errors.json", &table)
	return table.Ranges, err
}

func generateCodes() ([]byte, error) {
	codes, err := spec.ErrorCodes()
	if err != nil {
		return nil, err
	}
	ranges, err := errorRanges()
	if err != nil {
		return nil, err
	}
	slices.SortFunc(codes, func(a, b spec.ErrorCode) int { return cmp.Compare(a.Code, b.Code) })

	var b strings.Builder
	fmt.Fprintln(&b, "// The documented error codes of the server, by number. Codes that only client SDKs meet have no constant: Code.Name and")
	fmt.Fprintln(&b, "// Code.Error know them all the same.")
	fmt.Fprintln(&b, "//")
	fmt.Fprintln(&b, "// Vendor page: https://www.tencentcloud.com/document/product/1047/34348")
	fmt.Fprintln(&b, "const (")
	for _, c := range codes {
		if c.ClientOnly {
			continue
		}
		fmt.Fprintf(&b, "\t// Code%s (%s): %s.\n\tCode%s Code = %d\n", c.Name, c.Area, c.About, c.Name, c.Code)
		for _, alias := range c.Aliases {
			fmt.Fprintf(&b, "\t// Code%s is Code%s, %s.\n\tCode%s = Code%s\n", alias.Name, c.Name, alias.About, alias.Name, c.Name)
		}
	}
	fmt.Fprint(&b, ")\n\n")
	fmt.Fprintln(&b, "// codeTable is sorted by code.")
	fmt.Fprintln(&b, "var codeTable = [...]codeInfo{")
	for _, c := range codes {
		names, err := classes(c)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "\t{%d, %q, %q, %s},\n", c.Code, c.Name, c.About, cmp.Or(strings.Join(names, " | "), "0"))
	}
	fmt.Fprint(&b, "}\n\n")
	fmt.Fprintln(&b, "// codeRanges are the codes that an app's own webhook may answer with and that come back to the caller.")
	fmt.Fprintln(&b, "var codeRanges = [...]struct {\n\tfrom, to Code\n\tinfo codeInfo\n}{")
	for _, r := range ranges {
		fmt.Fprintf(&b, "\t{%d, %d, codeInfo{name: %q, about: %q}},\n", r.From, r.To, r.Name, r.About)
	}
	fmt.Fprintln(&b, "}")
	return generate.Go(name, "internal/spec/errors.json", "restapi", b.String())
}
