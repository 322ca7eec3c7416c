package restapitest_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// hi is a message from ann.
var hi = message.Message{FromAccount: "ann", MsgBody: message.Text("hi"), NeedReadReceipt: true, SupportMessageExtension: true}

// What the client of messages sends the server understands, and the other way round.
func TestTheClientOfMessages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, fine(), restapitest.WithoutListener())
		srv.AddAccount("ann", "bob", "cat")
		c, ctx := message.NewClient(srv.Client()), t.Context()
		sent, err := c.Send(ctx, "bob", hi)
		require.NoError(t, err)
		assert.True(t, time.Now().Equal(sent.MsgTime))
		again, err := c.Send(ctx, "bob", message.Message{
			FromAccount: "ann", MsgBody: message.Text("hi"), NeedReadReceipt: true, SupportMessageExtension: true, MsgRandom: sent.MsgRandom,
		}, message.WithSeq(sent.MsgSeq))
		require.NoError(t, err)
		assert.Equal(t, sent, again, "a repeat")
		batch, err := c.BatchSend(ctx, []string{"bob", "cat", "eve"}, message.Message{FromAccount: "ann", MsgBody: message.Text("all")})
		require.NoError(t, err)
		assert.NotEmpty(t, batch.MsgKey)
		require.NoError(t, batch.Results[1].Err())
		require.ErrorIs(t, batch.Results[2].Err(), restapi.CodeAccountNotFound)
		_, err = c.Import(ctx, "bob", message.Message{FromAccount: "ann", MsgBody: message.Text("old"), MsgRandom: 1},
			time.Now().Add(-time.Hour), message.ImportHistory, message.WithSeq(1))
		require.NoError(t, err)

		n, err := c.AllUnread(ctx, "bob")
		require.NoError(t, err)
		assert.Equal(t, 2, n)
		nums, err := c.Unread(ctx, "bob", []string{"ann", "eve"})
		require.NoError(t, err)
		assert.Equal(t, 2, nums[0].C2CUnreadMsgNum)
		require.ErrorIs(t, nums[1].Err(), restapi.CodeAccountNotFound)
		require.NoError(t, c.SendReadReceipts(ctx, "bob", "ann", []string{sent.MsgKey}))
		require.NoError(t, c.Modify(ctx, "ann", "bob", sent.MsgKey, message.Change{MsgBody: message.Text("hello")}))
		require.NoError(t, c.MarkRead(ctx, "bob", "ann", time.Time{}))
		require.NoError(t, c.Recall(ctx, "ann", "bob", batch.MsgKey))
		seen := map[string]message.HistoryMessage{}
		for m, err := range c.Messages(ctx, "bob", "ann", time.Time{}, time.Time{}) {
			require.NoError(t, err)
			seen[m.MsgBody.Text()] = m
		}
		require.Len(t, seen, 3)
		assert.True(t, seen["hello"].IsPeerRead)
		assert.Equal(t, message.Recalled, seen["all"].MsgFlagBits)
		assert.Equal(t, "bob", seen["old"].ToAccount)
		keys, err := c.Delete(ctx, "bob", "ann", []string{sent.MsgKey, batch.MsgKey})
		require.NoError(t, restapi.Join(keys, err))

		set, err := c.SetExtensions(ctx, "ann", "bob", sent.MsgKey, []message.Extension{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}})
		require.NoError(t, restapi.Join(set, err))
		gone, err := c.DeleteExtensions(ctx, "ann", "bob", sent.MsgKey, []string{"a"})
		require.NoError(t, restapi.Join(gone, err))
		for pair, err := range c.Extensions(ctx, "ann", "bob", sent.MsgKey) {
			require.NoError(t, err)
			assert.Equal(t, message.Extension{Key: "b", Value: "2", Seq: 2}, pair)
		}
		require.NoError(t, c.ClearExtensions(ctx, "ann", "bob", sent.MsgKey))

		stream := &message.StreamElem{}
		stream.Next("good ", false)
		first, err := c.SendStream(ctx, "bob", message.Message{FromAccount: "ann", MsgBody: message.Body{stream}})
		require.NoError(t, err)
		stream.StreamMsgID = first.StreamMsgID
		stream.Next("evening", true)
		_, err = c.SendStream(ctx, "bob", message.Message{FromAccount: "ann", MsgBody: message.Body{stream}})
		require.NoError(t, err)
	})
}

