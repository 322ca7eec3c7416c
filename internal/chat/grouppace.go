package chat

import (
	"cmp"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/group"
)

// ranks are the places of the priorities: the lower ones are dropped first.
var ranks = map[group.Priority]int{group.High: 0, group.Normal: 1, group.Low: 2, group.Lowest: 3}

// perSecond is how many messages a group takes in a second.
const perSecond = 40

// fits says whether a group takes one more message now.
func (a *App) fits(l *groupLog, rank int, now time.Time) bool {
	return a.cfg.GroupPerSecond < 0 || l.pace.fits(rank, cmp.Or(a.cfg.GroupPerSecond, perSecond), now)
}

// A sentPace is what was sent in the last second: the rank of each message, and when.
type sentPace []paced

type paced struct {
	at   time.Time
	rank int
}

// fits says whether there is room for one more of a rank: beside those of the same rank and of higher ones, which are
// the lower numbers. So the lower ranks are dropped first (a guess).
func (p *sentPace) fits(rank, most int, now time.Time) bool {
	*p = slices.DeleteFunc(*p, func(one paced) bool { return now.Sub(one.at) >= time.Second })
	n := 0
	for _, one := range *p {
		if one.rank <= rank {
			n++
		}
	}
	return n < most
}
