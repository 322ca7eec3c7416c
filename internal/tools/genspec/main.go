// Command genspec writes from internal/spec what the areas of the REST API say of their commands: commands.go, a
// variable for each command with its rate, whether it may be repeated and the vendor's page, and in doc.go the section
// "# Commands", which tells the methods of each. The section reaches to the next heading; the rest of the file is left
// alone.
//
// An area takes part once its doc.go has that heading. A command is written when one of its methods is there: the
// method comes first, the variable with the next run.
//
//	go run ./internal/tools/genspec          # write them
//	go run ./internal/tools/genspec -check   # fail when one is out of date, or a method is missing
package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/internal/tools/generate"
)

const name = "genspec"

// unfinished are the areas where commands may lack methods. One that has them all is taken off the list.
var unfinished []string

func main() { generate.Main(name, files) }

func files(root string) ([]generate.File, error) {
	commands, err := spec.Commands()
	if err != nil {
		return nil, err
	}
	general, err := spec.GeneralLimit()
	if err != nil {
		return nil, err
	}
	slices.SortFunc(commands, func(a, b spec.Command) int { return cmp.Compare(a.Path, b.Path) })
	areas := map[string][]spec.Command{}
	for _, c := range commands {
		areas[c.Go.Package] = append(areas[c.Go.Package], c)
	}
	var made []generate.File
	var errs []error
	for _, area := range slices.Sorted(maps.Keys(areas)) {
		p, err := read(filepath.Join(root, area))
		if errors.Is(err, fs.ErrNotExist) {
			continue // to come
		}
		if err != nil {
			return nil, err
		}
		written, err := p.check(areas[area], slices.Contains(unfinished, area))
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", area, err))
		}
		if len(written) == 0 || !p.hasSection() {
			continue
		}
		source, err := commandsFile(area, written, general)
		if err != nil {
			return nil, err
		}
		doc, err := p.withSection(written)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", area, err)
		}
		made = append(made,
			generate.File{Name: area + "/commands.go", Content: source},
			generate.File{Name: area + "/doc.go", Content: doc})
	}
	return made, errors.Join(errs...)
}
