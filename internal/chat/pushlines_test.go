package chat_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// addPushes makes tags, attributes and pushes of each kind.
func addPushes(tb testing.TB, a *chat.App) {
	tb.Helper()
	const info = `"OfflinePushInfo":{"Title":"Snow","Desc":"30 <cm>"}`
	for _, one := range [][2]string{
		{"timpush/set_attr_name", `{"AttrNames":{"0":"city","7":"device"},"AttrTypes":{"7":1}}`},
		{"timpush/set_attr", `{"UserAttrs":[{"To_Account":"ann","Attrs":{"city":"Bern"}}]}`},
		{"timpush/add_tag", `{"UserTags":[{"To_Account":"bob","Tags":["skiing","alps"]},{"To_Account":"ann","Tags":["skiing"]},{"To_Account":"小明","Tags":["x"]}]}`},
		{"timpush/push", `{"From_Account":"bob","MsgRandom":7,"MsgBody":` + text("snow") + `,"Condition":{"AttrsOr":{"city":"Bern"}},` + info + `}`},
		{"timpush/batch", `{"From_Account":"bob","To_Account":["ann","bob"],"MsgRandom":8,"DataId":"d",` + info + `}`},
		{"timpush/revoke", `{"TaskId":"batch-2",` + info + `}`},
		{"timpush/add_sched_task", `{"Sdkappid":1400000001,"Type":"User","SchedAt":"2099-12-01 08:30:00","Content":{"To_Account":["ann","bob"],` + info + `}}`},
		{"timpush/add_sched_task", `{"Sdkappid":1400000001,"Type":"Tag","SchedAt":"2099-12-01 08:30:00","Content":{"From_Account":"小明","Condition":{"TagsNot":["x"]},` + info + `}}`},
	} {
		row, _ := a.Row("v4/" + one[0])
		req := request(a, one[1])
		req.Now = time.Unix(1772366400, 0)
		_, err := a.Do(tb.Context(), row, req)
		require.NoError(tb, err, one[0])
	}
}

func TestPushLines(t *testing.T) {
	t.Parallel()
	const head = `{"format":"tencentchat-local","version":1}
{"kind":"user","UserID":"ann"}
{"kind":"pushattr","Number":1,"Name":"city"}
`
	const task = `"TaskID":1,"CreateAt":1,"SchedAt":1,"Type":"All","Content":{"OfflinePushInfo":{}},"Status":"pending"`
	for name, tc := range map[string]struct{ line, want string }{
		"number":           {`"pushattr","Number":10,"Name":"x"`, "Number is not 0 to 9"},
		"number twice":     {`"pushattr","Number":1,"Name":"x"`, "or is there twice"},
		"no name":          {`"pushattr","Number":2`, "Name is empty"},
		"name twice":       {`"pushattr","Number":2,"Name":"city"`, "or there twice"},
		"type":             {`"pushattr","Number":2,"Name":"x","Type":2`, "Type is not 0 or 1"},
		"nobody":           {`"pushuser","To_Account":"eve"`, "not a user"},
		"empty tag":        {`"pushuser","To_Account":"ann","Tags":[""]`, "a tag is empty"},
		"tag twice":        {`"pushuser","To_Account":"ann","Tags":["a","a"]`, "there twice"},
		"no attribute":     {`"pushuser","To_Account":"ann","Attrs":{"x":"y"}`, "an attribute has a name"},
		"no task":          {`"push","TaskTime":1`, "TaskId is empty"},
		"below 0":          {`"push","TaskId":"t","TaskTime":-1`, "below 0"},
		"no key":           {`"push","TaskId":"t","TaskTime":1,"MsgKey":"x","From_Account":"ann"`, "MsgKey is not"},
		"key of nobody":    {`"push","TaskId":"t","TaskTime":1,"MsgKey":"1_2_3"`, "From_Account is not a user"},
		"reached nobody":   {`"push","TaskId":"t","TaskTime":1,"Reached":[{"To_Account":"eve"}]`, "a push has a To_Account"},
		"scheduled as 0":   {`"schedtask","TaskID":0`, "TaskID is 0"},
		"scheduled badly":  {`"schedtask",` + strings.Replace(task, `"All"`, `"Tag"`, 1), "Content is not for the Type"},
		"scheduled never":  {`"schedtask",` + strings.Replace(task, `"SchedAt":1`, `"SchedAt":-1`, 1), "1970 to 9999"},
		"scheduled status": {`"schedtask",` + strings.Replace(task, "pending", "x", 1), "Status is not"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.ErrorContains(t, newApp(t, nil).Restore(strings.NewReader(head+`{"kind":`+tc.line+"}")), tc.want)
		})
	}
	a := newApp(t, nil)
	require.NoError(t, a.Restore(strings.NewReader(head+`{"kind":"push","TaskId":"task-4","TaskTime":1}
{"kind":"schedtask",`+task+`}`)))
	require.Zero(t, do(t, a, "timpush/push", `{"From_Account":"ann","MsgRandom":1,"OfflinePushInfo":{}}`))
	left := snapshot(t, a)
	assert.Contains(t, left, `"TaskId":"task-5"`, "numbers go on, and the scheduled push was due first")
	assert.Contains(t, left, `"TaskId":"task-6"`)
	assert.Contains(t, left, `"Status":"dispatched","PushTaskID":"task-5"`)
}
