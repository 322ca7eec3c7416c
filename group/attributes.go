package group

import "github.com/go-tencentchat/tencentchat/restapi"

// Attributes reads and changes the attributes of groups.
type Attributes struct{ caller restapi.Caller }
