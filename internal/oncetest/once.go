package oncetest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// EachFault does each fault to the first attempt of one send: its receivers have the message once, and the sender
// knows, or is told that they may have it. The next message goes out as if nothing had been. Of all there must be as
// many receivers for each fault as one message has.
func EachFault(t *testing.T, o *Office, all []string) {
	t.Helper()
	for fault := range slices.Values(faultserver.Faults()) {
		to := all[:o.Receivers]
		all = all[o.Receivers:]
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			o.oneFault(t, fault, to)
		})
	}
}

func (o *Office) oneFault(t *testing.T, fault faultserver.Fault, to []string) {
	t.Helper()
	patience := 5 * time.Second
	if fault.Silent || fault.Answer == faultserver.Whole { // the next message finds that nobody listens any more
		patience = 250 * time.Millisecond
	}
	faulty, client := o.Through(t, faultserver.Script(fault), patience)
	ctx, repeats := Counting(t.Context())
	sent, err := o.Send(ctx, client, to, Saying(fault.Name), 0)
	switch fault.Answer {
	case faultserver.Unreadable:
		if !errors.Is(err, restapi.ErrBadResponse) || !IsOpen(err) || *repeats > 0 {
			t.Errorf("after %d repeats: %v, which should be open and not repeated", *repeats, err)
		}
		err = o.again(ctx, client, to, fault.Name, sent)
	case faultserver.Lost, faultserver.Refused:
		if *repeats == 0 {
			t.Error("it is not repeated")
		}
	case faultserver.Whole:
	}
	if _, next := o.Send(ctx, client, to, Saying("next"), 0); err != nil || next != nil {
		t.Fatalf("it is not sent, or the next one is not: %v, %v", err, next)
	}
	faulty.Close() // what is still to be carried out is
	for _, one := range to {
		if got := o.mail(t, one); !maps.Equal(got, map[string]int{fault.Name: 1, "next": 1}) {
			t.Errorf("%s has %v", one, got)
		}
	}
}

// Load is how many messages are sent in UnderLoad, and to whom.
type Load struct {
	N         int
	Receivers []string // taken in turn
	// Remembers says that the service still knows each message when all have been sent.
	Remembers bool
}

// UnderLoad sends many messages, with one request in ten going wrong in some way: no receiver has a message twice,
// whoever was told that a message was sent is right, and whoever was told that it certainly was not is, too.
func UnderLoad(t *testing.T, o *Office, load Load) {
	t.Helper()
	to := func(i int) []string {
		i = i * o.Receivers % len(load.Receivers)
		return load.Receivers[i : i+o.Receivers]
	}
	faulty, client := o.Through(t, faultserver.Random(1, 0.1, faultserver.Faults()), 300*time.Millisecond)
	start := time.Now()
	sends := manySends(t, load.N, func(ctx context.Context, i int) (message.Sent, error) {
		return o.Send(ctx, client, to(i), Saying(strconv.Itoa(i)), 0)
	})
	took := time.Since(start)
	faulty.Close()
	o.check(t, sends, to)
	repeated, dropped := count(sends, func(s sending) bool { return s.err == nil && s.repeats > 0 }), o.dropped()
	t.Logf("%d sends in %v: %d repeated with success, %d repeats dropped by the service, %d failed",
		load.N, took, repeated, dropped, count(sends, func(s sending) bool { return s.err != nil }))
	if repeated <= load.N/20 || dropped <= load.N/50 {
		t.Error("too little went wrong to prove anything")
	}
	if !load.Remembers {
		return
	}
	for i := range sends {
		if s := &sends[i]; s.err != nil {
			if s.err = o.again(t.Context(), o.direct, to(i), strconv.Itoa(i), s.sent); s.err != nil {
				t.Fatal(s.err)
			}
		}
	}
	o.check(t, sends, to)
}

// A sending is what became of one message.
type sending struct {
	sent    message.Sent
	err     error
	repeats int
}

func count(sends []sending, is func(sending) bool) (n int) {
	for _, s := range sends {
		if is(s) {
			n++
		}
	}
	return n
}

// manySends makes n calls from 16 goroutines.
func manySends(t *testing.T, n int, call func(ctx context.Context, i int) (message.Sent, error)) []sending {
	t.Helper()
	sends := make([]sending, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				ctx, repeats := Counting(t.Context())
				sent, err := call(ctx, i)
				sends[i] = sending{sent, err, *repeats}
			}
		})
	}
	wg.Wait()
	return sends
}

// check compares what became of the messages with what their receivers have. The text of each is its number.
func (o *Office) check(t *testing.T, sends []sending, to func(i int) []string) {
	t.Helper()
	mail := map[string]map[string]int{}
	for i, s := range sends {
		for _, one := range to(i) {
			if mail[one] == nil {
				mail[one] = o.mail(t, one)
			}
			times, least, most := mail[one][strconv.Itoa(i)], 0, 0 // of one that was certainly not sent
			if s.err == nil {
				least = 1
			}
			if s.err == nil || IsOpen(s.err) {
				most = 1
			}
			if times < least || times > most {
				t.Errorf("message %d to %s is there %d times: %v", i, one, times, s.err)
			}
		}
	}
}
