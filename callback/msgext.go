package callback

// MsgExtension is one key of a message's extension, with its value.
type MsgExtension struct {
	Key   string `json:"Key"`
	Value string `json:"Value"` // empty where the key was deleted
	Seq   int64  `json:"Seq"`   // the version of this pair
}

// MsgExtensionOperation is what was done to a message's extension.
type MsgExtensionOperation int

// The documented operations.
const (
	MsgExtensionSet    MsgExtensionOperation = 1 // the pairs were set
	MsgExtensionDelete MsgExtensionOperation = 2 // the keys were deleted
	MsgExtensionClear  MsgExtensionOperation = 3 // everything was deleted; no pair is listed
)
