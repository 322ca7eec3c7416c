package group

import "github.com/go-tencentchat/tencentchat/restapi"

// Members members of a group: puts them in and takes them out, reads and changes them, mutes and bans.
type Members struct{ caller restapi.Caller }
