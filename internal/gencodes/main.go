// Command gencodes writes restapi/codes.go, the table of the server's error codes, from internal/spec/errors.json.
//
//	go run ./internal/gencodes          # write it
//	go run ./internal/gencodes -check   # fail when it is out of date
package main

import (
	"bytes"
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
	return put(filepath.Join(dir, "codes.go"), codes, check)
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
		return fmt.Errorf("%s is out of date: run go run ./internal/gencodes", file)
	}
	return nil
}
