package group_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestTopicsRefuse(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	create := func(change func(*group.Topic)) func(*group.Client) error {
		topic := group.Topic{GroupID: people, TopicName: "Dyes"}
		change(&topic)
		return func(c *group.Client) error { return second(c.Topics.Create(ctx, topic)) }
	}
	modify := func(topicID string, change group.TopicChange) func(*group.Client) error {
		return func(c *group.Client) error { return c.Topics.Modify(ctx, topicID, change) }
	}
	other := "@TGS#_smiths@TOPIC#_iron"
	testRefusals(t, map[string]refusal{
		"create in a topic": {"GroupId", "is a topic's", create(func(t *group.Topic) { t.GroupID = dyes })},
		"create elsewhere":  {"TopicId", "is not GroupId", create(func(t *group.Topic) { t.TopicID = other })},
		"create no name":    {"TopicName", "is empty", create(func(t *group.Topic) { t.TopicName = "" })},
		"create long name": {"TopicName", "31 bytes, at most 30", create(func(t *group.Topic) {
			t.TopicName = strings.Repeat("x", 31)
		})},
		"create long data": {"CustomString", "3001 bytes, at most 3000", create(func(t *group.Topic) {
			t.CustomString = strings.Repeat("x", 3001)
		})},
		"create in the past": {"CreateTime", "cannot be sent", create(func(t *group.Topic) { t.CreateTime = time.Now() })},
		"modify a group":     {"TopicId", "is not the ID of a topic", modify(people, group.TopicChange{MuteAllMember: group.On})},
		"modify nothing":     {"TopicChange", "changes nothing", modify(dyes, group.TopicChange{FromAccount: "ana"})},
		"modify no name":     {"TopicName", "is empty", modify(dyes, group.TopicChange{TopicName: restapi.Some("")})},
		"modify long notice": {"Notification", "301 bytes, at most 300", modify(dyes, group.TopicChange{
			Notification: restapi.Some(strings.Repeat("x", 301)),
		})},
		"modify data not UTF-8": {"CustomString", "UTF-8", modify(dyes, group.TopicChange{CustomString: restapi.Some("\xff")})},
		"modify by a long ID": {"From_Account", "33 bytes, at most 32", modify(dyes, group.TopicChange{
			MuteAllMember: group.Off, FromAccount: strings.Repeat("a", 33),
		})},
		"destroy none": {"TopicIdList", "is empty", func(c *group.Client) error {
			return second(c.Topics.Destroy(ctx, nil))
		}},
		"destroy in two communities": {"TopicIdList[1]", "is of another community", func(c *group.Client) error {
			return second(c.Topics.Destroy(ctx, []string{dyes, other}))
		}},
		"destroy a group": {"TopicIdList[1]", "is not the ID of a topic", func(c *group.Client) error {
			return second(c.Topics.Destroy(ctx, []string{dyes, people}))
		}},
		"all of a topic": {"GroupId", "is a topic's", func(c *group.Client) error {
			return second(c.Topics.All(ctx, dyes, "ana"))
		}},
		"all for nobody": {"From_Account", "is empty", func(c *group.Client) error {
			return second(c.Topics.All(ctx, people, ""))
		}},
		"get none": {"TopicIdList", "is empty", func(c *group.Client) error {
			return second(c.Topics.Get(ctx, "ana", []string{}))
		}},
		"get in two communities": {"TopicIdList[1]", "is of another community", func(c *group.Client) error {
			return second(c.Topics.Get(ctx, "ana", []string{dyes, other}))
		}},
	})
}

// A change of one thing leaves the others out, and an empty text is sent.
func TestTopicsModifyLittle(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{}
	require.NoError(t, group.NewClient(r).Topics.Modify(t.Context(), dyes, group.TopicChange{Notification: restapi.Some("")}))
	assert.JSONEq(t, `{"GroupId":"`+people+`","TopicId":"`+dyes+`","Notification":""}`, r.Body)
}

func TestTopicsDestroyGaps(t *testing.T) {
	t.Parallel()
	r := &conform.Recorder{Answer: `{"DestroyResultItem":[{"ErrorCode":110003,"ErrorInfo":"gone","TopicId":"` + looms + `"}]}`}
	got, err := group.NewClient(r).Topics.Destroy(t.Context(), []string{dyes, looms, dyes})
	require.NoError(t, err)
	assert.Len(t, got, 3)
	assert.JSONEq(t, `{"GroupId":"`+people+`","TopicIdList":["`+dyes+`","`+looms+`"]}`, r.Body)
	assert.Equal(t, dyes, got[0].TopicID)
	require.ErrorIs(t, got[0].Err(), restapi.ErrBadResponse)
	require.ErrorIs(t, got[1].Err(), restapi.CodeTopicAlreadyDeleted)
	assert.Equal(t, got[0], got[2])
}

// A topic that could not be read is answered without its ID.
func TestTopicsGetNamesTheNameless(t *testing.T) {
	t.Parallel()
	failed := `{"ErrorCode":110003,"ErrorInfo":"topic deleted"}`
	read := `{"ErrorCode":0,"TopicInfo":{"TopicId":"` + looms + `","GroupID":"` + people + `","ShutUpAllFlag":1}}`
	for name, tc := range map[string]struct {
		answer string
		code   error
	}{
		"one":       {failed + "," + read, restapi.CodeTopicAlreadyDeleted},
		"too many":  {failed + "," + failed + "," + read, restapi.ErrBadResponse},
		"not there": {read, restapi.ErrBadResponse},
	} {
		c := group.NewClient(&conform.Recorder{Answer: `{"TopicAndSelfInfo":[` + tc.answer + `]}`})
		got, err := c.Topics.Get(t.Context(), "ana", []string{looms, dyes})
		require.NoError(t, err, name)
		require.Len(t, got, 2, name)
		require.NoError(t, got[0].Err(), name)
		assert.Equal(t, group.TopicInfo{GroupID: people, TopicID: looms, MuteAllMember: group.On}, got[0], name)
		assert.Equal(t, dyes, got[1].TopicID, name)
		assert.Equal(t, people, got[1].GroupID, name)
		require.ErrorIs(t, got[1].Err(), tc.code, name)
	}
}

func TestTopicsMuted(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]group.Switch{
		`"MuteAllMember":"On"`:                    group.On,
		`"MuteAllMember":"Off","ShutUpAllFlag":1`: group.Off,
		`"ShutUpAllFlag":0`:                       group.Off,
		`"TopicName":"Dyes"`:                      "",
	} {
		c := group.NewClient(&conform.Recorder{Answer: `{"TopicAndSelfInfo":[{"TopicInfo":{` + answer + `}}]}`})
		got, err := c.Topics.All(t.Context(), people, "ana")
		require.NoError(t, err)
		assert.Equal(t, want, got[0].MuteAllMember, answer)
		assert.Equal(t, people, got[0].GroupID, "the answer need not say it")
	}
}
