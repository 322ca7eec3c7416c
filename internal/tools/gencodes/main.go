// Command gencodes writes three tables of package restapi from internal/spec: codes.go, the server's error codes,
// ERRORS.zh-CN.md, the same for readers of Chinese, and limits.go, the commands whose documented rate is not the
// general one.
//
//	go run ./internal/tools/gencodes          # write them
//	go run ./internal/tools/gencodes -check   # fail when one is out of date
package main

import "github.com/go-tencentchat/tencentchat/internal/tools/generate"

const name = "gencodes"

func main() { generate.Main(name, files) }

func files(string) ([]generate.File, error) {
	codes, err := generateCodes()
	if err != nil {
		return nil, err
	}
	limits, err := generateLimits()
	if err != nil {
		return nil, err
	}
	chinese, err := generateChinese()
	if err != nil {
		return nil, err
	}
	return []generate.File{
		{Name: "restapi/codes.go", Content: codes},
		{Name: "restapi/limits.go", Content: limits},
		{Name: "restapi/ERRORS.zh-CN.md", Content: chinese},
	}, nil
}
