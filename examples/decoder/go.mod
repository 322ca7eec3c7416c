module github.com/go-tencentchat/tencentchat/examples/decoder

go 1.26.0

require (
	github.com/go-tencentchat/tencentchat v0.1.0
	github.com/stretchr/testify v1.12.1
)

require (
	github.com/google/go-querystring v1.2.0 // indirect
	github.com/segmentio/asm v1.1.3 // indirect
	github.com/segmentio/encoding v0.5.4
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/sys v0.0.0-20211110154304-99a53858aa08 // indirect
	golang.org/x/time v0.16.0 // indirect
)

replace github.com/go-tencentchat/tencentchat => ../..
