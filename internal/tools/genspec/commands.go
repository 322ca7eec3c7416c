package main

import (
	"fmt"
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/tools/generate"
)

const about = `

// The commands of this package, to name them in middleware, limits and tests. They are not to be changed.
`

// commandsFile returns the commands.go of an area. General is the rate of a command whose page states none.
func commandsFile(area string, commands []spec.Command, general int) ([]byte, error) {
	imports := `import "github.com/go-tencentchat/tencentchat/restapi"`
	var vars strings.Builder
	for i, c := range commands {
		if i > 0 {
			vars.WriteString("\n")
		}
		if c.Idempotent.RepeatWithinSeconds > 0 {
			imports = "import (\n\t\"time\"\n\n\t\"github.com/go-tencentchat/tencentchat/restapi\"\n)"
		}
		text := fmt.Sprintf("%s: %s. %s %s", c.Go.Command, lowerFirst(c.Title), rate(c, general), repeats(c.Idempotent))
		vars.WriteString(wrap(strings.Fields(text), "\t// ", "\t// "))
		fmt.Fprintf(&vars, "\t//\n\t// %s\n", page(c.Doc))
		fmt.Fprintf(&vars, "\t%s = restapi.Command{\n\t\t%s,\n\t}\n", c.Go.Command, strings.Join(literal(c), ",\n\t\t"))
	}
	return generate.Go(name, "internal/spec/rest", area, imports+about+"var (\n"+vars.String()+")\n")
}

// literal returns the fields of a command that are not zero, by lines.
func literal(c spec.Command) []string {
	service, command, _ := strings.Cut(c.Name(), "/")
	lines := []string{fmt.Sprintf("Service: %q, Name: %q", service, command)}
	var limits []string
	if c.PerSecond > 0 {
		limits = append(limits, fmt.Sprintf("PerSecond: %d", c.PerSecond))
	}
	if c.Idempotent.Value {
		limits = append(limits, "Idempotent: true")
	}
	if seconds := c.Idempotent.RepeatWithinSeconds; seconds > 0 && seconds%60 == 0 {
		limits = append(limits, fmt.Sprintf("RepeatWithin: %d * time.Minute", seconds/60))
	} else if seconds > 0 {
		limits = append(limits, fmt.Sprintf("RepeatWithin: %d * time.Second", seconds))
	}
	if c.CostPerMinute > 0 {
		limits = append(limits, fmt.Sprintf("CostPerMinute: %d", c.CostPerMinute))
	}
	if len(limits) > 0 {
		lines = append(lines, strings.Join(limits, ", "))
	}
	return lines
}

func rate(c spec.Command, general int) string {
	text := count(c.PerSecond, "call") + " a second."
	if c.PerSecond == 0 {
		text = fmt.Sprintf("No limit is documented: %s a second.", count(general, "call"))
	}
	if c.CostPerMinute > 0 {
		text += fmt.Sprintf(" At most %s a minute.", count(c.CostPerMinute, "receiver"))
	}
	return text
}

func repeats(i spec.Idempotent) string {
	const sinceFirst = " of the first attempt"
	var text string
	switch {
	case i.Value:
		text = "Repeated after a failure that leaves its outcome open"
	case i.RepeatWithinSeconds > 0 && i.RepeatWithinSeconds%60 == 0:
		text = "Repeated only within " + count(i.RepeatWithinSeconds/60, "minute") + sinceFirst
	case i.RepeatWithinSeconds > 0:
		text = "Repeated only within " + count(i.RepeatWithinSeconds, "second") + sinceFirst
	default:
		text = "Not repeated after a failure that leaves its outcome open"
	}
	if len(i.Needs) > 0 {
		text += ", with the same " + strings.Join(i.Needs, " and ")
	}
	text += ": " + i.Why + "."
	if i.Unsure {
		text += " This is a guess."
	}
	return text
}

// page returns the line of the vendor's page, the first one that is not a copy somewhere else.
func page(doc []string) string {
	for _, address := range doc {
		if !strings.HasPrefix(address, "https://github.com/") {
			return "Vendor page: " + address
		}
	}
	return "Vendor page: none known."
}

func count(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}

func lowerFirst(title string) string { return strings.ToLower(title[:1]) + title[1:] }
