package group

import "github.com/go-tencentchat/tencentchat/restapi"

// Live keeps live rooms, which are groups of the type AVChatRoom.
type Live struct{ caller restapi.Caller }
