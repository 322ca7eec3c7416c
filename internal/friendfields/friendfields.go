// Package friendfields holds what is documented of the texts that a user keeps of a friend. Package friend refuses by
// it before the network, the local server answers by it with the documented code.
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
	// MaxRemark is the longest remark, in bytes of UTF-8.
	MaxRemark = 96
	// MaxGroupName is the longest name of a friend group, in bytes.
	MaxGroupName = 30
	// MaxWording is the longest text that is said with a request, in bytes.
	MaxWording = 256
)

// IsSource says whether source is one: AddSource_Type_ and a keyword.
func IsSource(source string) bool {
	keyword, ok := strings.CutPrefix(source, SourcePrefix)
	return ok && profilefields.IsKeyword(keyword)
}
