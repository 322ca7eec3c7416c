package group

import (
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An AtInfo is one mention in a group message: of one user, or of all. The mentions of a message follow the @ marks
// of its text, one for one.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34959
type AtInfo struct {
	GroupAtAllFlag int    `json:"GroupAtAllFlag"`            // 1: everyone is mentioned; 0: GroupAtAccount is
	GroupAtAccount string `json:"GroupAt_Account,omitempty"` // the user; empty where everyone is mentioned
}

// At is the mention of one user.
func At(userID string) AtInfo { return AtInfo{GroupAtAccount: userID} }

// AtAll is the mention of everyone.
func AtAll() AtInfo { return AtInfo{GroupAtAllFlag: 1} }

// checkMentions refuses more mentions than a message can have, and what mentions nobody, or one and all at once.
func checkMentions(cmd restapi.Command, mentions []AtInfo) error {
	if n := len(mentions); n > MaxMentions {
		return check.Argument(cmd, "GroupAtInfo", "has %d items, at most %d are allowed in one message", n, MaxMentions)
	}
	for i, at := range mentions {
		field := "GroupAtInfo[" + strconv.Itoa(i) + "]"
		switch {
		case at.GroupAtAllFlag == 0:
			if err := check.UserID(cmd, field+".GroupAt_Account", at.GroupAtAccount); err != nil {
				return err
			}
		case at.GroupAtAllFlag != 1:
			return check.Argument(cmd, field+".GroupAtAllFlag", "is %d, not 0 or 1", at.GroupAtAllFlag)
		case at.GroupAtAccount != "":
			return check.Argument(cmd, field, "mentions all and one: each is a mention of its own")
		}
	}
	return nil
}
