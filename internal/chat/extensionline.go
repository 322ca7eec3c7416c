package chat

import (
	"errors"

	"github.com/go-tencentchat/tencentchat/message"
)

// extensionLine is what the line of a message has of its extension.
type extensionLine struct {
	SupportMessageExtension int                 `json:",omitempty"`
	ExtensionList           []message.Extension `json:",omitempty"`
	LatestSeq               int64               `json:",omitempty"`
	ClearSeq                int64               `json:",omitempty"`
}

func (m *extensible) line() extensionLine {
	l := extensionLine{SupportMessageExtension: flag(m.extendable, 1), ExtensionList: m.ext.list(0)}
	if m.ext != nil {
		l.LatestSeq, l.ClearSeq = m.ext.seq, m.ext.cleared
	}
	return l
}

func (l *extensionLine) extensible() (extensible, error) {
	m := extensible{extendable: l.SupportMessageExtension == 1}
	if l.LatestSeq != 0 || l.ClearSeq != 0 || len(l.ExtensionList) > 0 {
		m.ext = &extension{pairs: l.ExtensionList, seq: l.LatestSeq, cleared: l.ClearSeq}
		return m, m.ext.check()
	}
	return m, nil
}

// check refuses pairs that are not in the order of their versions, or of which a key is there twice.
func (x *extension) check() error {
	keys, last := make(map[string]bool), x.cleared
	for _, p := range x.pairs {
		if p.Seq <= last || p.Seq > x.seq || keys[p.Key] || p.Key == "" {
			return errors.New("ExtensionList is not in the order of Seq, or has a key twice")
		}
		keys[p.Key], last = true, p.Seq
	}
	if x.cleared > x.seq || x.cleared < 0 || len(x.pairs) > maxPairs {
		return errors.New("ClearSeq is above LatestSeq, or there are over 300 pairs")
	}
	return nil
}
