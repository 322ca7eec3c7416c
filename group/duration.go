package group

import (
	"math"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Forever is how long a mute or a ban lasts that is not to end.
const Forever = math.MaxUint32 * time.Second

// seconds returns a length of time as the wire has it, and refuses what is not whole seconds from least to [Forever].
func seconds(cmd restapi.Command, field string, d, least time.Duration) (uint32, error) {
	if d < least || d > Forever || d%time.Second != 0 {
		return 0, check.Argument(cmd, field, "is %s, not whole seconds from %s to Forever", d, least)
	}
	return uint32(d / time.Second), nil
}
