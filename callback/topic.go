package callback

import "encoding/json"

const (
	cmdGroupAfterCreateTopic      = "Group.CallbackAfterCreateTopic"
	cmdGroupAfterTopicDestroyed   = "Group.CallbackAfterTopicDestroyed"
	cmdGroupAfterTopicInfoChanged = "Group.CallbackAfterTopicInfoChanged"
	cmdGroupBeforeCreateTopic     = "Group.CallbackBeforeCreateTopic"
)

// GroupBeforeCreateTopic asks whether a topic may be created. Neither the community nor the topic is named by its ID.
// It shares its switch in the console with GroupBeforeCreateGroup. Its methods make the answers: Allow, Reject and
// RejectCode.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/49463
type GroupBeforeCreateTopic struct {
	Meta

	OperatorAccount string    `json:"Operator_Account"` // who creates the topic
	Type            GroupType `json:"Type"`             // GroupTypeCommunity
	Name            string    `json:"Name"`             // the name to be
}

// GroupBeforeCreateTopicAnswer answers a GroupBeforeCreateTopic. The zero value allows the topic. Make one with the
// methods of the event; a code that the vendor does not document is refused with an error, and the webhook answered
// 500.
type GroupBeforeCreateTopicAnswer struct{ Reply }

// Allow creates the topic.
func (*GroupBeforeCreateTopic) Allow() GroupBeforeCreateTopicAnswer {
	return GroupBeforeCreateTopicAnswer{Reply: allow()}
}

// Reject refuses the topic. The caller gets code 10016; info is for the vendor's logs.
func (*GroupBeforeCreateTopic) Reject(info string) GroupBeforeCreateTopicAnswer {
	return GroupBeforeCreateTopicAnswer{Reply: reply(codeReject, info)}
}

// RejectCode refuses the topic with a code from 10100 to 10200, which reaches the client together with info. Any other
// code is an error of the handler, answered 500.
func (*GroupBeforeCreateTopic) RejectCode(code int, info string) GroupBeforeCreateTopicAnswer {
	return GroupBeforeCreateTopicAnswer{Reply: custom(code, info, groupCodes)}
}

// Command returns "Group.CallbackBeforeCreateTopic".
func (*GroupBeforeCreateTopic) Command() string { return cmdGroupBeforeCreateTopic }

func (e *GroupBeforeCreateTopic) refusal() GroupBeforeCreateTopicAnswer { return e.Reject("") }

func (a GroupBeforeCreateTopicAnswer) check() error { return a.checkCode(codeReject, groupCodes) }

// GroupAfterCreateTopic is sent after a topic was created in a community. It shares its switch in the console with
// GroupAfterCreateGroup.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/49464
type GroupAfterCreateTopic struct {
	Meta

	GroupID             string             `json:"GroupId"` // the community
	TopicID             string             `json:"TopicId"`
	OperatorAccount     string             `json:"Operator_Account"`             // who created the topic
	OwnerAccount        string             `json:"Owner_Account"`                // the owner of the community
	Type                GroupType          `json:"Type"`                         // GroupTypeCommunity
	Name                string             `json:"Name"`                         // the name of the topic
	UserDefinedDataList []GroupCustomField `json:"UserDefinedDataList,omitzero"` // custom fields; off by default
}

// Command returns "Group.CallbackAfterCreateTopic".
func (*GroupAfterCreateTopic) Command() string { return cmdGroupAfterCreateTopic }

func (*GroupAfterCreateTopic) after() {}

// GroupAfterTopicDestroyed is sent after topics of a community were deleted. It does not tell by whom. It shares its
// switch in the console with GroupAfterGroupDestroyed.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/49465
type GroupAfterTopicDestroyed struct {
	Meta

	GroupID     string    `json:"GroupId"` // the community
	Type        GroupType `json:"Type"`    // GroupTypeCommunity
	TopicIDList TopicIDs  `json:"TopicIdList,omitzero"`
}

// TopicIDs are IDs of topics. They are read from an array, as in the vendor's sample, or from one string, as in the
// table beside it, and written as an array.
type TopicIDs []string

// UnmarshalJSON reads an array of IDs, or one ID.
func (t *TopicIDs) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*t = make(TopicIDs, 1)
		return json.Unmarshal(data, &(*t)[0])
	}
	return json.Unmarshal(data, (*[]string)(t))
}

// Command returns "Group.CallbackAfterTopicDestroyed".
func (*GroupAfterTopicDestroyed) Command() string { return cmdGroupAfterTopicDestroyed }

func (*GroupAfterTopicDestroyed) after() {}

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
	Type            GroupType        `json:"Type"`                  // GroupTypeCommunity
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
