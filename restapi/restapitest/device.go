package restapitest

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// ErrSignedOut is the error of what a device does, or waits for, that is not signed in: it has signed out, was kicked
// or has lost its connection.
var ErrSignedOut = chat.ErrSignedOut

// A Device is one device of a user, with the user's client on it: it does what users do, and is told what users are
// told. A user can have several, one on each platform.
//
// What a device does is held against the same rules as calls over REST, and causes the webhooks that it causes at the
// vendor's. The error is a *restapi.Error with the code that the client would see, or ErrSignedOut. A method returns
// after 2 seconds at most. All methods are safe for concurrent use.
type Device struct {
	srv     *Server
	model   *chat.Device
	userSig string
}

// A DeviceOption changes a device in Server.User and Server.SignIn.
type DeviceOption func(*device)

type device struct {
	by   chat.Actor
	push callback.PushPlatform
}

// OnPlatform sets the platform of the device. The default is callback.PlatformIOS.
func OnPlatform(p callback.Platform) DeviceOption { return func(d *device) { d.by.Platform = p } }

// FromIP sets the address of the device. The default is 127.0.0.1.
func FromIP(ip string) DeviceOption { return func(d *device) { d.by.ClientIP = ip } }

// WithPushToken says that the device can be reached by the pushes of a service. By default it cannot.
func WithPushToken(service callback.PushPlatform) DeviceOption {
	return func(d *device) { d.push = service }
}

// UserSig returns a UserSig of a user, valid for a day. It panics on a user ID that no account can have.
func (s *Server) UserSig(userID string) string {
	sig, err := s.signer.Sign(userID, 24*time.Hour)
	must("UserSig", err)
	return sig
}

// User returns a device of a user that is signed in. The account is imported where it is not there. It panics on a user
// ID that no account can have. The webhook is that of SignIn.
func (s *Server) User(userID string, opts ...DeviceOption) *Device {
	mustBeUsers("User", []string{userID})
	d := s.device(userID, s.UserSig(userID), opts)
	must("User", d.SignInAgain())
	return d
}

// SignIn signs a user in on a device, as the user's client does with a UserSig that the backend has made. What is wrong
// with it is refused with the codes of the service, such as restapi.CodeUserSigExpired. The account is imported where
// it is not there. An older device of the user on the same platform is kicked. State.StateChange is sent.
func (s *Server) SignIn(userID, userSig string, opts ...DeviceOption) (*Device, error) {
	d := s.device(userID, userSig, opts)
	if err := d.SignInAgain(); err != nil {
		return nil, err
	}
	return d, nil
}

func (s *Server) device(userID, userSig string, opts []DeviceOption) *Device {
	d := device{by: chat.Actor{UserID: userID, Platform: callback.PlatformIOS, ClientIP: "127.0.0.1"}}
	for _, opt := range opts {
		opt(&d)
	}
	return &Device{srv: s, model: s.app.NewDevice(d.by, d.push), userSig: userSig}
}

// UserID returns whose device it is.
func (d *Device) UserID() string { return d.model.UserID() }

// SignInAgain signs the device in with the UserSig that it had, after it was signed out, kicked or cut off. A device
// that is signed in stays so.
func (d *Device) SignInAgain() error {
	issued, err := d.srv.verify(d.UserID(), d.userSig)
	if err == nil {
		err = d.model.SignIn(issued)
	}
	return failed("SignIn", err)
}

// SignOut signs the device out. State.StateChange is sent.
func (d *Device) SignOut() error { return failed("SignOut", d.model.SignOut()) }

// Drop takes the device's connection away, for a reason such as callback.StateTimeOut. The user stays signed in, and
// can be reached by pushes for 7 days; SignInAgain brings the connection back. State.StateChange is sent.
func (d *Device) Drop(reason callback.StateReason) error { return failed("Drop", d.model.Drop(reason)) }

// Background puts the client into the background, where pushes reach it for 7 days, or takes it out.
func (d *Device) Background(on bool) error { return failed("Background", d.model.Background(on)) }

// SetStatus sets the user's custom status. State.StateChange is sent.
func (d *Device) SetStatus(text string) error { return failed("SetStatus", d.model.SetStatus(text)) }

// SetProfile sets fields of the user's own profile, all or none. Profile.CallbackPortraitSet is sent.
func (d *Device) SetProfile(items ...profile.Item) error {
	return failed("SetProfile", d.model.SetProfile(items))
}

