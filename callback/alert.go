package callback

const cmdAlertRequestOverLimit = "Alert.RequestOverLimit"

// AlertRequestOverLimit is sent when a command of the REST API is called at over 80 % of the rate that the app may call
// it at. It needs no switch in the console, only an address for webhooks. The body has no time: take ReceivedAt.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60256
type AlertRequestOverLimit struct {
	Meta

	ServiceName string `json:"ServiceName"` // service of the REST command, such as "openim"
	// CommandName is the wire's Command, such as "sendmsg". Command is a method of every event.
	CommandName string `json:"Command"`
	Request     int    `json:"Request"` // calls a second that were seen
	Limit       int    `json:"Limit"`   // calls a second that are allowed
}

// Command returns "Alert.RequestOverLimit".
func (*AlertRequestOverLimit) Command() string { return cmdAlertRequestOverLimit }

func (*AlertRequestOverLimit) after() {}
