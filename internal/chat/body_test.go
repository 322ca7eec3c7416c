package chat_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// What is not documented must not be taken for a field that is.
func TestKeysAreComparedWithTheirCase(t *testing.T) {
	t.Parallel()
	const multi = "im_open_login_svc/multiaccount_import"
	a := newApp(t, nil)
	assert.Zero(t, do(t, a, multi, `{"x":{"UserID":[1]},"AccountList":[
		{"UserID":"ann","nick":"Other","Nick":"Ann","FACEURL":"x"}, {"nick":1,"UserID":"bob","y":[{}]}, {"UserID":"cat"} ]}`))
	items, ok := a.Profile("ann")
	require.True(t, ok)
	assert.Equal(t, profile.Items{profile.Nick.To("Ann")}, items)
	for _, user := range []string{"bob", "cat"} {
		items, ok = a.Profile(user)
		assert.True(t, ok)
		assert.Empty(t, items)
	}
	assert.Equal(t, restapi.CodeAccountInvalidParameter, do(t, a, multi, `{"accountlist":[{"UserID":"ann"}]}`))
}

func TestOlderNamesOfFields(t *testing.T) {
	t.Parallel()
	const imports = "im_open_login_svc/account_import"
	for body, want := range map[string]string{
		`{"Identifier":"ann","Nick":"A"}`:      "ann",
		`{"Nick":"A", "Identifier" : "bob" }`:  "bob",
		`{"\u0049dentifier":"cat","Nick":"A"}`: "cat",
		`{"Identifier":"x","UserID":"dan"}`:    "dan",
		`{"identifier":"x","UserID":"eve"}`:    "eve",
	} {
		a := newApp(t, nil)
		assert.Zero(t, do(t, a, imports, body), body)
		_, ok := a.Profile(want)
		assert.True(t, ok, body)
	}
}

func TestBodiesThatAreNoBodies(t *testing.T) {
	t.Parallel()
	a := newApp(t, nil)
	for body, want := range map[string]restapi.Code{
		``:                       restapi.CodeInvalidRequestJSON,
		` `:                      restapi.CodeInvalidRequestJSON,
		`{"UserID":"ann"`:        restapi.CodeInvalidRequestJSON,
		`{"UserID":"ann"}x`:      restapi.CodeInvalidRequestJSON,
		` [] `:                   restapi.CodeAccountInvalidParameter,
		`null`:                   restapi.CodeAccountInvalidParameter,
		`"UserID"`:               restapi.CodeAccountInvalidParameter,
		"{\"UserID\":\"a\xff\"}": restapi.CodeAccountInvalidParameter,
	} {
		assert.Equal(t, want, do(t, a, "im_open_login_svc/kick", body), body)
	}
	big := `{"To_Account":["ann"],"IsNeedDetail":` + strings.Repeat("9", 18) + `}`
	a.Import("ann")
	assert.Zero(t, do(t, a, "openim/query_online_status", big))
}

// Every row is documented, and an area's code for who is no administrator is one that the page of the command has, if
// it has any.
func TestEveryRowIsDocumented(t *testing.T) {
	t.Parallel()
	commands, err := spec.Commands()
	require.NoError(t, err)
	a := newApp(t, nil)
	rows := 0
	for _, doc := range commands {
		row, ok := a.Row(doc.Path)
		if !ok {
			continue
		}
		rows++
		for _, e := range doc.Errors {
			if strings.Contains(e.About, "an app admin") {
				assert.Equal(t, row.Admin, restapi.Code(e.Code), doc.Path)
			}
		}
	}
	assert.Equal(t, a.Rows(), rows)
}
