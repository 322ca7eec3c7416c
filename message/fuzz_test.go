package message_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/message"
)

func FuzzBody(f *testing.F) {
	spec := readSpec(f)
	for _, elem := range spec.Elements {
		for _, example := range elem.Examples {
			f.Add([]byte("[" + string(example) + "]"))
		}
	}
	for _, example := range spec.BodyExamples {
		f.Add([]byte(example))
	}
	f.Add([]byte(nest(10)))
	f.Add([]byte(`[null,{"MsgType":null},{"MsgType":"TIMFaceElem","MsgContent":{"Index":"7"}}]`))
	f.Add([]byte(`[{"MsgType":"X","MsgContent":{"a":1}},{"MsgType":"TIMTextElem","MsgContent":{"Text":"x","a\"":"\ud800"}}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var body message.Body
		if json.Unmarshal(data, &body) != nil {
			return
		}
		_ = body.Text()
		once, err := json.Marshal(body)
		require.NoError(t, err)
		var again message.Body
		require.NoError(t, json.Unmarshal(once, &again), "%s", once)
		twice, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(once), string(twice))
	})
}
