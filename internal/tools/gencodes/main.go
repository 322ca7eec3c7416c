// Command gencodes writes two tables of package restapi from internal/spec: codes.go, the server's error codes, and
// limits.go, the commands whose documented rate is not the general one.
//
//	go run ./internal/tools/gencodes          # write them
//	go run ./internal/tools/gencodes -check   # fail when one is out of date
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	check := flag.Bool("check", false, "fail when a file is out of date instead of writing it")
	dir := flag.String("dir", "restapi", "the folder of the files")
	flag.Parse()
	if err := run(*dir, *check); err != nil {
		fmt.Fprintln(os.Stderr, "gencodes:", err)
		os.Exit(1)
	}
}

func run(dir string, check bool) error {
	codes, err := generateCodes()
	if err != nil {
		return err
	}
	limits, err := generateLimits()
	if err != nil {
		return err
	}
	return errors.Join(put(filepath.Join(dir, "codes.go"), codes, check), put(filepath.Join(dir, "limits.go"), limits, check))
}

func put(file string, want []byte, check bool) error {
	if !check {
		return os.WriteFile(file, want, 0o644)
	}
	have, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !bytes.Equal(have, want) {
		return fmt.Errorf("%s is out of date: run go run ./internal/tools/gencodes", file)
	}
	return nil
}
