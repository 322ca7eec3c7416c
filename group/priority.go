package group

import "github.com/go-tencentchat/tencentchat/internal/wire"

// A Priority is what a message is worth where a group is sent more than goes through: in an AVChatRoom above all.
type Priority string

// The values of Priority.
const (
	High   Priority = "High"
	Normal Priority = "Normal" // where nothing is said
	Low    Priority = "Low"    // dropped first
	Lowest Priority = "Lowest" // seen in histories only
)

// priorities are the words for the numbers of histories, from 1 on.
var priorities = [...]Priority{High, Normal, Low, Lowest}

// UnmarshalJSON reads a word, or a number as histories have it: 1 is High and 4 Lowest, and another is read as its
// digits.
func (p *Priority) UnmarshalJSON(data []byte) error {
	if n, err := wire.Int(data); err == nil && n >= 1 && n <= int64(len(priorities)) {
		*p = priorities[n-1]
		return nil
	}
	text, err := wire.Text(data)
	*p = Priority(text)
	return err
}
