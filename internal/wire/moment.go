package wire

import "time"

// Moment returns the moment that is written in seconds since the epoch, and the zero Time for 0, which stands for none.
func Moment(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}

// Seconds returns t in seconds since the epoch, and 0 for the zero Time.
func Seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
