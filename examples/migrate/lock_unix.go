//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// openLocked opens a file, as flag says, for this process alone: until it is closed, or the process ends by whatever
// way, openLocked of another one returns errInUse.
func openLocked(name string, flag int) (*os.File, error) {
	file, err := os.OpenFile(name, flag, 0o600) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	if err := lock(file); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("%s %w", name, err)
	}
	return file, nil
}

func lock(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	for errors.Is(err, syscall.EINTR) {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	}
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return errInUse
	case err != nil:
		return fmt.Errorf("cannot be locked: %w", err)
	}
	// The import that had it may have removed it since it was opened.
	opened, err := file.Stat()
	if err != nil {
		return err
	}
	named, err := os.Stat(file.Name()) //nolint:gosec // the operator names it
	if err != nil || !os.SameFile(opened, named) {
		return errInUse
	}
	return nil
}
