package wire

import "time"

// Moment returns the moment that is written in seconds since the epoch, and the zero Time for 0, which stands for none.
func Moment(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}
