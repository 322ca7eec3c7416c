package main

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// A traffic is what the local Tencent Chat saw of the calls.
type traffic struct {
	within  int            // calls in the period
	each    map[string]int // of those, by administrator
	made    int            // of all, the others were refused
	refused int
	window  int // most in any one second, those that were refused too
}

// trafficOf counts the calls that set a profile.
func trafficOf(calls []restapitest.Call, from, to time.Time) traffic {
	t := traffic{each: make(map[string]int)}
	var at []time.Time
	for _, call := range calls {
		if call.Command.Path() != profile.CommandPortraitSet.Path() {
			continue
		}
		at = append(at, call.Time)
		if call.Code != 0 {
			t.refused++
		} else {
			t.made++
		}
		if !call.Time.Before(from) && call.Time.Before(to) {
			t.within++
			t.each[call.Query.Get("identifier")]++
		}
	}
	slices.SortFunc(at, time.Time.Compare)
	t.window = busiest(at)
	return t
}

// busiest returns the most moments in any window of one second. at is in order.
func busiest(at []time.Time) int {
	most, first := 0, 0
	for last := range at {
		for at[last].Sub(at[first]) >= time.Second {
			first++
		}
		most = max(most, last-first+1)
	}
	return most
}

// A summary is what became of calls and webhooks.
type summary struct {
	tally

	made       int // calls
	failed     int // calls
	unanswered int // webhooks
	unhandled  int // webhooks that the stream has
}

func (s summary) lost() int { return s.failed + s.unanswered + s.unhandled }

// verdict says whether anything was lost.
func (s summary) verdict() string {
	verdict := "nothing lost"
	if lost := s.lost(); lost > 0 {
		verdict = fmt.Sprintf("%d lost", lost)
	}
	verdict += fmt.Sprintf(": %d webhooks stored, %d handled (%d twice)", s.received, s.handled, s.twice)
	if s.unanswered > 0 {
		verdict += fmt.Sprintf(", %d not received", s.unanswered)
	}
	return verdict + fmt.Sprintf("; %d calls made, %d failed", s.made, s.failed)
}

// report prints what happened and returns the sum of it.
func (c *cluster) report(workers, receivers []string, from, to time.Time) summary {
	calls := trafficOf(c.chat.Calls(), from, to)
	period := to.Sub(from)
	c.say("calls", "%d in %.1f s, %.1f a second", calls.within, period.Seconds(), float64(calls.within)/period.Seconds())
	c.say("window", "%d calls in the fullest second, documented limit %d; %d refused by the service",
		calls.window, profile.CommandPortraitSet.PerSecond, calls.refused)
	for _, name := range workers {
		_, handled := c.ledger.by(name)
		c.say(name, "%d calls, %d webhooks handled", calls.each[name], handled)
	}
	for _, name := range receivers {
		stored, _ := c.ledger.by(name)
		c.say(name, "%d webhooks received", stored)
	}
	s := summary{tally: c.ledger.tally(), made: calls.made}
	for text, times := range c.ledger.failures() {
		s.failed += times
		c.say("failed", "%d times: %s", times, text)
	}

	answered := 0
	for _, d := range c.chat.Deliveries() {
		if d.Err == nil {
			answered++
		} else {
			s.unanswered++
		}
	}
	c.say("webhooks", "%d sent, %d received, %d handled; %d came again and were stored once, %d handled twice",
		answered+s.unanswered, s.received, s.handled, s.repeated, s.twice)
	if s.unanswered > 0 {
		c.say("webhooks", "%d found no receiver", s.unanswered)
	}
	// What was answered OK is in the stream. That no receiver says so for one of them would be a loss too.
	s.unhandled = max(s.received-s.handled, answered-s.handled)
	return s
}

// lockedWriter is for the goroutines that tell of processes that are gone.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
