package conversation_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// The answer is out of order and leaves one out; whatever else stands beside the name of its type is not looked at.
func TestResultsAreInTheOrderAsked(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	const rows = `[{"ContactItem":{"Type":2,"To_Account":"ana","ToGroupId":"team7"},"ResultCode":51007,"ResultInfo":"no"},
		{"ContactItem":{"Type":"1","To_Account":"ben","ToGroupId":""},"ResultCode":0},
		{"ContactItem":{"Type":1,"To_Account":"stranger"},"ResultCode":0}]`
	c := conversation.NewClient(&conform.Recorder{Answer: `{"ResultItem":` + rows +
		`,"GroupResultItem":[{"GroupItem":{"GroupName":"work","GroupId":2},"ResultItem":` + rows + `}]` +
		`,"UpdateGroupResult":{"GroupName":"work","GroupId":2,"ContactResultItem":` + rows + `}}`})
	ben, team, cat := conversation.C2C("ben"), conversation.Group("team7"), conversation.C2C("cat")
	asked := []conversation.ID{cat, ben, team}
	group := conversation.ContactGroup{GroupName: "work", GroupID: 2}
	for name, call := range map[string]func() ([]conversation.Result, error){
		"mark": func() ([]conversation.Result, error) { return c.Mark(ctx, "ana", marked(asked)) },
		"create": func() ([]conversation.Result, error) {
			made, err := c.CreateContactGroup(ctx, "ana", "work", asked)
			assert.Equal(t, group, made.ContactGroup)
			return made.Results, err
		},
		"update, add before remove": func() ([]conversation.Result, error) {
			updated, err := c.UpdateContactGroup(ctx, "ana", "work", asked[:1], asked[1:])
			assert.Equal(t, group, updated.ContactGroup)
			return updated.Results, err
		},
	} {
		got, err := call()
		require.NoError(t, err, name)
		require.Len(t, got, len(asked), name)
		for i, id := range asked {
			assert.Equal(t, id, got[i].ID, name)
		}
		require.ErrorIs(t, got[0].Err(), restapi.ErrBadResponse, "%s: left out is not a success", name)
		require.NoError(t, got[1].Err(), name)
		require.ErrorIs(t, got[2].Err(), restapi.CodeContactGroupCheckFailed, name)
		require.ErrorContains(t, restapi.Join(got, nil), "item 2: ", name)
	}
}

func TestAConversationAskedTwiceIsAnsweredTwice(t *testing.T) {
	t.Parallel()
	ben, team := conversation.C2C("ben"), conversation.Group("team7")
	asked := []conversation.ID{team, ben, team}
	c := answering(t, conversation.CommandCreateContactGroup, 0)
	got, err := c.CreateContactGroup(t.Context(), "ana", "work", asked)
	require.NoError(t, err)
	require.Len(t, got.Results, 3)
	require.NoError(t, got.Results[1].Err())
	require.ErrorIs(t, got.Results[2].Err(), restapi.CodeContactGroupCheckFailed)
	assert.Equal(t, got.Results[0], got.Results[2])
}
