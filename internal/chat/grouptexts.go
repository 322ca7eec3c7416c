package chat

import "github.com/go-tencentchat/tencentchat/restapi"

// A GroupChange is what a device changes of a group or a topic: what is absent stays as it is.
type GroupChange struct{ Name, Introduction, Notification, FaceURL restapi.Optional[string] }
