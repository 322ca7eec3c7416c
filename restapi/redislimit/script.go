package redislimit

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

//go:embed reserve.lua
var reserveLua string

//go:embed slow.lua
var slowLua string

// scripts holds the two scripts; each is sent as its hash, and in full to a Redis that does not have it.
type scripts struct{ reserve, slow *redis.Script }

func newScripts() scripts {
	return scripts{reserve: redis.NewScript(reserveLua), slow: redis.NewScript(slowLua)}
}

// A reservation is one call of the reserve script.
type reservation struct {
	budget budget
	charge int // calls that this process has promised elsewhere; -1: none, and the burst stays as it is
	lease  int // slots beyond the calls
	meter  meter
	owed   int     // what the calls to charge cost
	can    []int64 // for each call the microseconds that it can wait; -1: any time
	costs  []int   // and, with a meter, what it costs
}

// reserve returns for each call how long it has to wait, negative where that is more than it can, and then the leased
// slots, of which there are none when every call was refused.
func (l *Limiter) reserve(ctx context.Context, keys []string, r reservation) ([]time.Duration, error) {
	if r.meter.every == 0 {
		keys = keys[:3]
	}
	args := make([]any, 0, 7+len(r.can)+len(r.costs))
	args = append(args, r.budget.every.Microseconds(), r.budget.burst, r.charge, r.lease,
		float64(r.meter.every)/float64(time.Microsecond), r.meter.burst, r.owed)
	for i, can := range r.can {
		args = append(args, can)
		if r.meter.every > 0 {
			args = append(args, r.costs[i])
		}
	}
	micros, err := l.scripts.reserve.Run(ctx, l.client, keys, args...).Int64Slice()
	if err != nil {
		return nil, err
	}
	if len(micros) < len(r.can) || len(micros) > len(r.can)+r.lease {
		return nil, fmt.Errorf("redislimit: redis answered %d slots for %d calls", len(micros), len(r.can))
	}
	waits := make([]time.Duration, len(micros))
	for i, micro := range micros {
		waits[i] = time.Duration(micro) * time.Microsecond
	}
	return waits, nil
}
