package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An item is what a line says, by its kind.
type item interface {
	// check says whether the line can be imported, as far as the input alone tells.
	check(c *checker, l *line) error
	// key names what the line is about: lines of one key share calls and stay in their order. "": any lines share calls.
	key() string
	// id is what no other line of the kind may have; "": they may.
	id() string
}

// A step imports the lines of one kind.
type step struct {
	kind   string
	what   string   // in the plural, for people
	takes  []string // fields that are imported
	leaves []string // fields that are known, and cannot be

	item func() item
	max  int // lines a call
	// send imports lines of one key, back compares them with what is there, and look does so with messages of one key, as
	// many as there are. Each has one outcome for each line.
	send, back, look func(ctx context.Context, s *service, lines []*line) []error
}

// order is the order of the steps. Messages come before members, as they take all unread counts to 0, and one-to-one
// messages at the end, as they are the most.
var order = []*step{
	{
		kind: "user", what: "accounts", max: account.MaxAccounts, item: func() item { return new(user) },
		takes: words("UserID ProfileItem"), leaves: words("CustomStatus KickTime DoNotDisturb"),
		send: importUsers, back: compareUsers,
	},
	{
		kind: "friend", what: "friends", max: friend.MaxUsers, item: func() item { return new(friendship) },
		takes: words("From_Account To_Account ValueItem"), send: importFriends, back: compareFriends,
	},
	{
		kind: "blocked", what: "blocked users", max: friend.MaxUsers, item: func() item { return new(block) },
		takes: words("From_Account To_Account"), leaves: words("AddBlackTimeStamp"),
		send: importBlocks, back: compareBlocks,
	},
	{
		kind: "follow", what: "follows", max: follow.MaxUsers, item: func() item { return new(following) },
		takes: words("From_Account To_Account"), leaves: words("FollowTime"),
		send: importFollows, back: compareFollows,
	},
	{
		kind: "group", what: "groups", max: 1, item: func() item { return new(room) },
		takes: words("GroupId Type Name Owner_Account Introduction Notification FaceUrl MaxMemberNum ApplyJoinOption " +
			"AppDefinedData SupportTopic CreateTime"),
		leaves: words("InviteJoinOption MuteAllMember HistoryMsgBeforeJoin EnablePermission DefaultPermission " +
			"LastInfoTime InfoSeq"),
		send: importRoom, back: compareRoom,
	},
	{
		kind: "topic", what: "topics", max: 1, item: func() item { return new(topic) },
		takes:  words("GroupId TopicId TopicName CustomString FaceUrl Notification Introduction CreateTime"),
		leaves: words("MuteAllMember"), send: importTopic, back: compareTopic,
	},
	{
		kind: "groupmessage", what: "group messages", max: group.MaxImportMessages,
		item:  func() item { return new(groupMessage) },
		takes: words("GroupId TopicId MsgSeq From_Account Random MsgTimeStamp MsgBody To_Account IsPlaceMsg"),
		leaves: words("CloudCustomData MsgPriority GroupAtInfo NoUnread NeedReadReceipt ReadReceiptMembers " +
			"SupportMessageExtension ExtensionList LatestSeq ClearSeq StoreTime"),
		send: importGroupMessages, look: compareGroupMessages,
	},
	{
		kind: "groupmember", what: "group members", max: group.MaxImportMembers, item: func() item { return new(member) },
		takes:  words("GroupId Member_Account Role JoinTime MsgSeq UnreadMsgNum MsgFlag NameCard AppMemberDefinedData"),
		leaves: words("LastSendMsgTime TopicReadList"),
		send:   importMembers, back: compareMembers,
	},
	{
		kind: "message", what: "one-to-one messages", max: 1, item: func() item { return new(talkMessage) },
		takes: words("From_Account To_Account MsgSeq MsgRandom MsgTimeStamp MsgBody CloudCustomData MsgFlagBits Unread"),
		leaves: words("DeletedBy IsNeedReadReceipt IsPeerRead SupportMessageExtension ExtensionList LatestSeq ClearSeq " +
			"StoreTime ExpireTime"),
		send: importMessage, look: compareTalk,
	},
}

// steps are those of order by their kinds. It is filled before main begins, as items are read with it.
var steps = func() map[string]*step {
	byKind := make(map[string]*step)
	for _, s := range order {
		byKind[s.kind] = s
	}
	return byKind
}()

// otherKinds are those of the format that cannot be imported at all.
var otherKinds = words("settings friendrequest relations contactgroup conversation groupmute groupban " +
	"joinrequest grouplog groupattributes groupcounters permissiongroup stage official subscriber officialmessage " +
	"bot library cloudword localword nospeaking blockedfile pushattr pushuser push schedtask")

func words(text string) []string { return strings.Fields(text) }

// unknown returns a field of the line that its kind does not have.
func (s *step) unknown(l *line) (string, bool) {
	for field := range l.fields {
		switch {
		case field == "kind", field == errorField, slices.Contains(s.takes, field), slices.Contains(s.leaves, field):
		default:
			return field, true
		}
	}
	return "", false
}

// service is Tencent Chat, by its areas.
type service struct {
	accounts *account.Client
	profiles *profile.Client
	friends  *friend.Client
	follows  *follow.Client
	groups   *group.Client
	messages *message.Client
	admin    string // who calls
	unread   bool   // one-to-one messages that are unread stay so
}

func newService(caller restapi.Caller, cfg config) *service {
	return &service{
		account.NewClient(caller), profile.NewClient(caller), friend.NewClient(caller), follow.NewClient(caller),
		group.NewClient(caller), message.NewClient(caller), cfg.admin, cfg.unread,
	}
}

// nowhere is a Caller that sends nothing, so that what comes before the network can be had alone.
type nowhere struct{}

func (nowhere) Call(context.Context, restapi.Command, any, any) error {
	return errors.New("goes nowhere")
}

// itemsOf returns what lines of one kind say.
func itemsOf[T item](lines []*line) []T {
	items := make([]T, len(lines))
	for i, l := range lines {
		items[i] = l.item.(T) // as the step of the kind made it
	}
	return items
}

// outcomes returns the errors of n results in their order, or that of the call for each.
func outcomes[R interface{ Err() error }](n int, results []R, err error) []error {
	errs := make([]error, n)
	for i := range errs {
		if errs[i] = err; err == nil {
			errs[i] = results[i].Err()
		}
	}
	return errs
}

// errAbsent says that what was imported is not there.
var errAbsent = errors.New("is not there")

// presence returns outcomes, and errAbsent for those of which there says no.
func presence[R interface{ Err() error }](n int, results []R, err error, there func(R) bool) []error {
	errs := outcomes(n, results, err)
	for i := range errs {
		if errs[i] == nil && !there(results[i]) {
			errs[i] = errAbsent
		}
	}
	return errs
}

func anyIs(errs []error, target error) bool {
	return slices.ContainsFunc(errs, func(err error) bool { return errors.Is(err, target) })
}
