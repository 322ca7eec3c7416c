package conversation

// A Type is the kind of a conversation. Numbers newer than this package are kept as they are.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/43087
type Type int

// The documented types.
const (
	TypeC2C   Type = 1 // with a user
	TypeGroup Type = 2 // with a group
)
