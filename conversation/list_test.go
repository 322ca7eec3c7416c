package conversation_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// pages is a Caller that answers with one conversation, and the numbers that follow those asked.
type pages struct {
	next  map[[4]int][4]int // no entry: the last page
	asked [][4]int
	body  string // of the last request
}

type numbers struct {
	TimeStamp, StartIndex, TopTimeStamp, TopStartIndex int
}

func (p *pages) Call(ctx context.Context, _ restapi.Command, req, resp any) error {
	body, err := json.Marshal(req)
	if err != nil {
		return err
	}
	p.body = string(body)
	var n numbers
	if err := json.Unmarshal(body, &n); err != nil {
		return err
	}
	at := [4]int{n.TimeStamp, n.StartIndex, n.TopTimeStamp, n.TopStartIndex}
	p.asked = append(p.asked, at)
	next, more := p.next[at]
	if !more {
		next = [4]int{9, 9, 9, 9}
	}
	complete := 1
	if more {
		complete = 0
	}
	answer := fmt.Sprintf(`{"SessionItem":[{"Type":1,"To_Account":"u%d"}],"CompleteFlag":%d,`+
		`"TimeStamp":%d,"StartIndex":%d,"TopTimeStamp":%d,"TopStartIndex":%d}`,
		len(p.asked), complete, next[0], next[1], next[2], next[3])
	if err := json.Unmarshal([]byte(answer), resp); err != nil {
		return err
	}
	return ctx.Err()
}

// The four numbers go back together, and CompleteFlag alone ends the list.
func TestConversationsGoToTheirEnd(t *testing.T) {
	t.Parallel()
	p := &pages{next: map[[4]int][4]int{{}: {0, 0, 7, 100}, {0, 0, 7, 100}: {5, 0, 0, 0}}}
	got, err := conform.Drain(conversation.NewClient(p).Conversations(t.Context(), "ana",
		conversation.WithAssistFlags(conversation.AssistTop|conversation.AssistTopPages)))
	require.NoError(t, err)
	assert.Equal(t, []conversation.Conversation{
		{ID: conversation.C2C("u1")}, {ID: conversation.C2C("u2")}, {ID: conversation.C2C("u3")},
	}, got)
	assert.Equal(t, [][4]int{{}, {0, 0, 7, 100}, {5, 0, 0, 0}}, p.asked)
	assert.JSONEq(t, `{"From_Account":"ana","TimeStamp":5,"StartIndex":0,"TopTimeStamp":0,"TopStartIndex":0,`+
		`"AssistFlags":5}`, p.body)
}

func TestListsThatNeverEnd(t *testing.T) {
	t.Parallel()
	a, b := [4]int{1, 2, 3, 4}, [4]int{1, 2, 3, 5}
	for name, next := range map[string]map[[4]int][4]int{
		"the same":   {{}: a, a: a},
		"by turns":   {{}: a, a: b, b: a},
		"no numbers": {{}: {}},
	} {
		p := &pages{next: next}
		_, err := conform.Drain(conversation.NewClient(p).Conversations(t.Context(), "ana"))
		require.ErrorIs(t, err, restapi.ErrBadResponse, name)
		require.ErrorContains(t, err, "recentcontact/get_list: ")
		assert.Less(t, len(p.asked), 10)
	}
	for _, next := range []int{0, 7} {
		r := &conform.Recorder{Answer: fmt.Sprintf(`{"CompleteFlag":0,"NextStartIndex":%d}`, next)}
		_, err := conform.Drain(conversation.NewClient(r).Contacts(t.Context(), "ana"))
		require.ErrorIs(t, err, restapi.ErrBadResponse)
		require.ErrorContains(t, err, "recentcontact/get_contact_group: ")
		assert.Less(t, r.Calls, 10)
	}
}

func TestConversationsEndWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := &pages{next: map[[4]int][4]int{{}: {1}}}
	var got []string
	for c, err := range conversation.NewClient(p).Conversations(ctx, "ana") {
		got = append(got, fmt.Sprint(c.ToAccount, errors.Is(err, context.Canceled)))
		cancel()
	}
	assert.Equal(t, []string{"u1false", "true"}, got)
}

func TestConversationPageReadsTheDocumentedAnswers(t *testing.T) {
	t.Parallel()
	page, err := answering(t, conversation.CommandGetList, 0).ConversationPage(t.Context(), "ana", "")
	require.NoError(t, err)
	assert.Empty(t, page.Next)
	assert.Equal(t, []conversation.Conversation{
		{ID: conversation.C2C("ben"), MsgTime: time.Unix(1700000000, 0), TopFlag: true},
		{ID: conversation.Group("team7"), MsgTime: time.Unix(1700000001, 0)},
	}, page.Items)

	// An empty page is not the end.
	page, err = answering(t, conversation.CommandGetList, 1).ConversationPage(t.Context(), "ana", "")
	require.NoError(t, err)
	assert.Empty(t, page.Items)
	r := &conform.Recorder{Answer: `{}`}
	require.NoError(t, second(conversation.NewClient(r).ConversationPage(t.Context(), "ana", page.Next)))
	assert.JSONEq(t, `{"From_Account":"ana","TimeStamp":1700000000,"StartIndex":20,"TopTimeStamp":0,"TopStartIndex":0,`+
		`"AssistFlags":7}`, r.Body)
}
