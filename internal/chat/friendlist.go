package chat

import (
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/friendfields"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// friendsPage is how many friends a page has; the service does not say.
const friendsPage = 100

type importedFriend struct {
	ToAccount  string `json:"To_Account"`
	Remark     string
	GroupName  []string
	AddSource  string
	AddWording string
	AddTime    int64
	CustomItem profile.Items
}

// friendImport fills the list of one user, without a question to anybody. One who is on it gets the new fields.
func friendImport(a *App, c *call, req *struct {
	FromAccount   string `json:"From_Account"`
	AddFriendItem []importedFriend
},
) (any, error) {
	others := make([]string, len(req.AddFriendItem))
	for i, one := range req.AddFriendItem {
		others[i] = one.ToAccount
		if err := checkFriend(one.Remark, one.AddSource, one.AddWording, one.GroupName...); err != nil {
			return nil, err
		}
		for _, item := range one.CustomItem {
			if err := checkCustomItem(item); err != nil {
				return nil, err
			}
		}
	}
	t, err := a.parties(req.FromAccount, others, friend.MaxUsers)
	if err != nil {
		return nil, err
	}
	var results outcomes
	for _, one := range req.AddFriendItem {
		err := a.checkOther(req.FromAccount, one.ToAccount)
		if err == nil && !t.friends.has(one.ToAccount) && t.friends.len() >= maxFriends {
			err = refuse(restapi.CodeRelationFriendLimit, "the user has 3000 friends")
		}
		if err == nil {
			err = t.checkGroupRoom(one.GroupName)
		}
		if err == nil {
			since := c.now
			if one.AddTime != 0 {
				since = time.Unix(one.AddTime, 0)
			}
			items := added(one.AddSource, one.AddWording, one.Remark, one.GroupName, since)
			a.relations.befriend(req.FromAccount, one.ToAccount, append(items, one.CustomItem...)...)
		}
		results.add(one.ToAccount, err)
	}
	return results, nil
}

type updatedFriend struct {
	ToAccount string `json:"To_Account"`
	SnsItem   profile.Items
}

func friendUpdate(a *App, _ *call, req *struct {
	FromAccount string `json:"From_Account"`
	UpdateItem  []updatedFriend
},
) (any, error) {
	others := make([]string, len(req.UpdateItem))
	for i, one := range req.UpdateItem {
		others[i] = one.ToAccount
		if len(one.SnsItem) == 0 {
			return nil, badRelation("SnsItem is empty")
		}
		for _, item := range one.SnsItem {
			if err := checkFriendItem(item); err != nil {
				return nil, err
			}
		}
	}
	t, err := a.parties(req.FromAccount, others, friend.MaxUsers)
	if err != nil {
		return nil, err
	}
	var results outcomes
	for _, one := range req.UpdateItem {
		err := a.checkOther(req.FromAccount, one.ToAccount)
		if err == nil && !t.friends.has(one.ToAccount) {
			err = badRelation("the user is not a friend")
		}
		if err == nil {
			err = a.checkFriendWords(t, one.SnsItem)
		}
		if err == nil {
			a.relations.befriend(req.FromAccount, one.ToAccount, one.SnsItem...)
		}
		results.add(one.ToAccount, err)
	}
	return results, nil
}

// checkFriendItem refuses a field that cannot be set, or not to that.
func checkFriendItem(item profile.Item) error {
	one := profile.Items{item}
	switch item.Tag {
	case friend.Remark.Tag():
		if text, ok := wire.Unquote(item.Value); !ok || len(text) > friendfields.MaxRemark {
			return badRelation("the remark is not a text of at most 96 bytes")
		}
		return nil
	case friend.Groups.Tag():
		groups, ok := friend.Groups.Of(one)
		if !ok {
			return badRelation("the friend groups are not a list of texts")
		}
		return checkGroupNames(groups)
	}
	return checkCustomItem(item)
}

func checkCustomItem(item profile.Item) error {
	if !isFriendTag(item.Tag) || isStandard(item.Tag) {
		return badRelation("there is no field " + item.Tag + " that can be set")
	}
	if fault, reason := profilefields.CheckValue(item.Tag, item.Value); fault != profilefields.None {
		return badRelation(item.Tag + " " + reason)
	}
	return nil
}

// checkFriendWords refuses texts that the content filter stops, and groups for which there is no room.
func (a *App) checkFriendWords(t *ties, items profile.Items) error {
	for _, item := range items {
		groups, _ := friend.Groups.Of(profile.Items{{Tag: friend.Groups.Tag(), Value: item.Value}})
		text, _ := wire.Unquote(item.Value)
		if a.forbids(text) || slices.ContainsFunc(groups, a.forbids) {
			return refuse(restapi.CodeRelationSensitiveText, item.Tag+" contains a forbidden word")
		}
		if err := t.checkGroupRoom(groups); err != nil {
			return err
		}
	}
	return nil
}

type listedFriend struct {
	ToAccount string        `json:"To_Account"`
	ValueItem profile.Items `json:",omitempty"`
}

// friendGet reads a page. Fields of a kind whose sequence is still that of the caller are left out.
func friendGet(a *App, _ *call, req *struct {
	FromAccount                                  string `json:"From_Account"`
	StartIndex, StandardSequence, CustomSequence uint64
},
) (any, error) {
	t, err := a.party(req.FromAccount)
	if err != nil {
		return nil, err
	}
	var result struct {
		UserDataItem                     []listedFriend
		StandardSequence, CustomSequence uint64
		FriendNum, CompleteFlag          int
		NextStartIndex                   uint64
	}
	page, next := t.friends.page(req.StartIndex, friendsPage)
	known := func(item profile.Item) bool {
		if isStandard(item.Tag) {
			return req.StandardSequence != 0 && req.StandardSequence == t.standard
		}
		return req.CustomSequence != 0 && req.CustomSequence == t.custom
	}
	result.UserDataItem = make([]listedFriend, len(page))
	for i, one := range page {
		result.UserDataItem[i].ToAccount = one.userID
		for _, item := range one.value.items {
			if !known(item) {
				result.UserDataItem[i].ValueItem = append(result.UserDataItem[i].ValueItem, item)
			}
		}
	}
	result.StandardSequence, result.CustomSequence = t.standard, t.custom
	result.FriendNum, result.NextStartIndex = t.friends.len(), next
	if next == 0 {
		result.CompleteFlag = 1
	}
	return result, nil
}
