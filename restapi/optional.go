package restapi

import (
	"encoding/json"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// An Optional is a field that can be absent, where absent is not the same as empty: a webhook has it only where it
// changed, and a call that changes something leaves it as it is. The zero value is absent. In a struct it is tagged
// omitzero.
type Optional[T any] struct {
	value   T
	present bool
}

// Some returns a field that is present with the value v.
func Some[T any](v T) Optional[T] { return Optional[T]{value: v, present: true} }

// Get returns the value, and whether the field is present.
func (o Optional[T]) Get() (T, bool) { return o.value, o.present }

// Or returns the value, or v if the field is absent.
func (o Optional[T]) Or(v T) T {
	if o.present {
		return o.value
	}
	return v
}

// IsZero says whether the field is absent. encoding/json leaves such fields out.
func (o Optional[T]) IsZero() bool { return !o.present }

// MarshalJSON writes the value, and null for an absent one.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if !o.present {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON reads the value. null is an absent one.
func (o *Optional[T]) UnmarshalJSON(data []byte) error {
	*o = Optional[T]{}
	if string(data) == "null" {
		return nil
	}
	// Nearly all are strings without escapes, or numbers: for those a decoder within the decoder is most of the cost.
	switch value := any(&o.value).(type) {
	case *string:
		if *value, o.present = wire.Unquote(data); o.present {
			return nil
		}
	case *int:
		if n, err := strconv.Atoi(string(data)); err == nil {
			*value, o.present = n, true
			return nil
		}
	}
	if err := wire.Unmarshal(data, &o.value); err != nil {
		return err
	}
	o.present = true
	return nil
}
