package userid_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/go-tencentchat/tencentchat/internal/userid"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		id       string
		maxBytes int
		reason   string
	}{
		"one byte":              {"a", userid.MaxUser, ""},
		"longest user":          {strings.Repeat("a", 32), userid.MaxUser, ""},
		"longest official":      {"@TOA#_" + strings.Repeat("a", 42), userid.MaxOfficial, ""},
		"longest registration":  {strings.Repeat("a", 36), userid.MaxRegistration, ""},
		"other letters":         {"小明", userid.MaxUser, ""},
		"space and @":           {"a b@c", userid.MaxUser, ""},
		"no-break space":        {"a\u00a0b", userid.MaxUser, ""},
		"empty":                 {"", userid.MaxUser, "is empty"},
		"user too long":         {strings.Repeat("a", 33), userid.MaxUser, "has 33 bytes, at most 32 are allowed"},
		"bytes count":           {strings.Repeat("明", 11), userid.MaxUser, "has 33 bytes, at most 32 are allowed"},
		"official too long":     {strings.Repeat("a", 49), userid.MaxOfficial, "has 49 bytes, at most 48 are allowed"},
		"registration too long": {strings.Repeat("a", 37), userid.MaxRegistration, "has 37 bytes, at most 36 are allowed"},
		"not UTF-8":             {"a\xff", userid.MaxUser, "is not valid UTF-8"},
		"half a letter":         {"\xe5\xba", userid.MaxUser, "is not valid UTF-8"},
		"NUL":                   {"\x00", userid.MaxUser, "holds a control character"},
		"line break":            {"a\nb", userid.MaxUser, "holds a control character"},
		"delete":                {"a\x7f", userid.MaxUser, "holds a control character"},
		"first of C1":           {"a\u0080b", userid.MaxUser, "holds a control character"},
		"next line":             {"a\u0085b", userid.MaxUser, "holds a control character"},
		"last of C1":            {"a\u009fb", userid.MaxUser, "holds a control character"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.reason, userid.Check(tc.id, tc.maxBytes))
		})
	}
}
