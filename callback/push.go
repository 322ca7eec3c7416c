package callback

import "github.com/go-tencentchat/tencentchat/internal/wire"

const (
	cmdPushAllMemberPush = "Push.AllMemberPush"
	cmdPushOfflinePush   = "Push.OfflinePush"
)

// PushAllMemberPush tells what became of a push to all users, to a tag or to listed users. It is a batch: one webhook
// has 1 to 100 results, of any of its tasks.
//
// The command is in each result, and not beside Events. Times are in seconds. The vendor names no client, so that
// ClientIP and OptPlatform are empty. Webhooks beyond the app's limit, 1000 a second by default, are put off and come
// late. An older form of the body, one result that is not in a list, is read as a list of one.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/67551
type PushAllMemberPush struct {
	Meta

	Events []AllMemberPushResult `json:"Events,omitzero"`
}

// AllMemberPushResult is what became of a push for one user.
type AllMemberPushResult struct {
	CallbackCommand string                 `json:"CallbackCommand,omitempty"` // Push.AllMemberPush
	EventType       PushType               `json:"EventType"`
	TaskID          string                 `json:"TaskId"`              // the task, as the call that started it answered
	DataID          string                 `json:"DataId,omitempty"`    // the ID that the caller gave the push
	TaskTime        UnixTime               `json:"TaskTime"`            // when the task was started, in seconds
	EventTime       UnixTime               `json:"EventTime"`           // when this happened, in seconds
	ToAccount       string                 `json:"To_Account"`          // the user
	PushPlatform    PushPlatform           `json:"PushPlatform"`        // 0 for an online push
	DeviceType      Optional[PushPlatform] `json:"DeviceType,omitzero"` // the device of an online push; 0 offline
	PushStage       PushStage              `json:"PushStage"`
	ErrCode         int                    `json:"ErrCode"`           // 0 for success
	ErrInfo         string                 `json:"ErrInfo,omitempty"` // why it failed; can be empty
}

// PushOfflinePush tells what became of the offline push of a message. It is a batch: one webhook has 1 to 100 results,
// of any messages.
//
// The command is in each result, and not beside Events. Times are in seconds. The vendor names no client, so that
// ClientIP and OptPlatform are empty. Webhooks beyond the app's limit, 1000 a second by default, are put off and come
// late. An older form of the body, one result that is not in a list, is read as a list of one.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/67552
type PushOfflinePush struct {
	Meta

	Events []OfflinePushResult `json:"Events,omitzero"`
}

// OfflinePushResult is what became of the offline push of a message to one user.
type OfflinePushResult struct {
	CallbackCommand string          `json:"CallbackCommand,omitempty"` // Push.OfflinePush
	EventType       OfflinePushType `json:"EventType"`
	EventTime       UnixTime        `json:"EventTime"`    // when this happened, in seconds
	FromAccount     string          `json:"From_Account"` // the sender
	ToAccount       string          `json:"To_Account"`   // the receiver
	PushPlatform    PushPlatform    `json:"PushPlatform"`
	PushStage       PushStage       `json:"PushStage"`
	MsgKey          string          `json:"MsgKey,omitempty"`    // the message's ID; one-to-one only
	GroupID         string          `json:"GroupID,omitempty"`   // group only; GroupId in other webhooks
	MsgSeq          uint64          `json:"MsgSeq"`              // the message's sequence number
	MsgRandom       uint64          `json:"MsgRandom,omitempty"` // the message's random number; can be 0 in groups
	MsgTime         UnixTime        `json:"MsgTime"`             // when the message was sent, in seconds
	PushID          string          `json:"PushID,omitempty"`    // the push, for looking it up in the console
	ErrCode         int             `json:"ErrCode"`             // 0 for success
	ErrInfo         string          `json:"ErrInfo,omitempty"`   // why it failed; can be empty
}

// PushType says what kind of push an AllMemberPushResult is of.
type PushType int

// The documented kinds.
const (
	PushTypeOffline PushType = 1
	PushTypeOnline  PushType = 2
)

// OfflinePushType says what kind of message an OfflinePushResult is of.
type OfflinePushType int

// The documented kinds.
const (
	OfflinePushTypeC2C   OfflinePushType = 1
	OfflinePushTypeGroup OfflinePushType = 2
)

// PushStage is how far a push has come.
type PushStage int

// The documented stages.
const (
	PushStageSent      PushStage = 1
	PushStageDelivered PushStage = 2
	PushStageClicked   PushStage = 3
)

// PushPlatform is the service that carries a push to a device. Numbers newer than this package are kept as they are.
type PushPlatform int

// The documented services.
const (
	PushPlatformUnknown PushPlatform = 0
	PushPlatformAPNs    PushPlatform = 1
	PushPlatformXiaomi  PushPlatform = 2
	PushPlatformHuawei  PushPlatform = 3
	PushPlatformFCM     PushPlatform = 4
	PushPlatformMeizu   PushPlatform = 5
	PushPlatformOPPO    PushPlatform = 6
	PushPlatformVivo    PushPlatform = 7
	PushPlatformHonor   PushPlatform = 8
)

// UnmarshalJSON reads the batch, or the older form with one result.
func (e *PushAllMemberPush) UnmarshalJSON(data []byte) error {
	return readPush(data, &e.Meta, &e.Events)
}

// UnmarshalJSON reads the batch, or the older form with one result.
func (e *PushOfflinePush) UnmarshalJSON(data []byte) error {
	return readPush(data, &e.Meta, &e.Events)
}

// readPush reads {"Events":[...]}. An object that has a command and no such list is one result by itself. Its command
// stays in m too, where it is held against the URL's.
func readPush[R any](data []byte, m *Meta, results *[]R) error {
	batch := struct {
		*Meta

		Events *[]R
	}{Meta: m}
	if err := wire.Unmarshal(data, &batch); err != nil {
		return err
	}
	if batch.Events != nil {
		*results = *batch.Events
		return nil
	}
	if m.CallbackCommand == "" {
		return nil
	}
	*results = make([]R, 1)
	return wire.Unmarshal(data, &(*results)[0])
}

// Command returns "Push.AllMemberPush".
func (*PushAllMemberPush) Command() string { return cmdPushAllMemberPush }

// Command returns "Push.OfflinePush".
func (*PushOfflinePush) Command() string { return cmdPushOfflinePush }

func (*PushAllMemberPush) after() {}

func (*PushOfflinePush) after() {}

func (*PushAllMemberPush) commandless() {}

func (*PushOfflinePush) commandless() {}
