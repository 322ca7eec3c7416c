package callback

import "github.com/go-tencentchat/tencentchat/message"

// MsgExtension is [message.Extension]: one key of a message's extension, with its value, which is empty where the key
// was deleted.
type MsgExtension = message.Extension

// MsgExtensionOperation is [message.ExtensionOperation]: what was done to a message's extension.
type MsgExtensionOperation = message.ExtensionOperation

// The documented operations.
const (
	MsgExtensionSet    MsgExtensionOperation = message.ExtensionSet    // the pairs were set
	MsgExtensionDelete MsgExtensionOperation = message.ExtensionDelete // the keys were deleted
	MsgExtensionClear  MsgExtensionOperation = message.ExtensionClear  // everything was deleted; no pair is listed
)
