package group

import (
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Import brings groups, members and messages of another system along.
type Import struct{ caller restapi.Caller }

// checkPast refuses a moment that is still to come by the clock of this machine, and one that does not fit.
func checkPast(cmd restapi.Command, field string, t time.Time) error {
	if t.After(time.Now()) {
		return check.Argument(cmd, field, "is still to come")
	}
	return check.Moment(cmd, field, t)
}
