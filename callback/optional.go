package callback

import "github.com/go-tencentchat/tencentchat/restapi"

// Optional is [restapi.Optional]: a field that can be absent, where absent is not the same as empty. Its Get returns
// the value and whether it is there, its Or the value or another one. The zero value is absent.
type Optional[T any] = restapi.Optional[T]

// Some returns a field that is present with the value v, as [restapi.Some] does.
func Some[T any](v T) Optional[T] { return restapi.Some(v) }
