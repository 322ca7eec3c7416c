package chat

import (
	"cmp"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Documented for the extension of a message.
const (
	maxPairs          = 300
	maxExtensionKey   = 100 // bytes
	maxExtensionValue = 1000
	changesPerMinute  = 200
	pairsPage         = 200
)

func messageExtensions() area {
	return area{
		admin:   restapi.CodeGroupPermissionDenied,
		syntax:  restapi.CodeGroupInvalidParameter,
		invalid: restapi.CodeGroupInvalidParameter,
		commands: []command{
			does(message.CommandSetKeyValues, setKeyValues),
			does(message.CommandGetKeyValues, getKeyValues),
			does(group.CommandGroupSetKeyValues, groupSetKeyValues),
			does(group.CommandGroupGetKeyValues, groupGetKeyValues),
		},
	}
}

// An extensible is what a message has of an extension.
type extensible struct {
	extendable bool // it was sent with SupportMessageExtension
	ext        *extension
}

// An extension is what a message has of pairs.
type extension struct {
	pairs   []message.Extension // by Seq
	seq     int64               // the newest version
	cleared int64               // the version of the last clearing
	changes minute
}

// list are the pairs from a version on. A message without an extension has none.
func (x *extension) list(from int64) []message.Extension {
	if x == nil {
		return nil
	}
	at, _ := slices.BinarySearchFunc(x.pairs, from, func(p message.Extension, seq int64) int {
		return cmp.Compare(p.Seq, seq)
	})
	return slices.Clone(x.pairs[at:])
}

// take takes a pair away, and is false where there is no such key.
func (x *extension) take(key string) bool {
	n := len(x.pairs)
	x.pairs = slices.DeleteFunc(x.pairs, func(p message.Extension) bool { return p.Key == key })
	return len(x.pairs) < n
}

func (x *extension) has(key string) bool {
	return slices.ContainsFunc(x.pairs, func(p message.Extension) bool { return p.Key == key })
}

type extensionRequest struct {
	FromAccount   restapi.Optional[string] `json:"From_Account"`
	ToAccount     string                   `json:"To_Account"`
	MsgKey        string
	OperateType   message.ExtensionOperation
	ExtensionList []message.Extension
	StartSeq      int64
}

// extended returns the message whose extension a command is about.
func (a *App) extended(c *call, req *extensionRequest) (*msg, error) {
	if slices.Contains(a.set.Off, FeatureMsgExtension) {
		return nil, errNoExtensions
	}
	m := a.message(c, namedMsg{req.FromAccount.Or(c.by.UserID), req.ToAccount, req.MsgKey})
	if m == nil {
		return nil, refuse(restapi.CodeExtensionNotFound, "there is no such message")
	}
	return m, nil
}

var errNoExtensions = refuse(restapi.CodeGroupInvalidRequest, "message extensions are switched off")

type extensionResult struct {
	ErrorCode restapi.Code
	Extension message.Extension
}

func setKeyValues(a *App, c *call, req *extensionRequest) (any, error) {
	m, err := a.extended(c, req)
	if err != nil {
		return nil, err
	}
	results, err := a.changeExtension(c, m, req.OperateType, req.ExtensionList)
	return struct {
		ExtensionList []extensionResult `json:",omitempty"`
	}{results}, err
}

// changeExtension changes the extension of a message, and tells the backend.
func (a *App) changeExtension(
	c *call, m *msg, op message.ExtensionOperation, pairs []message.Extension,
) ([]extensionResult, error) {
	results, changed, err := m.change(c.now, op, pairs)
	if changed != nil {
		c.after(m.talk.lane, &callback.C2CAfterC2CMsgExtension{
			FromAccount: m.sender(), ToAccount: m.receiver(), MsgKey: m.key.String(), OperateType: op,
			ExtensionList: changed, Seq: m.ext.seq, EventTime: callback.EventTimeOf(c.now),
		})
	}
	return results, err
}

// change changes the extension, and returns the pairs that are not as they were, nil where all are. Versions that are
// given are not looked at: here nobody changes a pair from an older one.
func (m *extensible) change(
	now time.Time, op message.ExtensionOperation, pairs []message.Extension,
) (results []extensionResult, changed []message.Extension, err error) {
	if err := m.checkExtension(op, pairs); err != nil {
		return nil, nil, err
	}
	if m.ext == nil {
		m.ext = new(extension)
	}
	x := m.ext
	if !x.changes.take(1, changesPerMinute, now) {
		return nil, nil, refuse(restapi.CodeExtensionRateLimited, "the message was changed 200 times in a minute")
	}
	if op == message.ExtensionClear {
		x.seq++
		x.cleared, x.pairs = x.seq, nil
		return []extensionResult{}, []message.Extension{}, nil
	}
	results = make([]extensionResult, 0, len(pairs))
	for _, p := range pairs {
		had := x.take(p.Key)
		if p.Seq = x.seq; op == message.ExtensionSet || had {
			x.seq++
			p.Seq = x.seq
			changed = append(changed, p)
		}
		if op == message.ExtensionSet {
			x.pairs = append(x.pairs, p)
		}
		results = append(results, extensionResult{Extension: p})
	}
	return results, changed, nil
}

// checkExtension refuses what cannot be done to the extension of a message.
func (m *extensible) checkExtension(op message.ExtensionOperation, pairs []message.Extension) error {
	invalid := func(info string) error { return refuse(restapi.CodeGroupInvalidParameter, info) }
	switch {
	case !m.extendable:
		return refuse(restapi.CodeExtensionUnsupported, "the message was not sent with SupportMessageExtension")
	case op < message.ExtensionSet || op > message.ExtensionClear:
		return invalid("OperateType is not 1, 2 or 3")
	case op != message.ExtensionClear && (len(pairs) == 0 || len(pairs) > message.MaxExtensions):
		return invalid("ExtensionList has no pairs, or over 20")
	}
	more := make(map[string]bool)
	for i := range pairs {
		p := &pairs[i]
		if op == message.ExtensionDelete {
			p.Value = ""
		}
		if p.Key == "" || len(p.Key) > maxExtensionKey || len(p.Value) > maxExtensionValue {
			return invalid("a key does not have 1 to 100 bytes, or a value has over 1000")
		}
		if m.ext == nil || !m.ext.has(p.Key) {
			more[p.Key] = true
		}
	}
	if op == message.ExtensionSet && len(m.ext.list(0))+len(more) > maxPairs {
		return invalid("the message would have over 300 pairs")
	}
	return nil
}

func getKeyValues(a *App, c *call, req *extensionRequest) (any, error) {
	m, err := a.extended(c, req)
	if err != nil {
		return nil, err
	}
	return m.ext.page(req.StartSeq), nil
}

// extensionPage is what is read of an extension.
type extensionPage struct {
	CompleteFlag        int
	LatestSeq, ClearSeq int64
	ExtensionList       []message.Extension
}

// page are the pairs from a version on, as many as an answer has.
func (x *extension) page(from int64) extensionPage {
	p := extensionPage{CompleteFlag: 1, ExtensionList: x.list(from)}
	if x != nil {
		p.LatestSeq, p.ClearSeq = x.seq, x.cleared
	}
	if len(p.ExtensionList) > pairsPage {
		p.CompleteFlag, p.ExtensionList = 0, p.ExtensionList[:pairsPage]
	}
	return p
}
