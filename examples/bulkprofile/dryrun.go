package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// nowhere is a Caller that sends nothing, so that what comes before the network can be had alone.
type nowhere struct{}

func (nowhere) Call(context.Context, restapi.Command, any, any) error { return nil }

// check returns why the row would be refused before the network.
func (r *record) check(ctx context.Context) error {
	if err := profile.NewClient(nowhere{}).SetProfile(ctx, r.userID, r.items...); err != nil {
		return &rowError{r.line, r.translate(err)}
	}
	return nil
}

// dryRun checks every row and prints those that are bad.
func dryRun(ctx context.Context, cfg config, std streams) error {
	in, closeInput, err := open(cfg.input, std.in)
	if err != nil {
		return err
	}
	defer func() { _ = closeInput() }()
	good, bad := 0, 0
	for row, err := range in.records() {
		if ctx.Err() != nil {
			return errors.New("the check was stopped by the user")
		}
		if row != nil && err == nil {
			err = row.check(ctx)
		}
		if err == nil {
			good++
			continue
		}
		bad++
		fmt.Fprintln(std.out, err)
	}
	if in.err != nil {
		return in.err
	}
	fmt.Fprintf(std.out, "%d rows are good, %d are bad\n", good, bad)
	if bad > 0 {
		return errFailed
	}
	return nil
}
