package oncetest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
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
	faulty, client := o.Through(t, faultserver.Script(fault), fault.Patience())
	ctx, repeats := faultserver.Counting(t.Context())
	sent, err := o.Send(ctx, client, to, Saying(fault.Name), 0)
	switch fault.Answer {
	case faultserver.Unreadable:
		if !errors.Is(err, restapi.ErrBadResponse) || !faultserver.IsOpen(err) || *repeats > 0 {
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
	sends := faultserver.Many(t.Context(), load.N, func(ctx context.Context, i int) (message.Sent, error) {
		return o.Send(ctx, client, to(i), Saying(strconv.Itoa(i)), 0)
	})
	took := time.Since(start)
	faulty.Close()
	o.check(t, sends, to)
	repeated, failed := faultserver.Tally(sends)
	dropped := o.dropped()
	t.Logf("%d sends in %v: %d repeated with success, %d repeats dropped by the service, %d failed",
		load.N, took, repeated, dropped, failed)
	if repeated <= load.N/20 || dropped <= load.N/50 {
		t.Error("too little went wrong to prove anything")
	}
	if !load.Remembers {
		return
	}
	for i := range sends {
		if s := &sends[i]; s.Err != nil {
			if s.Err = o.again(t.Context(), o.direct, to(i), strconv.Itoa(i), s.Result); s.Err != nil {
				t.Fatal(s.Err)
			}
		}
	}
	o.check(t, sends, to)
}

// check compares what became of the messages with what their receivers have. The text of each is its number.
func (o *Office) check(t *testing.T, sends []faultserver.Try[message.Sent], to func(i int) []string) {
	t.Helper()
	mail := map[string]map[string]int{}
	for i := range sends {
		least, most := sends[i].Times()
		for _, one := range to(i) {
			if mail[one] == nil {
				mail[one] = o.mail(t, one)
			}
			times := mail[one][strconv.Itoa(i)]
			if times < least || times > most {
				t.Errorf("message %d to %s is there %d times: %v", i, one, times, sends[i].Err)
			}
		}
	}
}
