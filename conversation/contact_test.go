package conversation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestContactPageReadsTheDocumentedAnswer(t *testing.T) {
	t.Parallel()
	groups := []conversation.ContactGroup{{"work", 1}, {"home", 2}}
	page, err := answering(t, conversation.CommandGetContactGroup, 0).ContactPage(t.Context(), "ana", "")
	require.NoError(t, err)
	assert.Empty(t, page.Next)
	assert.Equal(t, groups, page.Groups)
	assert.Equal(t, []conversation.Contact{
		{ID: conversation.C2C("ben"), StandardMark: "111001", Groups: groups, Timestamp: time.Unix(1700000000, 0)},
		{
			ID: conversation.Group("@TGS#2EXAMPLE1"), StandardMark: "111001", CustomMark: "abcd",
			Timestamp: time.Unix(1700000001, 0),
		},
	}, page.Items)
}

// Type is a number on most pages and text on one; a group that the answer does not name keeps its number.
func TestContactsAsTheyMayCome(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"CompleteFlag":"0","NextStartIndex":"0","ContactItem":[
		{"Type":"1","To_Account":"ben","ToGroupId":"","ContactGroupId":[2,1]},
		{"Type":"2","To_Account":"ana","ToGroupId":"team7"}],"GroupItem":[{"GroupName":"work","GroupId":1}]}`}
	page, err := conversation.NewClient(r).ContactPage(t.Context(), "ana", "100")
	require.NoError(t, err)
	assert.Equal(t, restapi.Cursor("0"), page.Next, "0 is no sign of the end")
	assert.Equal(t, []conversation.Contact{
		{ID: conversation.C2C("ben"), Groups: []conversation.ContactGroup{{GroupID: 2}, {"work", 1}}},
		{ID: conversation.Group("team7")},
	}, page.Items)
}

func TestSearchContactsAnswersInTheOrderAsked(t *testing.T) {
	t.Parallel()
	ben, team, cat := conversation.C2C("ben"), conversation.Group("team7"), conversation.C2C("cat")
	got, err := answering(t, conversation.CommandSearchContactGroup, 0).SearchContacts(t.Context(), "ana",
		[]conversation.ID{team, cat, conversation.Group("ben"), ben, team})
	require.NoError(t, err)
	assert.Equal(t, conversation.Contact{ID: team, Timestamp: time.Unix(1700000001, 0)}, got[0])
	require.NoError(t, got[0].Err(), "a conversation without marks and groups is not a failure")
	for i, id := range []conversation.ID{cat, conversation.Group("ben")} {
		assert.Equal(t, id, got[1+i].ID)
		require.ErrorIs(t, got[1+i].Err(), restapi.ErrBadResponse)
	}
	assert.Equal(t, conversation.Contact{
		ID: ben, StandardMark: "11111110", CustomMark: "vip", Timestamp: time.Unix(1700000000, 0),
		Groups: []conversation.ContactGroup{{"work", 1}, {"home", 2}},
	}, got[3])
	assert.Equal(t, got[0], got[4])
}
