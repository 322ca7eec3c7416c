package callback

const cmdStateChange = "State.StateChange"

// StateChange is sent after a user's connection came up or went down, and after a user set a custom status: look at
// Info.Action first, as a custom status says nothing about being online.
//
// OptPlatform is IOS here and iOS in other webhooks; compare it with Platform.Is. A lost connection is noticed after
// 400 seconds without a heartbeat, on web pages after about 60. Old clients send a Logout as well when another device
// takes their place.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34357
type StateChange struct {
	Meta

	EventTime    EventTime      `json:"EventTime,omitempty"` // milliseconds since the epoch
	Info         StateInfo      `json:"Info"`
	KickedDevice []KickedDevice `json:"KickedDevice,omitzero"` // devices that this login put off line; with StateLogin
}

// StateInfo is what happened to a user's connection.
type StateInfo struct {
	Action       StateAction `json:"Action"`
	ToAccount    string      `json:"To_Account"` // the user
	Reason       StateReason `json:"Reason"`
	CustomStatus string      `json:"CustomStatus,omitempty"` // the new custom status; only with StateCustomStatusChange
}

// KickedDevice is a device that a login put off line.
type KickedDevice struct {
	Platform Platform `json:"Platform"`
}

// StateAction is what a StateChange tells. Words newer than this package are kept as they are.
type StateAction string

// The documented actions.
const (
	StateLogin              StateAction = "Login"
	StateLogout             StateAction = "Logout"
	StateDisconnect         StateAction = "Disconnect"
	StateCustomStatusChange StateAction = "CustomStatusChange"
)

// StateReason is why a StateChange was sent. Words newer than this package are kept as they are.
type StateReason string

// The documented reasons.
const (
	StateRegister        StateReason = "Register"        // with StateLogin: a connection was made
	StateUnregister      StateReason = "Unregister"      // with StateLogout: the user logged out
	StateLinkClose       StateReason = "LinkClose"       // with StateDisconnect: the connection was closed
	StateTimeOut         StateReason = "TimeOut"         // with StateDisconnect: no heartbeat came
	StateSetCustomStatus StateReason = "SetCustomStatus" // with StateCustomStatusChange
)

// Command returns "State.StateChange".
func (*StateChange) Command() string { return cmdStateChange }

func (*StateChange) after() {}
