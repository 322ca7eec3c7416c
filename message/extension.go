package message

// An Extension is one key of a message's extension, with its value: what a chat attaches to a message later on, such
// as votes. A message has at most 300 of them.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/51195
type Extension struct {
	Key   string `json:"Key"`   // at most 100 bytes
	Value string `json:"Value"` // at most 1000 bytes; empty where the key was deleted
	Seq   int64  `json:"Seq"`   // the version of this pair, counted by the service
}

// An ExtensionOperation is what is done to a message's extension.
type ExtensionOperation int

// The documented operations.
const (
	ExtensionSet    ExtensionOperation = 1 // the pairs are set
	ExtensionDelete ExtensionOperation = 2 // the keys are deleted
	ExtensionClear  ExtensionOperation = 3 // everything is deleted; no pair is listed
)
