package main

import (
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every kind of the format is imported or known as one that cannot be, with its fields.
func TestKindsAreThoseOfTheFormat(t *testing.T) {
	t.Parallel()
	rows := regexp.MustCompile("(?m)^\\| `([a-z]+)`[^|]*\\| ([^|]+) \\|").FindAllStringSubmatch(
		readFile(t, "../../internal/chat/SNAPSHOT.md"), -1)
	require.NotEmpty(t, rows)
	for _, row := range rows {
		kind, fields := row[1], row[2]
		s := steps[kind]
		if s == nil {
			assert.Contains(t, otherKinds, kind)
			continue
		}
		for _, field := range slices.Concat(s.takes, s.leaves) {
			if kind+"."+field != "groupmember.UnreadMsgNum" { // of this program
				assert.Contains(t, fields, "`"+field+"`", kind)
			}
		}
		// The first names of each part are fields, what stands behind a colon are the values.
		for _, field := range regexp.MustCompile("(?:^|; |, )`([A-Z][A-Za-z_]+)`").FindAllStringSubmatch(fields, -1) {
			known := slices.Concat(s.takes, s.leaves, words("Tag Value Key Seq StartTime EndTime IsRepeated Level Public ChatRoom AVChatRoom"))
			assert.Contains(t, known, field[1], kind)
		}
	}
}
