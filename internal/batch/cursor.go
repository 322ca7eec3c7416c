package batch

import (
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// CursorOf returns the cursor of the page that a command names by these numbers.
func CursorOf(numbers ...uint64) restapi.Cursor {
	var text []byte
	for i, n := range numbers {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendUint(text, n, 10)
	}
	return restapi.Cursor(text)
}

// ReadCursor reads the numbers of a cursor that CursorOf has made of as many; that of the beginning of the list leaves
// them as they are. It refuses any other cursor, as the field of cmd.
func ReadCursor(cmd restapi.Command, field string, cursor restapi.Cursor, numbers ...*uint64) error {
	if cursor == "" {
		return nil
	}
	parts := strings.Split(string(cursor), ",")
	if len(parts) != len(numbers) {
		return check.Argument(cmd, field, "is not a cursor of this list")
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 64)
		if err != nil {
			return check.Argument(cmd, field, "is not a cursor of this list")
		}
		*numbers[i] = n
	}
	return nil
}
