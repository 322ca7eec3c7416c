package callback

const cmdGroupAfterTopicInfoChanged = "Group.CallbackAfterTopicInfoChanged"

// GroupAfterTopicInfoChanged is sent after the name, the introduction, the announcement or the picture of a topic in a
// community was changed. Only what changed is present, as in GroupAfterGroupInfoChanged, with which it shares its
// switch in the console.
//
// The vendor documents no field that says which topic it was. TopicID and EventTime are read in case they are sent, as
// they are in the other webhooks of topics.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/49466
type GroupAfterTopicInfoChanged struct {
	Meta

	GroupID         string           `json:"GroupId"`               // the community
	TopicID         string           `json:"TopicId,omitempty"`     // the topic; not documented for this webhook
	Type            string           `json:"Type"`                  // Community
	OperatorAccount string           `json:"Operator_Account"`      // who made the change
	Name            Optional[string] `json:"Name,omitzero"`         // the new name
	Introduction    Optional[string] `json:"Introduction,omitzero"` // the new introduction
	Notification    Optional[string] `json:"Notification,omitzero"` // the new announcement
	FaceURL         Optional[string] `json:"FaceUrl,omitzero"`      // address of the new picture
	EventTime       EventTime        `json:"EventTime,omitempty"`   // milliseconds since the epoch; not documented here
}

// Command returns "Group.CallbackAfterTopicInfoChanged".
func (*GroupAfterTopicInfoChanged) Command() string { return cmdGroupAfterTopicInfoChanged }

func (*GroupAfterTopicInfoChanged) after() {}
