package group

import "strings"

// A Type is the type of a group. Words newer than this package are kept as they are. Two types have another name in
// newer webhooks and on newer pages: compare with [Type.Is].
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33529
type Type string

// The documented types of groups, by the names that calls take.
const (
	Private    Type = "Private"    // members are invited; Work by its newer name
	Public     Type = "Public"     // who wants to join asks the owner or an admin
	ChatRoom   Type = "ChatRoom"   // anyone joins; Meeting by its newer name
	AVChatRoom Type = "AVChatRoom" // the audience of a live stream; keeps no messages
	Community  Type = "Community"  // very large, and can have topics
)

// Is says whether t and u name the same type: Work is Private, and Meeting is ChatRoom.
func (t Type) Is(u Type) bool {
	return strings.EqualFold(string(t.older()), string(u.older()))
}

// older returns the type by the name that calls take.
func (t Type) older() Type {
	switch {
	case strings.EqualFold(string(t), "Work"):
		return Private
	case strings.EqualFold(string(t), "Meeting"):
		return ChatRoom
	}
	return t
}
