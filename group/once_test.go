package group_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/internal/faultserver"
	"github.com/go-tencentchat/tencentchat/internal/oncetest"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/restapi/restapitest"
)

// sendOnce is how this package sends messages that the service knows again.
var sendOnce = oncetest.Way{
	Receivers: 1,
	Send: func(
		ctx context.Context, c restapi.Caller, to []string, m message.Message, _ uint32,
	) (message.Sent, error) {
		return group.NewClient(c).Send(ctx, to[0], m)
	},
	Mail: func(ctx context.Context, c restapi.Caller, groupID string) (map[string]int, error) {
		got := map[string]int{}
		for m, err := range group.NewClient(c).Messages(ctx, groupID) {
			if err != nil {
				return nil, err
			}
			got[m.MsgBody.Text()]++
		}
		return got, nil
	},
}

// officeOfGroups is a local server with n groups.
func officeOfGroups(t *testing.T, n int) (office *oncetest.Office, groupIDs []string) {
	t.Helper()
	office = oncetest.NewOffice(t, sendOnce, restapitest.WithGroupRate(-1))
	groups := group.NewClient(office.Direct())
	for i := range n {
		id, err := groups.Create(t.Context(), group.Group{GroupID: fmt.Sprint("g", i), Type: group.Public, Name: "group"})
		require.NoError(t, err)
		groupIDs = append(groupIDs, id)
	}
	return office, groupIDs
}

func TestSendsThroughEachFault(t *testing.T) {
	t.Parallel()
	office, groupIDs := officeOfGroups(t, len(faultserver.Faults()))
	oncetest.EachFault(t, office, groupIDs)
}

func TestNoSendIsASecondMessage(t *testing.T) {
	t.Parallel()
	n := 10_000
	if testing.Short() || raceDetector {
		n /= 5
	}
	office, groupIDs := officeOfGroups(t, 100)
	oncetest.UnderLoad(t, office, oncetest.Load{N: n, Receivers: groupIDs, Remembers: true})
}
