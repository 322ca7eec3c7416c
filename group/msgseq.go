package group

import (
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// checkMsgSeq refuses 0, which numbers no message: the first of a group has 1.
func checkMsgSeq(cmd restapi.Command, field string, msgSeq uint32) error {
	if msgSeq == 0 {
		return check.Argument(cmd, field, "is 0")
	}
	return nil
}

// numbered is a message as lists name it.
type numbered struct {
	MsgSeq uint32 `json:"MsgSeq"`
}

// msgSeqList names messages, each once, and refuses a list of none or of more than limit.
func msgSeqList(cmd restapi.Command, msgSeqs []uint32, limit int) ([]numbered, error) {
	const field = "MsgSeqList"
	if err := check.Count(cmd, field, len(msgSeqs), limit); err != nil {
		return nil, err
	}
	for i, msgSeq := range msgSeqs {
		if err := checkMsgSeq(cmd, field+"["+strconv.Itoa(i)+"].MsgSeq", msgSeq); err != nil {
			return nil, err
		}
	}
	unique := check.Unique(msgSeqs)
	list := make([]numbered, len(unique))
	for i, msgSeq := range unique {
		list[i].MsgSeq = msgSeq
	}
	return list, nil
}

// A msgName is how a command names one message of a group.
type msgName struct {
	GroupID string `json:"GroupId"`
	MsgSeq  uint32 `json:"MsgSeq"`
}

// msgOf refuses what names no message of a group.
func msgOf(cmd restapi.Command, groupID string, msgSeq uint32) (msgName, error) {
	if err := checkGroupID(cmd, groupID); err != nil {
		return msgName{}, err
	}
	return msgName{groupID, msgSeq}, checkMsgSeq(cmd, "MsgSeq", msgSeq)
}
