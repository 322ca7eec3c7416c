package callback

import "strings"

const (
	cmdSnsBlackListAdd    = "Sns.CallbackBlackListAdd"
	cmdSnsBlackListDelete = "Sns.CallbackBlackListDelete"
	cmdSnsFriendAdd       = "Sns.CallbackFriendAdd"
	cmdSnsFriendDelete    = "Sns.CallbackFriendDelete"
)

// SnsFriendAdd is sent after users became friends, but not for friends that were imported. A friendship that goes both
// ways is two pairs.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34359
type SnsFriendAdd struct {
	Meta

	PairList     []SnsPair    `json:"PairList,omitzero"`
	ClientCmd    SnsClientCmd `json:"ClientCmd"`     // what caused it; spelled in two ways, compare with Is
	AdminAccount string       `json:"Admin_Account"` // the administrator who did it over REST, else empty
	ForceFlag    int          `json:"ForceFlag"`     // 1: forced by an administrator
}

// SnsFriendDelete is sent after friends were deleted. A friendship that ends on both sides is two pairs.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34360
type SnsFriendDelete struct {
	Meta

	PairList []SnsPair `json:"PairList,omitzero"`
}

// SnsBlackListAdd is sent after users were blocked.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34361
type SnsBlackListAdd struct {
	Meta

	PairList []SnsPair `json:"PairList,omitzero"`
}

// SnsBlackListDelete is sent after users were unblocked.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34362
type SnsBlackListDelete struct {
	Meta

	PairList []SnsPair `json:"PairList,omitzero"`
}

// SnsPair is one change of a friend list or a blocklist.
type SnsPair struct {
	FromAccount      string `json:"From_Account"`                // whose list changed
	ToAccount        string `json:"To_Account"`                  // who was put on it or taken off it
	InitiatorAccount string `json:"Initiator_Account,omitempty"` // who made the first request; only in SnsFriendAdd
}

// SnsClientCmd is what caused a SnsFriendAdd. The vendor spells each in two ways, FriendAdd and friend_add: compare
// with Is.
type SnsClientCmd string

// The documented causes.
const (
	SnsCmdFriendAdd      SnsClientCmd = "FriendAdd"      // a request that needed no answer
	SnsCmdFriendResponse SnsClientCmd = "FriendResponse" // the answer to a request
)

// Is says whether c and d are the same cause: friend_add is FriendAdd.
func (c SnsClientCmd) Is(d SnsClientCmd) bool { return strings.EqualFold(c.plain(), d.plain()) }

func (c SnsClientCmd) plain() string { return strings.ReplaceAll(string(c), "_", "") }

// Command returns "Sns.CallbackFriendAdd".
func (*SnsFriendAdd) Command() string { return cmdSnsFriendAdd }

// Command returns "Sns.CallbackFriendDelete".
func (*SnsFriendDelete) Command() string { return cmdSnsFriendDelete }

// Command returns "Sns.CallbackBlackListAdd".
func (*SnsBlackListAdd) Command() string { return cmdSnsBlackListAdd }

// Command returns "Sns.CallbackBlackListDelete".
func (*SnsBlackListDelete) Command() string { return cmdSnsBlackListDelete }

func (*SnsFriendAdd) after()       {}
func (*SnsFriendDelete) after()    {}
func (*SnsBlackListAdd) after()    {}
func (*SnsBlackListDelete) after() {}
