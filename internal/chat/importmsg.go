package chat

import (
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Values of SyncFromOldSystem.
const (
	importOldRealTime = 1 // on older pages
	importHistory     = 2
	importRealTime    = 5
)

type importRequest struct {
	SyncFromOldSystem int
	FromAccount       string `json:"From_Account"`
	ToAccount         string `json:"To_Account"`
	MsgSeq            restapi.Optional[uint64]
	MsgRandom         uint64
	MsgTimeStamp      int64
	MsgBody           content
	CloudCustomData   string
}

// importMsg puts a message into history, as it was. What is there stays, whoever of the two has sent it.
func importMsg(a *App, c *call, req *importRequest) (any, error) {
	realTime := req.SyncFromOldSystem == importRealTime
	switch req.SyncFromOldSystem {
	case importHistory, importRealTime:
	case importOldRealTime:
		if realTime = c.Tolerate("SyncFromOldSystem is 1"); realTime {
			break
		}
		fallthrough
	default:
		return nil, refuse(restapi.CodeMessageInvalidSyncFromOldSystem, "SyncFromOldSystem is not 2 or 5")
	}
	if err := req.MsgBody.check(c); err != nil {
		return nil, err
	}
	if _, err := a.refuseUnknown(req.FromAccount, restapi.CodeMessageInvalidFromAccount); err != nil {
		return nil, err
	}
	if _, err := a.refuseUnknown(req.ToAccount, restapi.CodeMessageReceiverNotFound); err != nil {
		return nil, err
	}
	a.talks.expire(c.now.Unix())
	t := a.talks.with(req.FromAccount, req.ToAccount)
	s := &sending{
		from: req.FromAccount, content: req.MsgBody, cloud: req.CloudCustomData,
		key:      msgKey{a.talks.draw(req.MsgSeq), req.MsgRandom, req.MsgTimeStamp},
		noUnread: !realTime, keep: true, sync: true, silent: !realTime,
		push: pushInfo{PushFlag: noPush},
	}
	for range t.named(s.key) {
		return nil, nil
	}
	a.place(c, s, req.ToAccount)
	return nil, nil
}
