package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/tools/generate"
)

func generateLimits() ([]byte, error) {
	commands, err := spec.Commands()
	if err != nil {
		return nil, err
	}
	general, err := spec.GeneralLimit() // restapi falls back to it
	if err != nil {
		return nil, err
	}
	slices.SortFunc(commands, func(a, b spec.Command) int { return cmp.Compare(a.Path, b.Path) })

	var b strings.Builder
	fmt.Fprintln(&b, "// limitTable has the documented calls a second of the commands that are not under the general limit, sorted by")
	fmt.Fprintln(&b, "// Command.String().")
	fmt.Fprintln(&b, "var limitTable = [...]commandLimit{")
	for _, c := range commands {
		if c.PerSecond != 0 && c.PerSecond != general {
			fmt.Fprintf(&b, "\t{%q, %d},\n", c.Name(), c.PerSecond)
		}
	}
	fmt.Fprintln(&b, "}")
	return generate.Go(name, "internal/spec/rest", "restapi", b.String())
}
