package conversation_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	two := numbered(2)
	mark := func(change func(*conversation.MarkItem)) func(*conversation.Client) error {
		item := conversation.MarkItem{ContactItem: two[0]}
		change(&item)
		return func(c *conversation.Client) error {
			return second(c.Mark(ctx, "ana", append(marked(two[1:]), item)))
		}
	}
	long := strings.Repeat("x", 257)
	for name, tc := range map[string]struct {
		field, reason string
		call          func(c *conversation.Client) error
	}{
		"list of nobody": {"From_Account", "is empty", func(c *conversation.Client) error {
			return second(conform.Drain(c.Conversations(ctx, "")))
		}},
		"list elsewhere": {"TimeStamp", "is not a cursor", func(c *conversation.Client) error {
			return second(c.ConversationPage(ctx, "ana", "100"))
		}},
		"list of five numbers": {"TimeStamp", "is not a cursor", func(c *conversation.Client) error {
			return second(c.ConversationPage(ctx, "ana", "1,2,3,4,5"))
		}},
		"delete of nobody": {"From_Account", "is empty", func(c *conversation.Client) error {
			return c.Delete(ctx, "", two[0])
		}},
		"pin of a long ID": {"From_Account", "has 49 bytes, at most 48", func(c *conversation.Client) error {
			return c.Pin(ctx, strings.Repeat("a", 49), two)
		}},
		"pin none": {"RecentContactItem", "is empty", func(c *conversation.Client) error {
			return c.Pin(ctx, "ana", nil)
		}},
		"unpin none": {"RecentContactItem", "is empty", func(c *conversation.Client) error {
			return c.Unpin(ctx, "ana", nil)
		}},
		"mark of nobody": {"From_Account", "is empty", func(c *conversation.Client) error {
			return second(c.Mark(ctx, "", marked(two)))
		}},
		"mark none": {"MarkItem", "is empty", func(c *conversation.Client) error {
			return second(c.Mark(ctx, "ana", nil))
		}},
		"mark too many": {"MarkItem", "101 items, at most 100", func(c *conversation.Client) error {
			return second(c.Mark(ctx, "ana", marked(numbered(101))))
		}},
		"mark twice": {"MarkItem[1].ContactItem", "is named twice", func(c *conversation.Client) error {
			return second(c.Mark(ctx, "ana", marked([]conversation.ID{two[0], two[0]})))
		}},
		"mark nothing": {"MarkItem[1]", "has none of", mark(func(*conversation.MarkItem) {})},
		"mark 0": {"MarkItem[1].SetMark[1]", "is 0, not 1 to 64", mark(func(i *conversation.MarkItem) {
			i.SetMark = []conversation.Mark{1, 0}
		})},
		"clear 65": {"MarkItem[1].ClearMark[0]", "is 65, not 1 to 64", mark(func(i *conversation.MarkItem) {
			i.ClearMark = []conversation.Mark{65}
		})},
		"set and clear": {"MarkItem[1].ClearMark[1]", "is 64, which is in SetMark", mark(func(i *conversation.MarkItem) {
			i.SetMark, i.ClearMark = []conversation.Mark{1, 64}, []conversation.Mark{2, 64}
		})},
		"long mark": {"MarkItem[1].CustomMark", "257 bytes, at most 256", mark(func(i *conversation.MarkItem) {
			i.CustomMark = restapi.Some(long)
		})},
		"mark not UTF-8": {"MarkItem[1].CustomMark", "UTF-8", mark(func(i *conversation.MarkItem) {
			i.CustomMark = restapi.Some("\xff")
		})},
		"create for nobody": {"From_Account", "is empty", func(c *conversation.Client) error {
			return second(c.CreateContactGroup(ctx, "", "work", two))
		}},
		"create no name": {"GroupContactItem[0].GroupName", "is empty", func(c *conversation.Client) error {
			return second(c.CreateContactGroup(ctx, "ana", "", two))
		}},
		"create long name": {"GroupContactItem[0].GroupName", "33 bytes, at most 32", func(c *conversation.Client) error {
			return second(c.CreateContactGroup(ctx, "ana", long[:33], two))
		}},
		"create of none": {"GroupContactItem[0].ContactItem", "is empty", func(c *conversation.Client) error {
			return second(c.CreateContactGroup(ctx, "ana", "work", nil))
		}},
		"create of too many": {"GroupContactItem[0].ContactItem", "1001 items", func(c *conversation.Client) error {
			return second(c.CreateContactGroup(ctx, "ana", "work", numbered(1001)))
		}},
		"update of nobody": {"From_Account", "is empty", func(c *conversation.Client) error {
			return second(c.UpdateContactGroup(ctx, "", "work", two, nil))
		}},
		"update no name": {"UpdateGroup.OldGroupName", "is empty", func(c *conversation.Client) error {
			return second(c.UpdateContactGroup(ctx, "ana", "", two, nil))
		}},
		"update nothing": {"UpdateGroup.ContactUpdateItem", "is empty", func(c *conversation.Client) error {
			return second(c.UpdateContactGroup(ctx, "ana", "work", nil, []conversation.ID{}))
		}},
		"update in and out": {
			"UpdateGroup.ContactUpdateItem[3].ContactItem", "is to be put in and taken out",
			func(c *conversation.Client) error {
				return second(c.UpdateContactGroup(ctx, "ana", "work", two, []conversation.ID{conversation.C2C("x"), two[1]}))
			},
		},
		"rename of nobody": {"From_Account", "is empty", func(c *conversation.Client) error {
			return second(c.RenameContactGroup(ctx, "", "work", "office"))
		}},
		"rename no name": {"UpdateGroup.OldGroupName", "is empty", func(c *conversation.Client) error {
			return second(c.RenameContactGroup(ctx, "ana", "", "office"))
		}},
		"rename long name": {"UpdateGroup.NewGroupName", "33 bytes, at most 32", func(c *conversation.Client) error {
			return second(c.RenameContactGroup(ctx, "ana", "work", long[:33]))
		}},
		"delete group of nobody": {"From_Account", "is empty", func(c *conversation.Client) error {
			return second(c.DeleteContactGroup(ctx, "", "work"))
		}},
		"delete no name": {"GroupName[0]", "is empty", func(c *conversation.Client) error {
			return second(c.DeleteContactGroup(ctx, "ana", ""))
		}},
		"contacts of nobody": {"From_Account", "is empty", func(c *conversation.Client) error {
			return second(conform.Drain(c.Contacts(ctx, "")))
		}},
		"contacts elsewhere": {"StartIndex", "is not a cursor", func(c *conversation.Client) error {
			return second(c.ContactPage(ctx, "ana", "1,2,3,4"))
		}},
		"search of nobody": {"From_Account", "is empty", func(c *conversation.Client) error {
			return second(c.SearchContacts(ctx, "", two))
		}},
		"search too many": {"ContactItem", "301 items, at most 300", func(c *conversation.Client) error {
			return second(c.SearchContacts(ctx, "ana", numbered(301)))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{}`}
			err := tc.call(conversation.NewClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			argument, _ := errors.AsType[*restapi.ArgumentError](err)
			assert.Equal(t, tc.field, argument.Field)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.NotEmpty(t, argument.Command.Name)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
}
