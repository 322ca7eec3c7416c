package main

import (
	"context"
	"fmt"

	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// nowhere is a Caller that sends nothing, so that what comes before the network can be had alone.
type nowhere struct{}

func (nowhere) Call(context.Context, restapi.Command, any, any) error { return nil }

// dryRun checks every row and prints those that are bad.
func dryRun(ctx context.Context, cfg config, std streams) error {
	in, closeInput, err := open(cfg.input, std.in)
	if err != nil {
		return err
	}
	defer func() { _ = closeInput() }()
	users := profile.NewClient(nowhere{})
	good, bad := 0, 0
	for row, err := range in.records() {
		if ctx.Err() != nil {
			return fmt.Errorf("the check was stopped: %w", ctx.Err())
		}
		if row != nil && err == nil {
			if refused := users.SetProfile(ctx, row.userID, row.items...); refused != nil {
				err = &rowError{row.line, refused}
			}
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
