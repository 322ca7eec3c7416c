// Package userid holds the one rule for the IDs of accounts. Whatever signs for an account, sends one or receives one
// goes by it, so that no account can be imported that nobody can sign in to.
package userid

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest IDs that the vendor takes, in bytes.
const (
	MaxUser         = 32 // an account of the app: a user, an administrator, a robot
	MaxOfficial     = 48 // an official account
	MaxRegistration = 36 // a RegistrationID, which names a device to the push service
)

// NotFound stands in an answer where the name of an account would, when the account is not there.
const NotFound = "@TLS#NOT_FOUND"

// Check returns what is wrong with id, worded to follow the name of the field, and "" where nothing is: it is empty,
// over maxBytes bytes long, not UTF-8, or has a control character in it, C1 (U+0080 to U+009F) included: such an ID
// could write a line of its own into what is signed. The vendor's pages differ on which letters are allowed, so that is
// left to the service.
func Check(id string, maxBytes int) (reason string) {
	switch {
	case id == "":
		return "is empty"
	case len(id) > maxBytes:
		return fmt.Sprintf("has %d bytes, at most %d are allowed", len(id), maxBytes)
	case !utf8.ValidString(id):
		return "is not valid UTF-8"
	case strings.ContainsFunc(id, unicode.IsControl):
		return "holds a control character"
	}
	return ""
}
