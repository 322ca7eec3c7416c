package chat

import (
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func messages() area {
	return area{
		admin:   restapi.CodeMessageAdminRequired,
		syntax:  restapi.CodeMessageInvalidJSON,
		invalid: restapi.CodeMessageInvalidJSON,
		commands: []command{
			asks(message.CommandSendMsg, restapi.CodeMessageRejectedByWebhook, askSendMsg, sendMsg).refusing(badBodies),
			does(message.CommandBatchSendMsg, batchSendMsg).refusing(badBodies),
			does(message.CommandImportMsg, importMsg).refusing(badBodies),
			does(message.CommandModifyC2CMsg, modifyC2CMsg).refusing(badBodies),
			does(group.CommandModifyGroupMsg, modifyGroupMsg).refusing(badBodies),
			does(message.CommandAdminMsgWithdraw, adminMsgWithdraw),
			does(message.CommandDeleteC2CMsgRamble, deleteC2CMsgRamble),
			does(message.CommandAdminSetMsgRead, adminSetMsgRead),
			does(message.CommandC2CMsgReadReceipt, c2cMsgReadReceipt),
			does(message.CommandGetC2CUnreadMsgNum, getC2CUnreadMsgNum),
			does(message.CommandAdminGetRoamMsg, adminGetRoamMsg).
				aka("From_Account", "Operator_Account").aka("To_Account", "Peer_Account"),
		},
		kinds:  talkKinds(),
		forget: func(s *state, userID string) { s.talks.forget(userID) },
	}
}

// badBodies are the codes for elements of a message that are not as documented.
var badBodies = map[fault]restapi.Code{
	{"MsgBody[]", shape.WrongType}: restapi.CodeMessageInvalidBody,
	{"MsgBody[].MsgType", 0}:       restapi.CodeMessageInvalidBody,
	{"MsgBody[].MsgContent", 0}:    restapi.CodeMessageInvalidBody,
	{"From_Account", 0}:            restapi.CodeMessageInvalidFromAccount,
	{"To_Account[]", 0}:            restapi.CodeMessageInvalidToAccount,
	{"SyncFromOldSystem", 0}:       restapi.CodeMessageInvalidSyncFromOldSystem,
}
