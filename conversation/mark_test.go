package conversation_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What of the marks changes follows from what is given: 1 the standard ones, 2 the custom one, 3 both.
func TestMarkSaysWhatChanges(t *testing.T) {
	t.Parallel()
	ben := conversation.C2C("ben")
	star := []conversation.Mark{conversation.MarkStar}
	for want, item := range map[string]conversation.MarkItem{
		`"OptType":1,%s,"SetMark":[1]}`:                   {ContactItem: ben, SetMark: star},
		`"OptType":1,%s,"ClearMark":[1]}`:                 {ContactItem: ben, ClearMark: star},
		`"OptType":2,%s,"CustomMark":""}`:                 {ContactItem: ben, CustomMark: restapi.Some("")},
		`"OptType":3,%s,"ClearMark":[1],"CustomMark":""}`: {ben, nil, star, restapi.Some("")},
	} {
		r := &conform.Recorder{Answer: `{}`}
		require.NoError(t, second(conversation.NewClient(r).Mark(t.Context(), "ana", []conversation.MarkItem{item})))
		assert.Contains(t, r.Body, fmt.Sprintf(want, `"ContactItem":{"Type":1,"To_Account":"ben"}`))
	}
}
