package profile_test

import (
	"encoding/json"
	"testing"

	"go.uber.org/goleak"

	"github.com/go-tencentchat/tencentchat/profile"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// readUpdate returns the user and the nickname of a request of SetProfile.
func readUpdate(req any) (userID, nick string) {
	body, err := json.Marshal(req)
	if err != nil {
		panic(err)
	}
	var update struct {
		UserID string        `json:"From_Account"`
		Items  profile.Items `json:"ProfileItem"`
	}
	if err := json.Unmarshal(body, &update); err != nil {
		panic(err)
	}
	nick, _ = profile.Nick.Of(update.Items)
	return update.UserID, nick
}
