package friend_test

import (
	"context"
	"testing"
	"time"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCommandsAreAsDocumented(t *testing.T) {
	t.Parallel()
	users := []string{"bob", "cat"}
	groups := []string{"Work", "Chess"}
	day := time.Unix(1735689600, 0)
	fields := profile.Items{friend.Remark.To("Bobby"), friend.Groups.To(groups), friend.Custom("Note").To("tall")}
	request := friend.Request{
		ToAccount: "bob", Remark: "Remark", GroupName: "GroupName", AddSource: "AddSource_Type_Card",
		AddWording: "AddWording",
	}
	imported := friend.ImportItem{
		ToAccount: "bob", Remark: "Remark", RemarkTime: day, GroupName: groups, AddSource: "AddSource_Type_Import",
		AddWording: "AddWording", AddTime: day, CustomItem: fields[2:],
	}
	row := func(cmd restapi.Command, call func(context.Context, *friend.Client) (any, error)) conform.Row {
		return conform.Row{Command: cmd, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
			return call(ctx, friend.NewClient(c))
		}}
	}
	ends := func(r conform.Row, hints map[string]any) conform.Row {
		r.Hints = hints
		return r
	}
	conform.Area(t, "friend", []conform.Row{
		row(friend.CommandFriendAdd, func(ctx context.Context, c *friend.Client) (any, error) {
			second := friend.Request{ToAccount: "cat", AddSource: "AddSource_Type_Card"}
			return c.Add(ctx, "ann", []friend.Request{request, second}, friend.Both, friend.WithForce())
		}),
		row(friend.CommandFriendImport, func(ctx context.Context, c *friend.Client) (any, error) {
			second := friend.ImportItem{ToAccount: "cat", AddSource: "AddSource_Type_Import"}
			return c.Import(ctx, "ann", []friend.ImportItem{imported, second})
		}),
		row(friend.CommandFriendUpdate, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.Update(ctx, "ann", []friend.UpdateItem{{"bob", fields}, {"cat", fields[:1]}})
		}),
		row(friend.CommandFriendDelete, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.Delete(ctx, "ann", users, friend.Both)
		}),
		row(friend.CommandFriendDeleteAll, func(ctx context.Context, c *friend.Client) (any, error) {
			return nil, c.DeleteAll(ctx, "ann", friend.Both)
		}),
		row(friend.CommandFriendCheck, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.Check(ctx, "ann", users, friend.Both)
		}),
		ends(row(friend.CommandFriendGet, func(ctx context.Context, c *friend.Client) (any, error) {
			return conform.Drain(c.Friends(ctx, "ann"))
		}), map[string]any{"CompleteFlag": 1}),
		row(friend.CommandFriendGet, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.FriendPage(ctx, "ann", "100", friend.WithSequences(88, 46))
		}),
		row(friend.CommandFriendGetList, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.Get(ctx, "ann", users, friend.Remark, profile.Nick)
		}),
		row(friend.CommandBlackListAdd, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.Block(ctx, "ann", users)
		}),
		row(friend.CommandBlackListDelete, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.Unblock(ctx, "ann", users)
		}),
		row(friend.CommandBlackListCheck, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.CheckBlocked(ctx, "ann", users, friend.Both)
		}),
		ends(row(friend.CommandBlackListGet, func(ctx context.Context, c *friend.Client) (any, error) {
			return conform.Drain(c.BlockedUsers(ctx, "ann"))
		}), map[string]any{"StartIndex": 0}),
		row(friend.CommandBlackListGet, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.BlockedUserPage(ctx, "ann", "30", 30)
		}),
		row(friend.CommandGroupAdd, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.AddGroups(ctx, "ann", groups, users)
		}),
		row(friend.CommandGroupDelete, func(ctx context.Context, c *friend.Client) (any, error) {
			return nil, c.DeleteGroups(ctx, "ann", groups)
		}),
		row(friend.CommandGroupGet, func(ctx context.Context, c *friend.Client) (any, error) {
			return c.Groups(ctx, "ann", friend.WithFriends(), friend.WithGroups(groups...))
		}),
	}, exceptions()...)
}

func exceptions() []conform.Exception {
	const newest = "Groups reads the same number"
	all := []conform.Exception{
		{Command: friend.CommandFriendDelete, Answer: "Fail_Account", Reason: "its neighbours have it"},
		{Command: friend.CommandBlackListGet, Request: "LastSequence", Reason: "the page tells servers to send 0"},
		{Command: friend.CommandGroupGet, Request: "LastSequence", Reason: "it is gone from the newest page"},
		{Command: friend.CommandGroupAdd, Answer: "CurrentSequence", Reason: newest},
		{Command: friend.CommandGroupDelete, Answer: "CurrentSequence", Reason: newest},
	}
	for _, cmd := range []restapi.Command{
		friend.CommandFriendAdd, friend.CommandFriendImport, friend.CommandFriendUpdate, friend.CommandFriendDelete,
		friend.CommandFriendCheck, friend.CommandFriendGetList, friend.CommandBlackListAdd, friend.CommandBlackListDelete,
		friend.CommandBlackListCheck, friend.CommandGroupAdd,
	} {
		all = append(all, conform.Exception{Command: cmd, Answer: "Invalid_Account", Reason: "older pages have it"})
	}
	return all
}
