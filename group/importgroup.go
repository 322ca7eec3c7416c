package group

import "github.com/go-tencentchat/tencentchat/restapi"

// Import brings groups, members and messages of another system along.
type Import struct{ caller restapi.Caller }
