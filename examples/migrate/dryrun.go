package main

import (
	"context"
	"errors"
	"fmt"
)

// dryRun checks every line and prints those that are bad.
func (m *migration) dryRun(ctx context.Context) (err error) {
	if m.index, err = newIndex(ctx, m.files, m.unreadable(m.std.out)); err != nil {
		return err
	}
	bad := m.index.bad
	for _, s := range order {
		good := 0
		c := m.newChecker()
		c.leave, c.shift = m.leave, m.shift
		for l := range m.lines(ctx, s) {
			switch err := c.check(s, l); {
			case err == nil:
				good++
			case errors.Is(err, errLeft):
				m.leave(err.Error())
			default:
				bad++
				fmt.Fprintf(m.std.out, "%s: %v\n", l, err)
			}
		}
		if good > 0 {
			fmt.Fprintf(m.std.out, "good: %d %s\n", good, s.what)
		}
	}
	if ctx.Err() != nil {
		return errors.New("the check was stopped by the user")
	}
	m.sayLeft(func(format string, args ...any) { fmt.Fprintf(m.std.out, format+"\n", args...) })
	fmt.Fprintf(m.std.out, "bad lines: %d\n", bad)
	if bad > 0 {
		return errFailed
	}
	return m.stop
}
