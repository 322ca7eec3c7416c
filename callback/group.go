package callback

const cmdGroupAfterGroupInfoChanged = "Group.CallbackAfterGroupInfoChanged"

// GroupAfterGroupInfoChanged is sent after the name, the introduction, the announcement or the picture of a group was
// changed. Only what changed is present:
//
//	if name, ok := e.Name.Get(); ok { ... }
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34378
type GroupAfterGroupInfoChanged struct {
	Meta

	GroupID         string           `json:"GroupId"`
	Type            string           `json:"Type"`                  // Public, Work, Meeting, AVChatRoom, Community, ...
	OperatorAccount string           `json:"Operator_Account"`      // who made the change
	Name            Optional[string] `json:"Name,omitzero"`         // the new name
	Introduction    Optional[string] `json:"Introduction,omitzero"` // the new introduction
	Notification    Optional[string] `json:"Notification,omitzero"` // the new announcement
	FaceURL         Optional[string] `json:"FaceUrl,omitzero"`      // address of the new picture
	EventTime       EventTime        `json:"EventTime,omitempty"`   // milliseconds since the epoch; older apps send none
}

// Command returns "Group.CallbackAfterGroupInfoChanged".
func (*GroupAfterGroupInfoChanged) Command() string { return cmdGroupAfterGroupInfoChanged }

func (*GroupAfterGroupInfoChanged) after() {}
