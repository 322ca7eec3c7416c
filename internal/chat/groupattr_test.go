package chat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// harbor makes a group of that type, unnoticed.
func harbor(t *testing.T, a *chat.App, kind string) {
	t.Helper()
	set := a.Settings()
	require.NoError(t, a.SetSettings(chat.Settings{Webhooks: []string{}}))
	id := "harbor"
	if kind == "Community" {
		id = "@TGS#_harbor"
	}
	ask(t, a, "group_open_http_svc/create_group", fmt.Sprintf(
		`{"Type":%q,"Name":"Harbor","GroupId":%q,"Owner_Account":"mira"}`, kind, id))
	require.NoError(t, a.SetSettings(set))
}

const groupService = "group_open_http_svc/"

func TestAttributesOfAGroup(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := record(t, fine, "mira", "ozan")
		harbor(t, a.App, "ChatRoom")
		get := func() string {
			_, text := ask(t, a.App, "group_open_attr_http_svc/get_group_attr", `{"GroupId":"harbor"}`)
			return text
		}
		change := func(name, attrs string) restapi.Code {
			time.Sleep(time.Second) // out of reach of the limit
			return do(t, a.App, groupService+name, `{"GroupId":"harbor","GroupAttr":`+attrs+`}`)
		}
		assert.JSONEq(t, `{"GroupAttrAry":[]}`, get())
		require.Zero(t, change("set_group_attr", `[{"key":"host","value":"mira"},{"key":"a","value":"1"}]`))
		assert.JSONEq(t, `{"GroupAttrAry":[{"key":"a","value":"1"},{"key":"host","value":"mira"}]}`, get())
		assert.JSONEq(t, `{"CallbackCommand":"Group.CallbackAfterGroupAttrChanged","GroupId":"harbor","Type":"Meeting",
			"Operator_Account":"administrator","OptionType":"set","EventTime":946684801000,
			"GroupAttr":[{"key":"host","value":"mira"},{"key":"a","value":"1"}]}`, a.last())
		require.Zero(t, change("modify_group_attr", `[{"key":"a","value":""},{"key":"b","value":"2"}]`))
		assert.JSONEq(t, `{"GroupAttrAry":[{"key":"a","value":""},{"key":"b","value":"2"},{"key":"host","value":"mira"}]}`, get())
		assert.Equal(t, restapi.CodeGroupAttributeNotFound, change("delete_group_attr", `[{"key":"a"},{"key":"c"}]`))
		require.Zero(t, change("delete_group_attr", `[{"key":"a"},{"key":"host"}]`))
		assert.JSONEq(t, `{"GroupAttrAry":[{"key":"b","value":"2"}]}`, get())
		assert.Contains(t, a.last(), `"OptionType":"delete","GroupAttr":[{"key":"a"},{"key":"host"}]`)
		require.Zero(t, change("set_group_attr", `[{"key":"z","value":"9"}]`))
		assert.JSONEq(t, `{"GroupAttrAry":[{"key":"z","value":"9"}]}`, get(), "all others go")
		require.Zero(t, change("clear_group_attr", `[]`))
		assert.JSONEq(t, `{"GroupAttrAry":[]}`, get())
		assert.Contains(t, a.last(), `"OptionType":"clear","GroupAttr":[]`)
		assert.Equal(t, 5, a.count(), "of what was refused the backend is not told")
	})
}

// What a group would have is what counts, not what a change names.
func TestAttributesThatAGroupCannotHave(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := record(t, fine, "mira")
		harbor(t, a.App, "Public")
		change := func(name, key string, from, till, size int) restapi.Code {
			time.Sleep(time.Second)
			var all []string
			for i := from; i < till; i++ {
				all = append(all, fmt.Sprintf(`{"key":"%s%d","value":"%s"}`, key, i, strings.Repeat("v", size)))
			}
			return do(t, a.App, groupService+name, `{"GroupId":"harbor","GroupAttr":[`+strings.Join(all, ",")+`]}`)
		}
		require.Zero(t, change("set_group_attr", "k", 0, 16, 1000))
		assert.Equal(t, restapi.CodeGroupAttributeTooMany, change("modify_group_attr", "k", 16, 17, 1))
		assert.Equal(t, restapi.CodeGroupAttributesTooLarge, change("modify_group_attr", "k", 0, 1, 1001))
		assert.Equal(t, restapi.CodeGroupAttributeValueTooLong, change("modify_group_attr", "k", 0, 1, 4001))
		assert.Equal(t, restapi.CodeGroupAttributeKeyTooLong, change("modify_group_attr", strings.Repeat("k", 32), 0, 1, 1))
		assert.Equal(t, restapi.CodeGroupAttributeKeyTooLong, change("delete_group_attr", strings.Repeat("k", 32), 0, 1, 1))
		assert.Equal(t, restapi.CodeGroupInvalidParameter, change("delete_group_attr", "k", 0, 0, 1))
		require.Zero(t, change("modify_group_attr", "k", 0, 16, 1000))
	})
}

func TestAttributesChangeFiveTimesASecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := record(t, fine, "mira")
		harbor(t, a.App, "Public")
		var codes []restapi.Code
		for range 12 {
			codes = append(codes,
				do(t, a.App, groupService+"modify_group_attr", `{"GroupId":"harbor","GroupAttr":[{"key":"k","value":"v"}]}`))
			time.Sleep(150 * time.Millisecond)
		}
		const fast = restapi.CodeGroupAttributeRateLimited
		assert.Equal(t, []restapi.Code{0, 0, 0, 0, 0, fast, fast, 0, 0, 0, 0, 0}, codes)
		assert.Equal(t, 10, a.count())
	})
}

func TestDevicesChangeAttributes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := record(t, fine, "mira", "ozan")
		harbor(t, a.App, "Community")
		const id = "@TGS#_harbor"
		mira, ozan := signedIn(t, a.App, "mira", callback.PlatformIOS), signedIn(t, a.App, "ozan", callback.PlatformIOS)
		require.NoError(t, mira.SetAttributes(id, map[string]string{"b": "2", "a": "1"}))
		assert.Contains(t, a.last(), `"Type":"Community","Operator_Account":"mira","OptionType":"set",`+
			`"GroupAttr":[{"key":"a","value":"1"},{"key":"b","value":"2"}]`)
		require.NoError(t, mira.DeleteAttributes(id, []string{"a"}))
		require.NoError(t, mira.ClearAttributes(id))
		assert.Equal(t, 3, a.count())
		for name, err := range map[string]error{
			"no key":     mira.DeleteAttributes(id, nil),
			"no member":  ozan.ClearAttributes(id),
			"no group":   mira.ClearAttributes("nowhere"),
			"not there":  mira.DeleteAttributes(id, []string{"a"}),
			"not a name": mira.SetAttributes("", map[string]string{"a": "1"}),
		} {
			code := map[string]restapi.Code{
				"no key": restapi.CodeGroupInvalidParameter, "no member": restapi.CodeGroupPermissionDenied,
				"no group": restapi.CodeGroupNotFound, "not there": restapi.CodeGroupAttributeNotFound,
				"not a name": restapi.CodeGroupInvalidID,
			}[name]
			assert.Equal(t, code, codeOf(err), name)
		}
		require.NoError(t, mira.SignOut())
		require.ErrorIs(t, mira.ClearAttributes(id), chat.ErrSignedOut)
	})
}

