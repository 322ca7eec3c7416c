package group

import "github.com/go-tencentchat/tencentchat/restapi"

// Permissions keeps the permission groups of communities.
type Permissions struct{ caller restapi.Caller }
