package chat

import (
	"context"
	"slices"
	"time"
)

// maxNotices is how many notices a device keeps.
const maxNotices = 10_000

// A NoticeKind is what a Notice tells of.
type NoticeKind string

// The kinds of notices.
const (
	NoticeKicked        NoticeKind = "Kicked"        // the device was signed out by another one, or by the service
	NoticeFriendRequest NoticeKind = "FriendRequest" // From asks to be a friend
	NoticeFriendAdded   NoticeKind = "FriendAdded"   // From is a friend now
	NoticeMessage       NoticeKind = "Message"       // Message has come
	NoticeEdited        NoticeKind = "Edited"        // Message is as From has changed it
	NoticeRecalled      NoticeKind = "Recalled"      // From has taken Message back
	NoticeRead          NoticeKind = "Read"          // From has read all, or has sent a receipt for Message
	NoticePush          NoticeKind = "Push"          // the push service shows Push, of Message
	NoticeGroupTip      NoticeKind = "GroupTip"      // Tip has happened in the group Chat
	NoticeJoinRequest   NoticeKind = "JoinRequest"   // Users want to be in the group Chat, or From wants them there
	NoticeSystem        NoticeKind = "System"        // the service says Text in the group or topic Chat
)

// A Notice is something that a device shows its user.
type Notice struct {
	Kind NoticeKind
	Time time.Time
	Chat string // the group or topic; empty: one to one, or none
	From string // the user who is the cause
	Text string // what they said

	Tip   GroupTip // of NoticeGroupTip: what has happened
	Users []string // whom it is about, in a group

	Message Message
	Push    Push
}

// inbox is what a device has been told, oldest first.
type inbox struct {
	notices []Notice
	next    int           // the first that Next has not returned
	wake    chan struct{} // is closed when there is something new; nil as long as nobody waits
}

func (b *inbox) put(n Notice) {
	if len(b.notices) == maxNotices {
		b.notices[0] = Notice{}
		b.notices = b.notices[1:] // append moves the rest only from time to time
		b.next = max(b.next-1, 0)
	}
	b.notices = append(b.notices, n)
	b.alert()
}

// alert wakes those who wait in Next.
func (b *inbox) alert() {
	if b.wake != nil {
		close(b.wake)
		b.wake = nil
	}
}

// notify tells the devices of a user that are connected, but for the one that acts.
func (c *call) notify(userID string, n Notice) {
	n.Time = c.now
	for _, d := range c.app.users.byID[userID].devices {
		if d.conn >= background && (userID != c.by.UserID || !d.by.Platform.Is(c.by.Platform)) {
			d.inbox.put(n)
		}
	}
}

// Inbox returns all notices so far.
func (d *Device) Inbox() []Notice {
	notices := d.notices()
	for i, n := range notices {
		notices[i].Message = n.Message.own()
	}
	return notices
}

func (d *Device) notices() []Notice {
	defer d.look()()
	return slices.Clone(d.inbox.notices)
}

// Next returns the next notice that it has not returned before. It waits for one as long as the device is signed in.
func (d *Device) Next(ctx context.Context) (Notice, error) {
	for {
		n, wake, err := d.inboxNext()
		if wake == nil {
			n.Message = n.Message.own()
			return n, err
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return Notice{}, ctx.Err()
		}
	}
}

// inboxNext returns a notice or an error, or else what to wait for.
func (d *Device) inboxNext() (n Notice, wake <-chan struct{}, err error) {
	defer d.look()()
	b := &d.inbox
	switch {
	case b.next < len(b.notices):
		n = b.notices[b.next]
		b.next++
		return n, nil, nil
	case d.conn == signedOut:
		return n, nil, ErrSignedOut
	case b.wake == nil:
		b.wake = make(chan struct{})
	}
	return n, b.wake, nil
}
