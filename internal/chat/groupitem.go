package chat

import (
	"strconv"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// checkItems refuses a list of nothing, and one of more than most.
func checkItems(what string, n, most int) error {
	if n == 0 || n > most {
		return badGroup("there are no " + what + ", or over " + strconv.Itoa(most))
	}
	return nil
}

// itemStatus is what an answer says of one of several things.
type itemStatus struct {
	ErrorCode restapi.Code
	ErrorInfo string
}

func itemOf(err error) itemStatus {
	code, info := codeOf(err)
	return itemStatus{code, info}
}

// newID makes up an ID of a number, one that is not in the roster.
func newID[T any](r *roster[T], of func(n uint64) string) string {
	for n := r.last + 1; ; n++ {
		if id := of(n); !r.has(id) {
			return id
		}
	}
}
