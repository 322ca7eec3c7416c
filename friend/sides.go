package friend

import (
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Sides says whose lists a call is about. It is always given: where it is left out on the wire, some commands take one
// side and some take both.
type Sides string

// The values of Sides. Others are refused.
const (
	Single Sides = "Single" // the list of the user who is named first
	Both   Sides = "Both"   // the lists of both users
)

// word returns the word on the wire, which begins with prefix in each command's own way.
func (s Sides) word(cmd restapi.Command, field, prefix string) (string, error) {
	if s != Single && s != Both {
		return "", check.Argument(cmd, field, "is %q, not Single or Both", string(s))
	}
	return prefix + string(s), nil
}