// Profiles returns the profiles of 1 to 100 users, in the order given. Look at the Err of each.
func (d *Device) Profiles(userIDs ...string) ([]profile.Profile, error) {
	profiles, err := d.model.Profiles(userIDs)
	for i, p := range profiles {
		profiles[i].Outcome = restapi.Failed(failed("Profiles", p.Err()))
	}
	return profiles, failed("Profiles", err)
}

// A NoticeKind is what a Notice tells of.
type NoticeKind = chat.NoticeKind

// The kinds of notices.
const (
	// NoticeKicked: the device is signed in no more, since another one on its platform took its place, the account was
	// kicked or deleted, or the server was reset.
	NoticeKicked = chat.NoticeKicked
	// NoticeFriendRequest: From asks to be a friend, with Text. Device.AnswerFriend answers.
	NoticeFriendRequest = chat.NoticeFriendRequest
	// NoticeFriendAdded: From is on the user's list of friends now.
	NoticeFriendAdded = chat.NoticeFriendAdded
	// NoticeMessage: Message has come, whose text is Text. It is for the receiver, and for the sender's other devices.
	NoticeMessage = chat.NoticeMessage
	// NoticeEdited: Message is as From has changed it, or, of one that is streamed, Text was added to it.
	NoticeEdited = chat.NoticeEdited
	// NoticeRecalled: Message was taken back.
	NoticeRecalled = chat.NoticeRecalled
	// NoticeRead: From has read all that the user has sent, or has sent a receipt for Message where that has a MsgID.
	NoticeRead = chat.NoticeRead
	// NoticeSystem: the service says Text in the group or topic Chat, where a backend has sent a system notice.
	NoticeSystem = chat.NoticeSystem
	// NoticePush: a push service shows Push, which tells of Message. Device.ClickPush opens it.
	NoticePush = chat.NoticePush
	// NoticeGroupTip: Tip has happened in the group Chat, to Users where it is about some.
	NoticeGroupTip = chat.NoticeGroupTip
	// NoticeJoinRequest: Users want to be in the group Chat, with Text, or From wants them there. Device.AnswerJoin
	// answers.
	NoticeJoinRequest = chat.NoticeJoinRequest
)

// A GroupTip is what a notice of the kind NoticeGroupTip tells of.
type GroupTip = chat.GroupTip

// The tips.
const (
	TipJoined        = chat.TipJoined        // Users are members now
	TipLeft          = chat.TipLeft          // Users have left
	TipRemoved       = chat.TipRemoved       // Users were taken out, with Text; they are told too
	TipOwner         = chat.TipOwner         // the one of Users owns the group now
	TipMuted         = chat.TipMuted         // Users may not send for a time, or may again
	TipMemberChanged = chat.TipMemberChanged // Users have another role or name card
	TipGroupChanged  = chat.TipGroupChanged  // what the group says of itself, or allows, is another
	TipDismissed     = chat.TipDismissed     // the group is gone
)

// A Notice is something that a device shows its user.
type Notice struct {
	Kind NoticeKind
	Time time.Time // by the server's clock
	Chat string    // the group or topic in which it happened, if it did in one
	From string    // the user who is the cause, if there is one
	Text string    // what that user said

	Tip   GroupTip // of NoticeGroupTip
	Users []string // whom it is about, in a group

	Message Message // of NoticeMessage, NoticeEdited, NoticeRecalled, NoticeRead and NoticePush
	Push    Push    // of NoticePush
}

func noticeOf(n chat.Notice) Notice {
	return Notice{n.Kind, n.Time, n.Chat, n.From, n.Text, n.Tip, slices.Clone(n.Users), Message(n.Message), Push(n.Push)}
}

// Inbox returns all that the device was told, oldest first, the last 10,000 if there was more.
func (d *Device) Inbox() []Notice {
	all := d.model.Inbox()
	notices := make([]Notice, len(all))
	for i, n := range all {
		notices[i] = noticeOf(n)
	}
	return notices
}

// Next returns the next notice that it has not returned before, and waits for one. The error is that of the context, or
// ErrSignedOut where the device is signed out and there is nothing left.
func (d *Device) Next(ctx context.Context) (Notice, error) {
	n, err := d.model.Next(ctx)
	return noticeOf(n), err
}

// failed is the error of an action as the client sees it.
func failed(action string, err error) error {
	refused, ok := errors.AsType[*chat.Refusal](err)
	if !ok {
		return err
	}
	return &restapi.Error{
		Code: refused.Code, Info: refused.Info, Command: restapi.Command{Service: "device", Name: action},
	}
}
