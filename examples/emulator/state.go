package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// load puts what a state file holds into the server. One that is not there is no fault: it is made by save.
func load(chat *restapitest.Server, name string) error {
	f, err := os.Open(name) //nolint:gosec // the flag is there to name it
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("-state: %w", err)
	}
	defer func() { _ = f.Close() }()
	if err := chat.Restore(f); err != nil {
		return fmt.Errorf("-state: %s is left as it is: %w", name, err)
	}
	return nil
}

// save writes the state into a new file beside the old one, and puts it in its place when it is safe on the disk: at
// every moment one of the two is whole.
func save(chat *restapitest.Server, name string) error {
	if err := replace(chat, name); err != nil {
		return fmt.Errorf("-state: %w", err)
	}
	return nil
}

func replace(chat *restapitest.Server, name string) error {
	next := name + ".new"
	if err := write(chat, next); err != nil {
		return errors.Join(err, os.Remove(next))
	}
	if err := os.Rename(next, name); err != nil {
		return err
	}
	return syncDir(filepath.Dir(name))
}

func write(chat *restapitest.Server, name string) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // as for load
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	if err := chat.Snapshot(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Sync()
}

// syncDir makes the new name of a file last. Where folders cannot be synced, as on Windows, that is left to the system.
func syncDir(name string) error {
	dir, err := os.Open(name) //nolint:gosec // as for load
	if err != nil {
		return err
	}
	defer func() { _ = dir.Close() }()
	_ = dir.Sync()
	return nil
}
