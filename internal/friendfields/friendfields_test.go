package friendfields_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/go-tencentchat/tencentchat/internal/friendfields"
)

func TestIsSource(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]bool{
		"AddSource_Type_a":         true,
		"AddSource_Type_Abcdefgh":  true,
		"AddSource_Type_Abcdefghi": false,
		"AddSource_Type_":          false,
		"AddSource_Type_a1":        false,
		"addsource_type_a":         false,
		"a":                        false,
		"":                         false,
	} {
		assert.Equal(t, want, friendfields.IsSource(source), "%q", source)
	}
}
