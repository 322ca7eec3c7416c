package main

import (
	"errors"
	"flag"
	"io"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	defaultConcurrency = 64
	defaultStopAfter   = 100
)

type config struct {
	input       string // a folder, or one file
	failures    string // empty: beside the input
	resume      bool
	dryRun      bool
	unread      bool // one-to-one messages that are unread stay so
	concurrency int
	share       float64
	unlimited   bool // no rate is kept to
	stopAfter   int

	sdkAppID uint64
	region   string
	baseURL  string
	admin    string
	key      string
}

func parse(args []string, getenv func(string) string, out io.Writer) (config, error) {
	cfg := config{key: getenv("TENCENT_CHAT_SECRET_KEY")}
	sdkAppID, err := strconv.ParseUint(fallback(getenv("TENCENT_CHAT_SDKAPPID"), "0"), 10, 64)
	if err != nil {
		return config{}, errors.New("TENCENT_CHAT_SDKAPPID is not a number")
	}
	flags := flag.NewFlagSet("migrate", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() {
		_, _ = io.WriteString(out, "usage: migrate [flags] FOLDER\n\nThe folder has .jsonl files, in the local server's snapshot format. It can be one such file.\n\n")
		flags.PrintDefaults()
	}
	flags.StringVar(&cfg.failures, "failures", "", "file for the lines that fail (default: FOLDER.failures.jsonl)")
	flags.BoolVar(&cfg.resume, "resume", false, "go on with an import that ended early or had failures: skip the lines that are done")
	flags.BoolVar(&cfg.dryRun, "dry-run", false, "check the input, print the bad lines and send nothing")
	flags.BoolVar(&cfg.unread, "unread", false, "import one-to-one messages that are unread as such: devices that are signed in show them as new")
	flags.IntVar(&cfg.concurrency, "concurrency", defaultConcurrency, "calls under way at a time")
	flags.Float64Var(&cfg.share, "share", 1, "part of the app's calls a second to use, above 0 and at most 1")
	flags.BoolVar(&cfg.unlimited, "unlimited", false, "keep to no rate: with -base-url, for an emulator that has none")
	flags.IntVar(&cfg.stopAfter, "stop-after", defaultStopAfter, "stop when this many calls in a row failed; 0: never")
	flags.Uint64Var(&cfg.sdkAppID, "sdkappid", sdkAppID, "ID of the app (TENCENT_CHAT_SDKAPPID)")
	flags.StringVar(&cfg.region, "region", getenv("TENCENT_CHAT_REGION"), "region of the app: cn, sgp, kr, jpn, ger, usa, idn, ksa or ind (TENCENT_CHAT_REGION)")
	flags.StringVar(&cfg.baseURL, "base-url", getenv("TENCENT_CHAT_BASE_URL"), "address of the emulator, in place of the region's (TENCENT_CHAT_BASE_URL)")
	flags.StringVar(&cfg.admin, "admin", fallback(getenv("TENCENT_CHAT_ADMIN"), "administrator"), "administrator to make calls as (TENCENT_CHAT_ADMIN)")
	if err := flags.Parse(args); err != nil {
		return config{}, err
	}
	switch {
	case flags.NArg() != 1:
		return config{}, errors.New("name one folder, or one file")
	case !(cfg.share > 0 && cfg.share <= 1):
		return config{}, errors.New("-share must be above 0 and at most 1")
	case cfg.unlimited && cfg.baseURL == "":
		return config{}, errors.New("-unlimited is for an emulator, with -base-url")
	case cfg.concurrency <= 0 || cfg.stopAfter < 0:
		return config{}, errors.New("-concurrency must be above 0, and -stop-after must not be negative")
	}
	cfg.input = filepath.Clean(flags.Arg(0))
	return cfg, nil
}

func fallback(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// failuresPath returns the name of the failures file.
func (cfg config) failuresPath() string {
	if cfg.failures != "" {
		return cfg.failures
	}
	return strings.TrimSuffix(cfg.input, extension) + ".failures" + extension
}
