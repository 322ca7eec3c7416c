package usersig

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"
)

// A Privilege says what a user may do in a TRTC room. Privileges are combined with |. Bits without a name are signed
// as they are.
type Privilege uint32

// What a user may do in a room.
const (
	PrivilegeCreateRoom       Privilege = 1 << iota // create the room
	PrivilegeEnterRoom                              // enter it
	PrivilegeSendAudio                              // speak
	PrivilegeReceiveAudio                           // listen
	PrivilegeSendVideo                              // be seen
	PrivilegeReceiveVideo                           // watch
	PrivilegeSendSubstream                          // share the screen
	PrivilegeReceiveSubstream                       // watch a shared screen

	// PrivilegeAll is all of them.
	PrivilegeAll Privilege = 1<<iota - 1
)

// A Room is a room of TRTC. It has either a number or a name, and the two never meet: room 7 and room "7" are two
// rooms. The zero Room is none.
type Room struct {
	kind roomKind
	id   uint32
	name string
}

type roomKind byte

const (
	noRoom roomKind = iota
	numericRoom
	stringRoom
)

// NumericRoom is the room with that number.
func NumericRoom(id uint32) Room { return Room{kind: numericRoom, id: id} }

// StringRoom is the room with that name: 1 to 65,535 bytes, which is looked at when a key is signed for it.
func StringRoom(name string) Room { return Room{kind: stringRoom, name: name} }

func (r Room) check() error {
	switch {
	case r.kind == noRoom:
		return invalid("no room, use NumericRoom or StringRoom")
	case r.kind == stringRoom && r.name == "":
		// The vendor's libraries do not agree on what that is: room 0, or a room whose name is empty.
		return invalid("the room's name is empty")
	case len(r.name) > math.MaxUint16:
		return &refusal{ErrInvalid, fmt.Sprintf("the room's name has %d bytes, at most %d", len(r.name), math.MaxUint16)}
	}
	return nil
}

// PrivateMapKey returns a token that lets userID do in one TRTC room what p says, for ttl from now. A client hands it
// in besides its UserSig when it enters a room of an app for which the console asks for room permissions. It is a
// UserSig whose userbuf says all this.
//
// The check is made again when a viewer becomes a speaker, so ttl should outlast the visit: hours, not minutes. The
// user ID and ttl are limited as for [Signer.Sign]. SDKAppIDs over 32 bits do not fit into such a key. What cannot be
// signed is refused with [ErrInvalid].
//
// https://www.tencentcloud.com/document/product/647/35157
func (s *Signer) PrivateMapKey(userID string, ttl time.Duration, room Room, p Privilege) (string, error) {
	issued, expire, err := s.terms(userID, ttl)
	if err != nil {
		return "", err
	}
	if err := room.check(); err != nil {
		return "", err
	}
	if s.sdkAppID > math.MaxUint32 {
		return "", invalid("the SDKAppID is over 32 bits, too long for a PrivateMapKey")
	}
	w := s.get()
	w.userBuf = appendPermission(w.userBuf[:0], userID, uint32(s.sdkAppID), uint32(issued+expire), room, p)
	w.out = s.appendToken(w.out[:0], w, userID, issued, expire, w.userBuf)
	key := string(w.out)
	s.put(w)
	return key, nil
}

// appendPermission appends the userbuf of a PrivateMapKey. Expires is a point in time, in seconds, of which the format
// has room for the lower 32 bits. All numbers are big-endian.
func appendPermission(dst []byte, userID string, sdkAppID, expires uint32, room Room, p Privilege) []byte {
	var kind byte
	if room.kind == stringRoom {
		kind = 1
	}
	dst = append(dst, kind)
	dst = binary.BigEndian.AppendUint16(dst, uint16(len(userID)))
	dst = append(dst, userID...)
	dst = binary.BigEndian.AppendUint32(dst, sdkAppID)
	dst = binary.BigEndian.AppendUint32(dst, room.id)
	dst = binary.BigEndian.AppendUint32(dst, expires)
	dst = binary.BigEndian.AppendUint32(dst, uint32(p))
	dst = binary.BigEndian.AppendUint32(dst, 0) // account type
	if room.kind == stringRoom {
		dst = binary.BigEndian.AppendUint16(dst, uint16(len(room.name)))
		dst = append(dst, room.name...)
	}
	return dst
}
