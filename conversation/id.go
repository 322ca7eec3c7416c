package conversation

import (
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An ID names one of the conversations that a user has: that with another user, or that with a group. It is made by
// [C2C] or [Group]; two are the same conversation of that user where they are equal.
type ID struct {
	Type      Type   `json:"Type"`
	ToAccount string `json:"To_Account,omitempty"` // the other user, at most 48 bytes; of TypeC2C alone
	ToGroupID string `json:"ToGroupId,omitempty"`  // the group; of TypeGroup alone
}

// C2C returns the ID of the conversation with a user, or with an official account.
func C2C(userID string) ID { return ID{Type: TypeC2C, ToAccount: userID} }

// Group returns the ID of the conversation with a group.
func Group(groupID string) ID { return ID{Type: TypeGroup, ToGroupID: groupID} }

// The key of a group is spelled in three ways, by command.
const (
	keyToGroupID = "ToGroupId"
	keyInDelete  = "ToGroupid"
	keyInTop     = "GroupId"
)

// check refuses an ID without the name that its type has, or with the other one.
func (i ID) check(cmd restapi.Command, prefix, groupKey string) error {
	switch i.Type {
	case TypeC2C:
		if i.ToGroupID != "" {
			return check.Argument(cmd, prefix+groupKey, "is given with TypeC2C, whose name is ToAccount")
		}
		return checkAccount(cmd, prefix+"To_Account", i.ToAccount)
	case TypeGroup:
		if i.ToAccount != "" {
			return check.Argument(cmd, prefix+"To_Account", "is given with TypeGroup, whose name is ToGroupID")
		}
		return check.GroupID(cmd, prefix+groupKey, i.ToGroupID)
	}
	return check.Argument(cmd, prefix+"Type", "is %d, not TypeC2C or TypeGroup", i.Type)
}

// own is an ID of an answer as it was asked for: without a name that is not of its type, whatever stands there.
func (i ID) own() ID {
	switch i.Type {
	case TypeC2C:
		i.ToGroupID = ""
	case TypeGroup:
		i.ToAccount = ""
	}
	return i
}

// checkIDs refuses a list that is empty or of more than limit conversations, or has an ID that is refused.
func checkIDs(cmd restapi.Command, list, groupKey string, ids []ID, limit int) error {
	if err := check.Count(cmd, list, len(ids), limit); err != nil {
		return err
	}
	for i, id := range ids {
		if err := id.check(cmd, list+"["+strconv.Itoa(i)+"].", groupKey); err != nil {
			return err
		}
	}
	return nil
}

// checkAccount refuses an ID that no account can have. Official accounts have conversations with users too, on either
// side.
func checkAccount(cmd restapi.Command, field, userID string) error {
	return check.Account(cmd, field, userID, userid.MaxOfficial)
}

// checkUser refuses a user, whose conversations a call is about, that no account can be.
func checkUser(cmd restapi.Command, userID string) error {
	return checkAccount(cmd, "From_Account", userID)
}
