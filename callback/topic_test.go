package callback_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
)

func TestTopicIDs(t *testing.T) {
	t.Parallel()
	const command = "Group.CallbackAfterTopicDestroyed"
	for name, c := range map[string]struct {
		list, written string
		want          callback.TopicIDs
	}{
		"array":       {`,"TopicIdList":["a","b"]`, `,"TopicIdList":["a","b"]`, callback.TopicIDs{"a", "b"}},
		"string":      {`,"TopicIdList":"a"`, `,"TopicIdList":["a"]`, callback.TopicIDs{"a"}},
		"empty array": {`,"TopicIdList":[]`, `,"TopicIdList":[]`, callback.TopicIDs{}},
		"null":        {`,"TopicIdList":null`, ``, nil},
		"absent":      {``, ``, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := decoded[*callback.GroupAfterTopicDestroyed](t, `{"GroupId":"g"`+c.list+`}`)
			assert.Equal(t, c.want, e.TopicIDList)
			out, err := callback.Encode(e)
			require.NoError(t, err)
			assert.JSONEq(t, `{"CallbackCommand":"`+command+`","GroupId":"g","Type":""`+c.written+`}`, string(out))
		})
	}
	for _, list := range []string{`7`, `{}`, `[7]`} {
		_, err := callback.Decode(command, []byte(`{"TopicIdList":`+list+`}`))
		require.ErrorIs(t, err, callback.ErrMalformed, list)
	}
}
