package jetstream

import (
	"errors"
	"strconv"
	"strings"
)

// The names that EnsureStream, NewSink and Consume use where nothing else is given.
const (
	DefaultStream   = "TENCENTCHAT"         // StreamConfig.Name, WithStream
	DefaultPrefix   = "tencentchat.webhook" // StreamConfig.Prefix, WithPrefix, WithSubjects
	DefaultConsumer = "handlers"            // WithConsumer
)

// What the stream of messages that were set aside is called, after the one they come from.
const (
	deadStreamSuffix = "_DEAD"
	deadPrefixSuffix = "-dead"
)

// maxCommand is how much of a command goes into a subject. The vendor's own have 50 letters at most.
const maxCommand = 128

// Subject returns the subject that a webhook is stored under: prefix.sdkappid.command, with the dots of the command as
// they are, such as tencentchat.webhook.1400000001.Profile.CallbackPortraitSet. What a subject cannot have in it, which
// no command of the vendor has, is written as %XX, and a command over 128 bytes is cut. It is for filters: the command
// that counts is the envelope's.
func Subject(prefix string, sdkAppID uint64, command string) string {
	var b strings.Builder
	b.WriteString(appSubject(prefix, sdkAppID))
	writeCommand(&b, command)
	return b.String()
}

// appSubject is what all subjects of an app begin with, with a dot at the end.
func appSubject(prefix string, sdkAppID uint64) string {
	return prefix + "." + strconv.FormatUint(sdkAppID, 10) + "."
}

func writeCommand(b *strings.Builder, command string) {
	const hex = "0123456789ABCDEF"
	command = command[:min(len(command), maxCommand)]
	if command == "" {
		b.WriteByte('%')
	}
	for i := range len(command) {
		c := command[i]
		// A dot that would make an empty token is not one that separates.
		dot := c == '.' && i > 0 && i < len(command)-1 && command[i-1] != '.'
		switch {
		case dot, c == '-', c == '_', '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z':
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
}

// checkPrefix refuses what cannot begin a subject.
func checkPrefix(prefix string) error {
	for token := range strings.SplitSeq(prefix, ".") {
		if token == "" || strings.ContainsAny(token, "*> \t\r\n\x00") || strings.HasPrefix(token, "$") {
			return errors.New("the prefix is not a subject: words between dots, without spaces, *, > and $")
		}
	}
	return nil
}
