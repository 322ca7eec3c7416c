package check_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var command = restapi.Command{Service: "svc", Name: "cmd"}

func TestUserID(t *testing.T) {
	t.Parallel()
	require.NoError(t, check.UserID(command, "UserID", strings.Repeat("a", 32)))
	for id, reason := range map[string]string{
		"":                      "is empty",
		strings.Repeat("a", 33): "has 33 bytes, at most 32 are allowed",
		"a\u0085b":              "holds a control character",
	} {
		err := check.UserID(command, "UserID", id)
		require.ErrorIs(t, err, restapi.ErrInvalidArgument)
		require.EqualError(t, err, "svc/cmd: invalid argument: UserID "+reason)
	}
}

func TestAccount(t *testing.T) {
	t.Parallel()
	official := strings.Repeat("a", 48)
	require.NoError(t, check.Account(command, "To_Account", official, userid.MaxOfficial))
	for id, reason := range map[string]string{
		"":             "is empty",
		official + "a": "has 49 bytes, at most 48 are allowed",
		"a\xff":        "is not valid UTF-8",
		"a\nb":         "holds a control character",
	} {
		err := check.Account(command, "To_Account", id, userid.MaxOfficial)
		require.EqualError(t, err, "svc/cmd: invalid argument: To_Account "+reason)
	}
}

func TestGroupID(t *testing.T) {
	t.Parallel()
	require.NoError(t, check.GroupID(command, "GroupId", "@TGS#_"+strings.Repeat("a", 100)+"@TOPIC#_b"))
	for id, reason := range map[string]string{
		"":      "is empty",
		"a\xff": "is not valid UTF-8",
		"a\nb":  "holds a control character",
	} {
		require.EqualError(t, check.GroupID(command, "GroupId", id), "svc/cmd: invalid argument: GroupId "+reason)
	}
}

func TestUserIDs(t *testing.T) {
	t.Parallel()
	ids := slices.Repeat([]string{"a"}, 101)
	require.NoError(t, check.UserIDs(command, "To_Account", ids[:100], 100))
	require.ErrorContains(t, check.UserIDs(command, "To_Account", ids, 100),
		"To_Account has 101 items, at most 100 are allowed in one call")
	require.ErrorContains(t, check.UserIDs(command, "To_Account", nil, 100), "To_Account is empty")
	require.ErrorContains(t, check.UserIDs(command, "To_Account", []string{"a", ""}, 100), "To_Account[1] is empty")
}

func TestFilled(t *testing.T) {
	t.Parallel()
	require.NoError(t, check.Filled(command, "Nick", "abc"))
	require.ErrorContains(t, check.Filled(command, "Nick", ""), "Nick is empty")
	require.ErrorContains(t, check.Filled(command, "Nick", "\xff"), "Nick is not valid UTF-8")
}

func TestText(t *testing.T) {
	t.Parallel()
	require.NoError(t, check.Text(command, "Nick", "abc", 3))
	require.ErrorContains(t, check.Text(command, "Nick", "abcd", 3), "Nick has 4 bytes, at most 3 are allowed")
	require.ErrorContains(t, check.Text(command, "Nick", "\xff", 3), "Nick is not valid UTF-8")
}

func TestMsgKeys(t *testing.T) {
	t.Parallel()
	require.NoError(t, check.MsgKeys(command, "MsgKeyList", []string{strings.Repeat("ü", 50)}, 1), "characters, not bytes")
	for reason, keys := range map[string][]string{
		"MsgKeyList is empty":                                     nil,
		"MsgKeyList has 3 items, at most 2 are allowed":           {"1", "2", "3"},
		"MsgKeyList[1] is empty":                                  {"1", ""},
		"MsgKeyList[0] is not valid UTF-8":                        {"\xff"},
		"MsgKeyList[0] has 51 characters, at most 50 are allowed": {strings.Repeat("x", 51)},
	} {
		require.ErrorContains(t, check.MsgKeys(command, "MsgKeyList", keys, 2), reason)
	}
}

func TestMoment(t *testing.T) {
	t.Parallel()
	for _, moment := range []time.Time{{}, time.Unix(0, 0), time.Unix(math.MaxUint32, 999)} {
		require.NoError(t, check.Moment(command, "AddTime", moment))
	}
	for _, moment := range []time.Time{time.Unix(-1, 0), time.Unix(math.MaxUint32+1, 0)} {
		require.ErrorContains(t, check.Moment(command, "AddTime", moment), "AddTime is not a moment from 1970 to 2106")
	}
}

func TestItem(t *testing.T) {
	t.Parallel()
	require.NoError(t, check.Item(command, 0, ""))
	err := check.Item(command, 40003, "gone")
	require.ErrorIs(t, err, restapi.CodeProfileAccountNotFound)
	require.ErrorIs(t, err, restapi.ErrAccountNotFound)
	var e *restapi.Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "gone", e.Info)
	assert.Equal(t, command, e.Command)
}

func TestItemsWithoutACode(t *testing.T) {
	t.Parallel()
	missing := check.Missing(command)
	require.ErrorIs(t, missing, restapi.ErrBadResponse)
	assert.NotErrorIs(t, missing, restapi.ErrTemporary)
	stray := check.Stray(command, "Fail_Account")
	require.ErrorIs(t, stray, restapi.ErrBadResponse)
	require.ErrorContains(t, stray, "Fail_Account names a failed account that was not asked for")
	unexplained := check.Unexplained(command, "Fail_Account")
	require.ErrorContains(t, unexplained, `svc/cmd: failed: "listed in Fail_Account without a code"`)
	assert.NotErrorIs(t, unexplained, restapi.ErrTemporary)
	assert.NotErrorIs(t, unexplained, restapi.ErrBadResponse)
}

func TestLacks(t *testing.T) {
	t.Parallel()
	err := check.Lacks(command, "MsgKey")
	require.ErrorIs(t, err, restapi.ErrBadResponse)
	require.ErrorContains(t, err, "there is no MsgKey")
	var e *restapi.Error
	require.ErrorAs(t, err, &e)
	assert.True(t, e.Open, "it was carried out")
}

func TestUnique(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"b", "a", "c"}, check.Unique([]string{"b", "a", "b", "c", "a"}))
	assert.Empty(t, check.Unique[int](nil))
}
