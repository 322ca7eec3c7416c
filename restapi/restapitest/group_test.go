package restapitest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

func TestGroupLife(t *testing.T) {
	t.Parallel()
	srv := restapitest.NewServer()
	defer srv.Close()
	srv.AddAccount("mira", "ozan", "priya")
	groups := group.NewClient(srv.Client())
	ctx := t.Context()
	id, err := groups.Create(ctx, group.Group{
		GroupID: "harbor", Type: group.Public, Name: "Harbor watch", OwnerAccount: "mira",
		MemberList: []group.NewMember{{MemberAccount: "ozan", Role: group.RoleAdmin}},
	})
	require.NoError(t, err)
	assert.Equal(t, "harbor", id)
	added, err := groups.Members.Add(ctx, id, []string{"priya", "mira"})
	require.NoError(t, restapi.Join(added, err))
	assert.Equal(t, []group.AddResult{{UserID: "priya", Result: group.Added}, {UserID: "mira", Result: group.AlreadyMember}}, added)
	infos, err := groups.Get(ctx, []string{id, "nowhere"}, group.Filter{})
	require.NoError(t, err)
	assert.Equal(t, "Harbor watch", infos[0].Name)
	assert.Len(t, infos[0].MemberList, 3)
	require.ErrorIs(t, infos[1].Err(), restapi.CodeGroupNotFound)
	require.NoError(t, groups.Destroy(ctx, id))
	require.ErrorIs(t, groups.Destroy(ctx, id), restapi.CodeGroupNotFound)
}