func TestCountersOfAGroup(t *testing.T) {
	t.Parallel()
	a := record(t, fine, "mira")
	harbor(t, a.App, "AVChatRoom")
	update := func(mode, counters string) (values string, code restapi.Code) {
		row, _ := a.Row("v4/group_open_http_svc/update_group_counter")
		reply, err := a.Do(t.Context(), row, request(a.App, `{"GroupId":"harbor","Mode":"`+mode+`","GroupCounter":`+counters+`}`))
		reply.Release()
		text, _ := json.Marshal(reply.Result)
		return string(text), codeOf(err)
	}
	get := func(keys string) string {
		_, text := ask(t, a.App, groupService+"get_group_counter", `{"GroupId":"harbor"`+keys+`}`)
		return text
	}
	const most = "9223372036854775807"
	for _, tc := range []struct {
		mode, counters, want string
		code                 restapi.Code
	}{
		{"Increase", `[{"Key":"like","Value":2},{"Key":"like","Value":3}]`, `{"GroupCounter":[{"Key":"like","Value":5},{"Key":"like","Value":5}]}`, 0},
		{"Decrease", `[{"Key":"like","Value":7},{"Key":"new","Value":-1}]`, `{"GroupCounter":[{"Key":"like","Value":-2},{"Key":"new","Value":1}]}`, 0},
		{"Set", `[{"Key":"like","Value":` + most + `},{"Key":"zero","Value":0}]`, `{"GroupCounter":[{"Key":"like","Value":` + most + `},{"Key":"zero","Value":0}]}`, 0},
		{"Increase", `[{"Key":"new","Value":1},{"Key":"like","Value":1}]`, `null`, restapi.CodeGroupInvalidParameter},
		{"Decrease", `[{"Key":"like","Value":-1}]`, `null`, restapi.CodeGroupInvalidParameter},
		{"Increase", `[{"Key":"like","Value":0}]`, `{"GroupCounter":[{"Key":"like","Value":` + most + `}]}`, 0},
		{"Double", `[{"Key":"like","Value":1}]`, `null`, restapi.CodeGroupInvalidParameter},
		{"Set", `[{"Key":"` + strings.Repeat("k", 129) + `","Value":1}]`, `null`, restapi.CodeGroupInvalidParameter},
		{"Set", `[]`, `null`, restapi.CodeGroupInvalidParameter},
	} {
		got, code := update(tc.mode, tc.counters)
		assert.Equal(t, tc.code, code, tc.counters)
		assert.JSONEq(t, tc.want, got, tc.counters)
	}
	assert.JSONEq(t, `{"GroupCounter":[{"Key":"like","Value":`+most+`},{"Key":"new","Value":1},{"Key":"zero","Value":0}]}`, get(""))
	assert.JSONEq(t, `{"GroupCounter":[{"Key":"zero","Value":0}]}`, get(`,"GroupCounterKeys":["zero","none"]`))
	require.Zero(t, do(t, a.App, groupService+"delete_group_counter", `{"GroupId":"harbor","GroupCounterKeys":["zero","none"]}`))
	assert.JSONEq(t, `{"GroupCounter":[{"Key":"like","Value":`+most+`},{"Key":"new","Value":1}]}`, get(""))
	require.Zero(t, do(t, a.App, groupService+"delete_group_counter", `{"GroupId":"harbor"}`))
	assert.JSONEq(t, `{"GroupCounter":[]}`, get(""))
	assert.Zero(t, a.count(), "no webhook tells of counters")
	require.NoError(t, a.SetSettings(chat.Settings{Off: []chat.Feature{chat.FeatureGroupCounter}}))
	_, code := update("Set", `[{"Key":"like","Value":1}]`)
	assert.Equal(t, restapi.CodeGroupPlanRequired, code)
}

func TestRestoreRefusesAttributesAndCounters(t *testing.T) {
	t.Parallel()
	const head = `{"format":"tencentchat-local","version":1}
{"kind":"group","GroupId":"g","Type":"Public","Name":"G"}
`
	for line, want := range map[string]string{
		`{"kind":"groupattributes","GroupId":"x","GroupAttr":[{"key":"a","value":""}]}`:                    "not a group of a line above",
		`{"kind":"groupattributes","GroupId":"g","GroupAttr":[{"key":"","value":"1"}]}`:                    "has no key",
		`{"kind":"groupattributes","GroupId":"g","GroupAttr":[{"key":"` + strings.Repeat("k", 33) + `"}]}`: "over 32 bytes",
		`{"kind":"groupcounters","GroupId":"x","GroupCounter":[{"Key":"a","Value":1}]}`:                    "not a group of a line above",
		`{"kind":"groupcounters","GroupId":"g","GroupCounter":[{"Key":"","Value":1}]}`:                     "1 to 128 bytes",
		`{"kind":"groupcounters","GroupId":"g","GroupCounter":[{"Key":"a","Value":1.5}]}`:                  "groupcounters: json",
	} {
		require.ErrorContains(t, newApp(t, nil).Restore(strings.NewReader(head+line)), want, line)
		if strings.Contains(line, `"g"`) {
			continue
		}
		line = strings.Replace(line, `"x"`, `"g"`, 1)
		require.NoError(t, newApp(t, nil).Restore(strings.NewReader(head+line)))
		require.ErrorContains(t, newApp(t, nil).Restore(strings.NewReader(head+line+"\n"+line)), "is there twice")
	}
}
