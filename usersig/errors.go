package usersig

import "errors"

// The reasons for which a token is refused. Match them with [errors.Is]: the errors that come back may say more. When
// several reasons hold, the one that stands first in this list is reported.
var (
	// ErrMalformed says that the text is not a UserSig at all: cut short, in another encoding, or without one of the
	// fields that every UserSig has. The vendor's server answers 70003 or 70005.
	ErrMalformed = errors.New("usersig: malformed token")

	// ErrBadSignature says that the token was signed with another key, or changed since. The vendor's server answers
	// 70009.
	ErrBadSignature = errors.New("usersig: bad signature")

	// ErrWrongApp says that the token is signed with this key, but for another SDKAppID. The vendor's server answers
	// 70014.
	ErrWrongApp = errors.New("usersig: token of another app")

	// ErrWrongUser says that the token is good, but for another user. The vendor's server answers 70013.
	ErrWrongUser = errors.New("usersig: token of another user")

	// ErrWrongUserBuf says that the token carries another userbuf than the one asked for, one where none was asked for,
	// or none where one was.
	ErrWrongUserBuf = errors.New("usersig: token with another userbuf")

	// ErrExpired says that the token was good, and its lifetime is over. The vendor's server answers 70001.
	ErrExpired = errors.New("usersig: token expired")
)

// ErrInvalid says that an argument cannot be signed, or that a Signer cannot be made from it. The text names the
// argument. Trying again does not help.
var ErrInvalid = errors.New("usersig: invalid argument")

// A refusal is one of the errors above, with the detail that tells its cases apart. The detail is a fixed text, so that
// nothing of a token or a key can get into it.
type refusal struct {
	kind   error
	detail string
}

func (r *refusal) Error() string { return r.kind.Error() + ": " + r.detail }

func (r *refusal) Unwrap() error { return r.kind }

func malformed(detail string) error { return &refusal{kind: ErrMalformed, detail: detail} }

func invalid(detail string) error { return &refusal{kind: ErrInvalid, detail: detail} }
