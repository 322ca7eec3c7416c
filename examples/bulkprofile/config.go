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
	standardInput    = "-"
	defaultStopAfter = 100
)

type config struct {
	input       string
	failures    string // empty: beside the input
	accounts    bool   // to be imported
	resume      bool
	dryRun      bool
	concurrency int
	share       float64
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
	flags := flag.NewFlagSet("bulkprofile", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() {
		_, _ = io.WriteString(out, "usage: bulkprofile [flags] FILE\n\nThe file is CSV with a header or JSON Lines; - is the standard input.\n\n")
		flags.PrintDefaults()
	}
	flags.StringVar(&cfg.failures, "failures", "", "file for the rows that fail (default: FILE with .failures before its extension)")
	flags.BoolVar(&cfg.accounts, "import", false, "import the account of each row before its profile is set")
	flags.BoolVar(&cfg.resume, "resume", false, "go on with an import that ended early or had failures: skip the rows that are done")
	flags.BoolVar(&cfg.dryRun, "dry-run", false, "check the input, print the bad rows and send nothing")
	flags.IntVar(&cfg.concurrency, "concurrency", 0, "calls under way at a time (default 64)")
	flags.Float64Var(&cfg.share, "share", 1, "part of the app's 200 calls a second to use, above 0 and at most 1")
	flags.IntVar(&cfg.stopAfter, "stop-after", defaultStopAfter, "stop when the service did not take this many rows in a row; 0: never")
	flags.Uint64Var(&cfg.sdkAppID, "sdkappid", sdkAppID, "ID of the app (TENCENT_CHAT_SDKAPPID)")
	flags.StringVar(&cfg.region, "region", getenv("TENCENT_CHAT_REGION"), "region of the app: cn, sgp, kr, jpn, ger, usa, idn, ksa or ind (TENCENT_CHAT_REGION)")
	flags.StringVar(&cfg.baseURL, "base-url", getenv("TENCENT_CHAT_BASE_URL"), "address of the emulator, in place of the region's (TENCENT_CHAT_BASE_URL)")
	flags.StringVar(&cfg.admin, "admin", fallback(getenv("TENCENT_CHAT_ADMIN"), "administrator"), "administrator to make calls as (TENCENT_CHAT_ADMIN)")
	if err := flags.Parse(args); err != nil {
		return config{}, err
	}
	switch {
	case flags.NArg() != 1:
		return config{}, errors.New("name one input file, or - for the standard input")
	case !(cfg.share > 0 && cfg.share <= 1):
		return config{}, errors.New("-share must be above 0 and at most 1")
	case cfg.concurrency < 0 || cfg.stopAfter < 0:
		return config{}, errors.New("-concurrency and -stop-after must not be negative")
	}
	cfg.input = flags.Arg(0)
	return cfg, nil
}

func fallback(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// failuresPath returns the name of the failures file for an input of that format.
func (cfg config) failuresPath(f format) string {
	if cfg.failures != "" {
		return cfg.failures
	}
	if cfg.input == standardInput {
		return "bulkprofile.failures" + f.extension()
	}
	extension := filepath.Ext(cfg.input)
	return strings.TrimSuffix(cfg.input, extension) + ".failures" + extension
}
