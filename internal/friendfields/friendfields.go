// Package friendfields holds what is documented of the texts that a user keeps of a friend. Package friend refuses by it
// before the network, the local server by it with the documented code.
package friendfields

import (
	"strings"

	"github.com/go-tencentchat/tencentchat/internal/profilefields"
)

const (
	// CustomPrefix begins the tag of every custom field; the keyword follows.
	CustomPrefix = "Tag_SNS_Custom_"
	// SourcePrefix begins every source of a friendship; a keyword follows.
	SourcePrefix = "AddSource_Type_"

	// MaxRemark, MaxGroupName and MaxWording are the longest texts of a remark, of the name of a friend group and of what
	// is said with a request, in bytes of UTF-8.
	MaxRemark    = 96
	MaxGroupName = 30
	MaxWording   = 256
)

// IsSource says whether source is one: AddSource_Type_ and a keyword.
func IsSource(source string) bool {
	keyword, ok := strings.CutPrefix(source, SourcePrefix)
	return ok && profilefields.IsKeyword(keyword)
}
