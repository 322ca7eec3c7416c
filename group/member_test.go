package group_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
)

func TestRolesAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	var roles []group.Role
	for _, one := range readDocumented(t).Role {
		roles = append(roles, one.Value)
	}
	assert.ElementsMatch(t, roles, []group.Role{group.RoleOwner, group.RoleAdmin, group.RoleMember, group.RoleNotMember})
}

func TestMsgFlagIsThatOfMessages(t *testing.T) {
	t.Parallel()
	assert.Equal(t,
		[]message.MsgFlag{
			message.AcceptAndNotify, message.AcceptNotNotify, message.AcceptNotNotifyExceptAt, message.Discard,
		},
		[]group.MsgFlag{group.AcceptAndNotify, group.AcceptNotNotify, group.AcceptNotNotifyExceptAt, group.Discard},
	)
}
