package conversation_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/conversation"
	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A namer is a call that names a conversation.
type namer struct {
	at, groupKey string // where it stands in the request, and the key of a group there
	call         func(ctx context.Context, c *conversation.Client, id ...conversation.ID) error
}

func namers() map[string]namer {
	type client = *conversation.Client
	type ids = []conversation.ID
	return map[string]namer{
		"delete": {"", "ToGroupid", func(ctx context.Context, c client, id ...conversation.ID) error {
			return c.Delete(ctx, "ana", id[0])
		}},
		"pin": {"RecentContactItem[0].", "GroupId", func(ctx context.Context, c client, id ...conversation.ID) error {
			return c.Pin(ctx, "ana", id)
		}},
		"unpin": {"RecentContactItem[0].", "GroupId", func(ctx context.Context, c client, id ...conversation.ID) error {
			return c.Unpin(ctx, "ana", id)
		}},
		"mark": {
			"MarkItem[0].ContactItem.", "ToGroupId",
			func(ctx context.Context, c client, id ...conversation.ID) error {
				return second(c.Mark(ctx, "ana", marked(id)))
			},
		},
		"create": {
			"GroupContactItem[0].ContactItem[0].", "ToGroupId",
			func(ctx context.Context, c client, id ...conversation.ID) error {
				return second(c.CreateContactGroup(ctx, "ana", "work", id))
			},
		},
		"put in": {
			"UpdateGroup.ContactUpdateItem[0].ContactItem.", "ToGroupId",
			func(ctx context.Context, c client, id ...conversation.ID) error {
				return second(c.UpdateContactGroup(ctx, "ana", "work", id, nil))
			},
		},
		"take out": {
			"UpdateGroup.ContactUpdateItem[1].ContactItem.", "ToGroupId",
			func(ctx context.Context, c client, id ...conversation.ID) error {
				return second(c.UpdateContactGroup(ctx, "ana", "work", ids{conversation.C2C("first")}, id))
			},
		},
		"search": {"ContactItem[0].", "ToGroupId", func(ctx context.Context, c client, id ...conversation.ID) error {
			return second(c.SearchContacts(ctx, "ana", id))
		}},
	}
}

// No command is like the other: ToGroupId, ToGroupid and GroupId.
func TestIDsAreSpelledAsTheCommandHasThem(t *testing.T) {
	t.Parallel()
	official := "@TOA#_" + strings.Repeat("a", 42)
	for name, n := range namers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{"GroupResultItem":[{}],"UpdateGroupResult":{}}`}
			c := conversation.NewClient(r)
			require.NoError(t, n.call(t.Context(), c, conversation.C2C(official)))
			assert.Contains(t, r.Body, `"Type":1,"To_Account":"`+official+`"`)
			assert.NotContains(t, strings.ToLower(r.Body), `groupid"`)
			require.NoError(t, n.call(t.Context(), c, conversation.Group("team7")))
			assert.Contains(t, r.Body, `"Type":2,"`+n.groupKey+`":"team7"`)
		})
	}
}

func TestIDsThatAreRefused(t *testing.T) {
	t.Parallel()
	for why, tc := range map[string]struct {
		id            conversation.ID
		field, reason string // the field "" is that of a group
	}{
		"zero":             {conversation.ID{}, "Type", "is 0, not TypeC2C or TypeGroup"},
		"another type":     {conversation.ID{Type: 3, ToAccount: "ben"}, "Type", "is 3, not"},
		"no user":          {conversation.C2C(""), "To_Account", "is empty"},
		"a long user":      {conversation.C2C(strings.Repeat("a", 49)), "To_Account", "49 bytes, at most 48"},
		"a control":        {conversation.C2C("a\nb"), "To_Account", "control character"},
		"no group":         {conversation.Group(""), "", "is empty"},
		"not UTF-8":        {conversation.Group("a\xff"), "", "UTF-8"},
		"a user, by group": {conversation.ID{conversation.TypeC2C, "ben", "team7"}, "", "is given with TypeC2C"},
		"a group, by user": {
			conversation.ID{conversation.TypeGroup, "ben", "team7"}, "To_Account", "is given with TypeGroup",
		},
		"a user as a group": {conversation.ID{Type: conversation.TypeC2C, ToGroupID: "team7"}, "", "TypeC2C"},
	} {
		for name, n := range namers() {
			t.Run(name+" "+why, func(t *testing.T) {
				t.Parallel()
				field := n.at + tc.field
				if tc.field == "" {
					field += n.groupKey
				}
				r := &conform.Recorder{}
				err := n.call(t.Context(), conversation.NewClient(r), tc.id)
				require.ErrorIs(t, err, restapi.ErrInvalidArgument)
				argument, _ := errors.AsType[*restapi.ArgumentError](err)
				assert.Equal(t, field, argument.Field)
				assert.Contains(t, argument.Reason, tc.reason)
				assert.Zero(t, r.Calls, "nothing may be sent")
			})
		}
	}
}
