package group

import "github.com/go-tencentchat/tencentchat/restapi"

// Topics makes, reads and changes the topics of communities.
type Topics struct{ caller restapi.Caller }
