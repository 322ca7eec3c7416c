package message

import "github.com/go-tencentchat/tencentchat/internal/wire"

// A MsgFlag is what a user wants of the messages of a group or an official account. Words newer than this package are
// kept as they are, and a number, which the vendor documents nowhere and a client library reads, as its digits.
type MsgFlag string

// The documented flags.
const (
	AcceptAndNotify         MsgFlag = "AcceptAndNotify"         // receive messages and be alerted
	AcceptNotNotify         MsgFlag = "AcceptNotNotify"         // receive them without an alert
	AcceptNotNotifyExceptAt MsgFlag = "AcceptNotNotifyExceptAt" // be alerted only where mentioned; newer apps only
	Discard                 MsgFlag = "Discard"                 // receive none
)

// UnmarshalJSON reads a word or a number.
func (f *MsgFlag) UnmarshalJSON(data []byte) error {
	text, err := wire.Text(data)
	*f = MsgFlag(text)
	return err
}
