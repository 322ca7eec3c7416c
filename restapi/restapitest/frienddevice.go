package restapitest

import (
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/friend"
)

// A FriendState is what Device.AddFriend has come to.
type FriendState string

// The values of FriendState.
const (
	FriendAdded   FriendState = "Added"
	FriendPending FriendState = "Pending" // the other user has to agree first
)

// A FriendOption changes what Device.AddFriend asks for.
type FriendOption func(*adding)

type adding struct {
	request friend.Request
	oneWay  bool
}

// FriendWords sets what the other user is told, at most 256 bytes.
func FriendWords(words string) FriendOption { return func(a *adding) { a.request.AddWording = words } }

// FriendSource sets where the request comes from: AddSource_Type_ and 1 to 8 letters. The default is
// AddSource_Type_Device.
func FriendSource(source string) FriendOption {
	return func(a *adding) { a.request.AddSource = source }
}

// FriendRemark sets what the device's user calls the friend, at most 96 bytes.
func FriendRemark(remark string) FriendOption { return func(a *adding) { a.request.Remark = remark } }

// FriendGroup puts the friend into a friend group of the device's user, with a name of at most 30 bytes.
func FriendGroup(name string) FriendOption { return func(a *adding) { a.request.GroupName = name } }

// FriendOneWay adds to the list of the device's user alone, without a question to the other user.
func FriendOneWay() FriendOption { return func(a *adding) { a.oneWay = true } }

// AddFriend makes a friend of a user, or asks the user where their profile says so: FriendPending is not an error. The
// backend is asked first, by Sns.CallbackPrevFriendAdd. Sns.CallbackFriendAdd is sent when they are friends.
func (d *Device) AddFriend(userID string, opts ...FriendOption) (FriendState, error) {
	a := adding{request: friend.Request{ToAccount: userID, AddSource: "AddSource_Type_Device"}}
	for _, opt := range opts {
		opt(&a)
	}
	pending, err := d.model.AddFriend(a.request, !a.oneWay)
	switch {
	case err != nil:
		return "", failed("AddFriend", err)
	case pending:
		return FriendPending, nil
	}
	return FriendAdded, nil
}

// AnswerFriend answers the request of a user. The backend is asked first, by Sns.CallbackPrevFriendResponse.
// Sns.CallbackFriendAdd is sent where the answer is not callback.SnsRefuse.
func (d *Device) AnswerFriend(userID string, action callback.SnsResponseAction) error {
	return failed("AnswerFriend", d.model.AnswerFriend(userID, action))
}

// A FriendRequest is a request to be a friend, as the user who has to answer it sees it.
type FriendRequest struct {
	From   string    // who asks
	Words  string    // what they say
	Source string    // where the request comes from: AddSource_Type_ and 1 to 8 letters
	Time   time.Time // by the server's clock
}

// FriendRequests returns the requests that wait for the user's answer, the oldest first.
func (d *Device) FriendRequests() []FriendRequest {
	var requests []FriendRequest
	for _, r := range d.model.FriendRequests() {
		requests = append(requests, FriendRequest(r))
	}
	return requests
}

// Friends returns the user's friends, in the order in which they were added.
func (d *Device) Friends() []string { return d.model.Friends() }

// DeleteFriends ends friendships on both sides. Of several users some may be refused: the error is that of the first.
// Sns.CallbackFriendDelete is sent.
func (d *Device) DeleteFriends(userIDs ...string) error {
	return failed("DeleteFriends", d.model.DeleteFriends(userIDs))
}

// Block puts users on the user's blocklist, which ends friendships. Of several users some may be refused: the error is
// that of the first. Sns.CallbackBlackListAdd is sent.
func (d *Device) Block(userIDs ...string) error { return failed("Block", d.model.Block(userIDs)) }

// Unblock takes users off the user's blocklist; one who is not on it is no error. Sns.CallbackBlackListDelete is sent.
func (d *Device) Unblock(userIDs ...string) error { return failed("Unblock", d.model.Unblock(userIDs)) }

// Follow makes the user follow others. Of several users some may be refused: the error is that of the first.
// Follow.CallbackAfterFollowAdd is sent.
func (d *Device) Follow(userIDs ...string) error { return failed("Follow", d.model.Follow(userIDs)) }

// Unfollow makes the user follow others no more; one who is not followed is no error. Follow.CallbackAfterFollowDelete
// is sent.
func (d *Device) Unfollow(userIDs ...string) error {
	return failed("Unfollow", d.model.Unfollow(userIDs))
}