// A batch to many users stays within the rate that the server has.
func TestTheClientSendsToMany(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv := newServer(t, restapitest.WithoutListener())
		srv.AddAccount("ann")
		users := make([]string, 15_000)
		for i := range users {
			users[i] = fmt.Sprintf("u%d", i)
		}
		srv.AddAccount(users...)
		c := message.NewClient(srv.Client())
		start := time.Now()
		for at := 0; at < len(users); at += message.MaxReceivers {
			sent, err := c.BatchSend(t.Context(), users[at:at+message.MaxReceivers], hi)
			require.NoError(t, err)
			require.NoError(t, restapi.Join(sent.Results, nil))
		}
		assert.Greater(t, time.Since(start), 10*time.Second, "12,000 a minute")
		for _, call := range srv.Calls() {
			assert.Zero(t, call.Code)
		}
	})
}

func TestTheClientOfConversations(t *testing.T) {
	t.Parallel()
	srv := newServer(t)
	srv.AddAccount("ann", "bob", "cat")
	c, ctx := conversation.NewClient(srv.Client()), t.Context()
	bob, cat := conversation.C2C("bob"), conversation.C2C("cat")
	for _, userID := range []string{"bob", "cat"} {
		_, err := message.NewClient(srv.Client()).Send(ctx, userID, hi)
		require.NoError(t, err)
	}
	require.NoError(t, c.Pin(ctx, "ann", []conversation.ID{bob}))
	list := func() (ids []conversation.ID) {
		for one, err := range c.Conversations(ctx, "ann") {
			require.NoError(t, err)
			ids = append(ids, one.ID)
		}
		return ids
	}
	assert.Equal(t, []conversation.ID{bob, cat}, list())
	require.NoError(t, c.Unpin(ctx, "ann", []conversation.ID{bob}))
	assert.Equal(t, []conversation.ID{cat, bob}, list())
	marked, err := c.Mark(ctx, "ann", []conversation.MarkItem{
		{ContactItem: bob, SetMark: []conversation.Mark{conversation.MarkStar}, CustomMark: restapi.Some("vip")},
		{ContactItem: conversation.Group("g"), SetMark: []conversation.Mark{conversation.MarkFold}},
	})
	require.NoError(t, err)
	require.NoError(t, marked[0].Err())
	require.ErrorIs(t, marked[1].Err(), restapi.CodeContactGroupCheckFailed)
	made, err := c.CreateContactGroup(ctx, "ann", "work", []conversation.ID{bob})
	require.NoError(t, restapi.Join(made.Results, err))
	_, err = c.RenameContactGroup(ctx, "ann", "work", "office")
	require.NoError(t, err)
	changed, err := c.UpdateContactGroup(ctx, "ann", "office", []conversation.ID{cat}, []conversation.ID{bob})
	require.NoError(t, restapi.Join(changed.Results, err))
	for contact, err := range c.Contacts(ctx, "ann") {
		require.NoError(t, err)
		switch contact.ID {
		case bob:
			assert.Equal(t, "vip", contact.CustomMark)
			assert.Empty(t, contact.Groups)
		case cat:
			assert.Equal(t, []conversation.ContactGroup{{GroupName: "office", GroupID: made.GroupID}}, contact.Groups)
		}
	}
	found, err := c.SearchContacts(ctx, "ann", []conversation.ID{bob, conversation.Group("g")})
	require.NoError(t, restapi.Join(found, err))
	assert.Equal(t, "1", found[0].StandardMark)
	_, err = c.DeleteContactGroup(ctx, "ann", "office")
	require.NoError(t, err)
	require.NoError(t, c.Delete(ctx, "ann", bob, conversation.WithClearRamble()))
	assert.Equal(t, []conversation.ID{cat}, list())
}
