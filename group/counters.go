package group

import "github.com/go-tencentchat/tencentchat/restapi"

// Counters reads and changes the counters of groups.
type Counters struct{ caller restapi.Caller }
