package friend_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	add := func(friends ...friend.Request) func(*friend.Client) error {
		return func(c *friend.Client) error { return second(c.Add(ctx, "ann", friends, friend.Both)) }
	}
	imports := func(friends ...friend.ImportItem) func(*friend.Client) error {
		return func(c *friend.Client) error { return second(c.Import(ctx, "ann", friends)) }
	}
	request := func(change func(*friend.Request)) func(*friend.Client) error {
		r := friend.Request{ToAccount: "bob", AddSource: "AddSource_Type_Card"}
		change(&r)
		return add(r)
	}
	item := func(change func(*friend.ImportItem)) func(*friend.Client) error {
		i := friend.ImportItem{ToAccount: "bob", AddSource: "AddSource_Type_Card"}
		change(&i)
		return imports(i)
	}
	bob := friend.Request{ToAccount: "bob", AddSource: "AddSource_Type_Card"}
	long := strings.Repeat("x", 257)
	for name, tc := range map[string]struct {
		field, reason string
		call          func(c *friend.Client) error
	}{
		"add none":   {"AddFriendItem", "is empty", add()},
		"add nobody": {"AddFriendItem[1].To_Account", "is empty", add(bob, friend.Request{})},
		"add twice":  {"AddFriendItem[1].To_Account", "is named twice", add(bob, bob)},
		"add oneself": {"AddFriendItem[0].To_Account", "is the user", request(func(r *friend.Request) {
			r.ToAccount = "ann"
		})},
		"add with no source": {"AddFriendItem[0].AddSource", "AddSource_Type_", request(func(r *friend.Request) {
			r.AddSource = ""
		})},
		"add with bad source": {"AddFriendItem[0].AddSource", "1 to 8 letters", request(func(r *friend.Request) {
			r.AddSource = "AddSource_Type_2"
		})},
		"add long remark": {"AddFriendItem[0].Remark", "257 bytes, at most 96", request(func(r *friend.Request) {
			r.Remark = long
		})},
		"add long group": {"AddFriendItem[0].GroupName", "at most 30", request(func(r *friend.Request) {
			r.GroupName = long
		})},
		"add long wording": {"AddFriendItem[0].AddWording", "at most 256", request(func(r *friend.Request) {
			r.AddWording = long
		})},
		"add for nobody": {"From_Account", "is empty", func(c *friend.Client) error {
			return second(c.Add(ctx, "", []friend.Request{bob}, friend.Both))
		}},
		"import too many": {"AddFriendItem", "1001 items, at most 1000", imports(make([]friend.ImportItem, 1001)...)},
		"import oneself": {"AddFriendItem[0].To_Account", "is the user", item(func(i *friend.ImportItem) {
			i.ToAccount = "ann"
		})},
		"import no source": {"AddFriendItem[0].AddSource", "AddSource_Type_", item(func(i *friend.ImportItem) {
			i.AddSource = ""
		})},
		"import into no group": {"AddFriendItem[0].GroupName[1]", "is empty", item(func(i *friend.ImportItem) {
			i.GroupName = []string{"Work", ""}
		})},
		"import into many groups": {"AddFriendItem[0].GroupName", "33 items, at most 32", item(func(i *friend.ImportItem) {
			i.GroupName = numbered(33)
		})},
		"import before 1970": {"AddFriendItem[0].AddTime", "from 1970", item(func(i *friend.ImportItem) {
			i.AddTime = time.Unix(-1, 0)
		})},
		"import after 2106": {"AddFriendItem[0].RemarkTime", "to 2106", item(func(i *friend.ImportItem) {
			i.RemarkTime = time.Unix(1<<32, 0)
		})},
		"import a remark": {"AddFriendItem[0].CustomItem[0].Tag", "Tag_SNS_Custom_", item(func(i *friend.ImportItem) {
			i.CustomItem = profile.Items{friend.Remark.To("Bobby")}
		})},
		"delete none": {"To_Account", "is empty", func(c *friend.Client) error {
			return second(c.Delete(ctx, "ann", nil, friend.Both))
		}},
		"delete all of nobody": {"From_Account", "is empty", func(c *friend.Client) error {
			return c.DeleteAll(ctx, "", friend.Both)
		}},
		"check too many": {"To_Account", "1001 items", func(c *friend.Client) error {
			return second(c.Check(ctx, "ann", numbered(1001), friend.Both))
		}},
		"check blocked nobody": {"To_Account[1]", "is empty", func(c *friend.Client) error {
			return second(c.CheckBlocked(ctx, "ann", []string{"bob", ""}, friend.Both))
		}},
		"get none": {"To_Account", "is empty", func(c *friend.Client) error { return second(c.Get(ctx, "ann", nil)) }},
		"get no field": {"TagList[1]", "is nil", func(c *friend.Client) error {
			return second(c.Get(ctx, "ann", []string{"bob"}, friend.Remark, nil))
		}},
		"get empty tag": {"TagList[0]", "is empty", func(c *friend.Client) error {
			return second(c.Get(ctx, "ann", []string{"bob"}, friend.Field[string]("")))
		}},
		"get bad custom": {"TagList[0]", "1 to 8 letters", func(c *friend.Client) error {
			return second(c.Get(ctx, "ann", []string{"bob"}, friend.Custom("a1")))
		}},
		"list of nobody": {"From_Account", "is empty", func(c *friend.Client) error {
			return second(conform.Drain(c.Friends(ctx, "")))
		}},
		"list elsewhere": {"StartIndex", "is not a cursor", func(c *friend.Client) error {
			return second(c.FriendPage(ctx, "ann", "c2VxPTEwMA=="))
		}},
		"block none": {"To_Account", "is empty", func(c *friend.Client) error {
			return second(c.Block(ctx, "ann", nil))
		}},
		"unblock too many": {"To_Account", "1001 items", func(c *friend.Client) error {
			return second(c.Unblock(ctx, "ann", numbered(1001)))
		}},
		"blocked of nobody": {"From_Account", "is empty", func(c *friend.Client) error {
			return second(conform.Drain(c.BlockedUsers(ctx, "")))
		}},
		"blocked by less": {"MaxLimited", "is -1, not 0 to 1000", func(c *friend.Client) error {
			return second(c.BlockedUserPage(ctx, "ann", "", -1))
		}},
		"blocked by more": {"MaxLimited", "is 1001", func(c *friend.Client) error {
			return second(c.BlockedUserPage(ctx, "ann", "", 1001))
		}},
		"blocked elsewhere": {"StartIndex", "is not a cursor", func(c *friend.Client) error {
			return second(c.BlockedUserPage(ctx, "ann", "-1", 0))
		}},
		"no groups": {"GroupName", "is empty", func(c *friend.Client) error {
			return second(c.AddGroups(ctx, "ann", nil, nil))
		}},
		"groups of nobody": {"From_Account", "is empty", func(c *friend.Client) error {
			return second(c.AddGroups(ctx, "", []string{"Work"}, nil))
		}},
		"group of too many": {"To_Account", "1001 items", func(c *friend.Client) error {
			return second(c.AddGroups(ctx, "ann", []string{"Work"}, numbered(1001)))
		}},
		"delete too many groups": {"GroupName", "33 items, at most 32", func(c *friend.Client) error {
			return c.DeleteGroups(ctx, "ann", numbered(33))
		}},
		"delete long group": {"GroupName[0]", "at most 30", func(c *friend.Client) error {
			return c.DeleteGroups(ctx, "ann", []string{long})
		}},
		"get groups of nobody": {"From_Account", "is empty", func(c *friend.Client) error {
			return second(c.Groups(ctx, ""))
		}},
		"get group of no name": {"GroupName[0]", "is empty", func(c *friend.Client) error {
			return second(c.Groups(ctx, "ann", friend.WithGroups("")))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{}`}
			err := tc.call(friend.NewClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			argument, _ := errors.AsType[*restapi.ArgumentError](err)
			assert.Equal(t, tc.field, argument.Field)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.NotEmpty(t, argument.Command.Name)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
}
