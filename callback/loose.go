package callback

import (
	"encoding/json"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

// looseText is read from a string or from the digits of a number. It stands in for a field of type string while an
// event is decoded.
type looseText string

func (s *looseText) UnmarshalJSON(data []byte) error {
	text, err := wire.Text(data)
	*s = looseText(text)
	return err
}

// looseTexts is read from a list of strings or from one string.
type looseTexts []string

func (l *looseTexts) UnmarshalJSON(data []byte) error {
	if data[0] != '"' {
		return json.Unmarshal(data, (*[]string)(l))
	}
	*l = make(looseTexts, 1)
	return json.Unmarshal(data, &(*l)[0])
}
