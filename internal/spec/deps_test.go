package spec_test

import (
	_ "github.com/google/go-querystring/query"
	_ "github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
	_ "go.uber.org/goleak"
	_ "golang.org/x/time/rate"
)
