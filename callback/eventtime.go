package callback

import (
	"fmt"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// EventTime is when something happened, in milliseconds since the epoch. It is read from a number or from one in
// quotes, as the vendor sends both, and written as a number. It is 0 where the vendor sent none.
type EventTime int64

// EventTimeOf returns the time t, cut to milliseconds.
func EventTimeOf(t time.Time) EventTime { return EventTime(t.UnixMilli()) }

// Time returns the moment, or the zero Time where the vendor sent none.
func (t EventTime) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(t))
}

// UnmarshalJSON reads a number, or a number in quotes. null and "" are 0.
func (t *EventTime) UnmarshalJSON(data []byte) error {
	n, err := wire.Int(data)
	if err != nil {
		return fmt.Errorf("event time: %w", err)
	}
	*t = EventTime(n)
	return nil
}

// UnixTime is a moment in seconds since the epoch, where the vendor counts in seconds and not as EventTime does. It is
// read from a number or from one in quotes, and written as a number. It is 0 where there was no such moment.
type UnixTime int64

// UnixTimeOf returns the time t, cut to seconds.
func UnixTimeOf(t time.Time) UnixTime { return UnixTime(t.Unix()) }

// Time returns the moment, or the zero Time where there was none.
func (t UnixTime) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.Unix(int64(t), 0)
}

// UnmarshalJSON reads a number, or a number in quotes. null and "" are 0.
func (t *UnixTime) UnmarshalJSON(data []byte) error {
	n, err := wire.Int(data)
	if err != nil {
		return fmt.Errorf("time: %w", err)
	}
	*t = UnixTime(n)
	return nil
}
