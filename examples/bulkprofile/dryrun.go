package main

import (
	"context"
	"errors"
	"fmt"
)

// dryRun checks every row and prints those that are bad.
func dryRun(ctx context.Context, cfg config, std streams) error {
	in, closeInput, err := open(cfg.input, std.in)
	if err != nil {
		return err
	}
	defer func() { _ = closeInput() }()
	good, bad := 0, 0
	for _, err := range in.records() {
		if ctx.Err() != nil {
			return errors.New("the check was stopped by the user")
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
