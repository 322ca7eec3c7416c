package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type groupExtensionRequest struct {
	GroupID       string `json:"GroupId"`
	MsgSeq        uint32
	OperateType   message.ExtensionOperation
	ExtensionList []message.Extension
	StartSeq      int64
}

// extendedInGroup returns the message whose extension a command is about.
func (a *App) extendedInGroup(c *call, req *groupExtensionRequest) (place, *groupMsg, error) {
	if slices.Contains(a.set.Off, FeatureMsgExtension) {
		return place{}, nil, errNoExtensions
	}
	return a.groupMsg(c, namedGroupMsg{req.GroupID, "", req.MsgSeq}, restapi.CodeExtensionNotFound)
}

func groupSetKeyValues(a *App, c *call, req *groupExtensionRequest) (any, error) {
	t, m, err := a.extendedInGroup(c, req)
	if err != nil {
		return nil, err
	}
	results, err := a.extendInGroup(c, t, m, req.OperateType, req.ExtensionList)
	return struct {
		ExtensionList []extensionResult `json:",omitempty"`
	}{results}, err
}

// extendInGroup changes the extension of a message, and tells the backend.
func (a *App) extendInGroup(
	c *call, t place, m *groupMsg, op message.ExtensionOperation, pairs []message.Extension,
) ([]extensionResult, error) {
	results, changed, err := m.change(c.now, op, pairs)
	if changed != nil {
		c.after(t.lane, &callback.GroupAfterGroupMsgExtension{
			GroupID: t.id, MsgSeq: m.seq, OperateType: op, ExtensionList: changed, Seq: m.ext.seq,
			EventTime: callback.EventTimeOf(c.now),
		})
	}
	return results, err
}

func groupGetKeyValues(a *App, c *call, req *groupExtensionRequest) (any, error) {
	_, m, err := a.extendedInGroup(c, req)
	if err != nil {
		return nil, err
	}
	return m.ext.page(req.StartSeq), nil
}
