package message

import "github.com/go-tencentchat/tencentchat/internal/wire"

// A Flag is something that is asked for or not: 1 on the wire, and left out otherwise. true can be assigned to it.
type Flag bool

// MarshalJSON writes 1 or 0.
func (f Flag) MarshalJSON() ([]byte, error) {
	if f {
		return []byte{'1'}, nil
	}
	return []byte{'0'}, nil
}

// UnmarshalJSON reads a number, of which 0 alone is false, or true or false.
func (f *Flag) UnmarshalJSON(data []byte) error {
	switch string(data) {
	case "true", "false":
		*f = string(data) == "true"
		return nil
	}
	n, err := wire.Int(data)
	*f = n != 0
	return err
}
