package message

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// fields are fields of a Message that a command can carry. MsgRandom is one of all commands.
type fields uint16

const (
	fromAccount fields = 1 << iota
	msgBody
	cloudCustomData
	offlinePushInfo
	sendMsgControl
	forbidCallbackControl
	onlineOnlyFlag
	supportMessageExtension
	needReadReceipt
)

// A carrier is what a command carries of a Message.
type carrier struct {
	must, may fields
	noLastMsg bool // SendMsgControl is NoLastMsg and nothing else
	either    bool // SendMsgControl or OnlineOnlyFlag, not both
	stream    bool // the body is one StreamElem
}

const (
	plainFields = fromAccount | cloudCustomData
	pushFields  = offlinePushInfo | onlineOnlyFlag
	allFields   = plainFields | pushFields | sendMsgControl | forbidCallbackControl | supportMessageExtension |
		needReadReceipt
)

// carriers are the commands that send, all of them: those of group, official and push too.
var carriers = map[string]carrier{
	"openim/sendmsg":                         {must: msgBody, may: allFields},
	"openim/batchsendmsg":                    {must: msgBody, may: allFields &^ forbidCallbackControl},
	"openim/importmsg":                       {must: msgBody | fromAccount, may: cloudCustomData},
	"stream_msg/send_c2c_stream_msg":         {must: msgBody, may: plainFields, stream: true},
	"group_open_http_svc/send_group_msg":     {must: msgBody, may: allFields, either: true},
	"group_open_http_svc/import_group_msg":   {must: msgBody | fromAccount},
	"group_open_http_svc/send_broadcast_msg": {must: msgBody, may: plainFields},
	"stream_msg/send_group_stream_msg":       {must: msgBody, may: plainFields, stream: true},
	"official_account_open_http_svc/send_official_account_msg": {
		must: msgBody, may: cloudCustomData | pushFields | sendMsgControl | forbidCallbackControl,
		noLastMsg: true, either: true,
	},
	"all_member_push/im_push": {must: msgBody, may: fromAccount | offlinePushInfo},
	"timpush/push":            {must: fromAccount | offlinePushInfo, may: msgBody | onlineOnlyFlag},
	"timpush/batch":           {must: fromAccount | offlinePushInfo},
}

// CheckFor refuses a message that cmd cannot carry, or that the documentation rules out, with a *restapi.ArgumentError
// that names the field. A program that keeps messages for later asks before it keeps one; the methods that send ask by
// themselves.
//
// Ruled out are an empty body, more than one CustomElem, a RelayElem, which only clients can send, and a SoundElem,
// ImageElem, FileElem or VideoFileElem without its URL, its UUID or its download flag. How long a message may be is
// left to the service: [restapi.CodeMessageTooLong].
func (m Message) CheckFor(cmd restapi.Command) error {
	c, known := carriers[cmd.String()]
	if !known {
		return check.Argument(cmd, "Message", "is not what this command sends")
	}
	for _, f := range m.fields() {
		switch {
		case f.given && (c.must|c.may)&f.is == 0:
			return check.Argument(cmd, f.name, "cannot be sent with this command")
		case !f.given && c.must&f.is != 0:
			return check.Argument(cmd, f.name, "is empty")
		}
	}
	if m.FromAccount != "" {
		if err := check.Account(cmd, "From_Account", m.FromAccount, userid.MaxOfficial); err != nil {
			return err
		}
	}
	if err := m.checkControl(cmd, c); err != nil {
		return err
	}
	if !utf8.ValidString(m.CloudCustomData) {
		return check.Argument(cmd, "CloudCustomData", "is not valid UTF-8")
	}
	if err := checkBody(cmd, m.MsgBody); err != nil {
		return err
	}
	if c.stream {
		if err := checkStream(cmd, m.MsgBody); err != nil {
			return err
		}
	}
	return m.OfflinePushInfo.CheckFor(cmd)
}

type field struct {
	is    fields
	name  string
	given bool
}

func (m *Message) fields() [9]field {
	return [...]field{
		{fromAccount, "From_Account", m.FromAccount != ""},
		{msgBody, "MsgBody", len(m.MsgBody) > 0},
		{cloudCustomData, "CloudCustomData", m.CloudCustomData != ""},
		{offlinePushInfo, "OfflinePushInfo", m.OfflinePushInfo != nil},
		{sendMsgControl, "SendMsgControl", len(m.SendMsgControl) > 0},
		{forbidCallbackControl, "ForbidCallbackControl", len(m.ForbidCallbackControl) > 0},
		{onlineOnlyFlag, "OnlineOnlyFlag", bool(m.OnlineOnlyFlag)},
		{supportMessageExtension, "SupportMessageExtension", bool(m.SupportMessageExtension)},
		{needReadReceipt, "NeedReadReceipt", bool(m.NeedReadReceipt)},
	}
}

func (m *Message) checkControl(cmd restapi.Command, c carrier) error {
	if c.either && len(m.SendMsgControl) > 0 && bool(m.OnlineOnlyFlag) {
		return check.Argument(cmd, "SendMsgControl", "cannot be sent together with OnlineOnlyFlag")
	}
	other := func(s SendControl) bool { return s != NoLastMsg }
	if i := slices.IndexFunc(m.SendMsgControl, other); c.noLastMsg && i >= 0 {
		return check.Argument(cmd, "SendMsgControl["+strconv.Itoa(i)+"]", "can be NoLastMsg only with this command")
	}
	return nil
}
