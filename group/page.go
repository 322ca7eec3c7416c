package group

import (
	"cmp"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// pageSize returns how many items a page is to have: limit, or for 0 the most that the command has.
func pageSize(cmd restapi.Command, field string, limit, most int) (int, error) {
	if limit < 0 || limit > most {
		return 0, check.Argument(cmd, field, "is %d, not 0 to %d", limit, most)
	}
	return cmp.Or(limit, most), nil
}
