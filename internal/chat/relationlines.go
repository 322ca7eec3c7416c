package chat

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/profile"
)

// relationKinds are what a snapshot has of relations. The lines of a user stay in the order of the list: it is what
// pages go by.
func relationKinds() []kind {
	return []kind{
		keeps("friend", linesOf(friendLines), byOwner[friendLine], loadFriend),
		keeps("friendrequest", linesOf(requestLines), byOwner[requestLine], loadRequest),
		keeps("blocked", linesOf(blockedLines), byOwner[blockedLine], loadBlocked),
		keeps("relations", linesOf(tiesLines), byOwner[tiesLine], loadTies),
	}
}

func linesOf[R any](lines func(owner string, t *ties) []R) func(*state) []R {
	return func(s *state) (all []R) {
		for owner, t := range s.relations.byID {
			all = append(all, lines(owner, t)...)
		}
		return all
	}
}

// byOwner sorts lines, and leaves those of one owner as they are.
func byOwner[R interface{ owner() string }](lines []R) {
	slices.SortStableFunc(lines, func(a, b R) int { return cmp.Compare(a.owner(), b.owner()) })
}

// A pairLine is what lines about two users begin with.
type pairLine struct {
	FromAccount string `json:"From_Account"`
	ToAccount   string `json:"To_Account"`
}

func (p pairLine) owner() string { return p.FromAccount }

// check refuses users who are not there, and one who is there already.
func (p pairLine) check(s *state, already bool) error {
	switch {
	case s.users.byID[p.FromAccount] == nil:
		return errors.New("From_Account is not a user of a line above")
	case s.users.byID[p.ToAccount] == nil:
		return errors.New("To_Account is not a user of a line above")
	case p.FromAccount == p.ToAccount:
		return errors.New("From_Account and To_Account are the same")
	case already:
		return errors.New("the two are there twice")
	}
	return nil
}

// friendLine is a friend in a snapshot.
type friendLine struct {
	pairLine

	ValueItem profile.Items `json:"ValueItem,omitempty"`
}

func friendLines(owner string, t *ties) (lines []friendLine) {
	for _, one := range t.friends.all {
		lines = append(lines, friendLine{pairLine{owner, one.userID}, slices.Clone(one.value.items)})
	}
	return lines
}

func loadFriend(s *state, line *friendLine) error {
	t := s.relations.of(line.FromAccount)
	if err := line.check(s, t.friends.has(line.ToAccount)); err != nil {
		return err
	}
	for _, item := range line.ValueItem {
		if err := checkKeptItem(item); err != nil {
			return err
		}
	}
	if t.friends.len() >= maxFriends {
		return errors.New("the user has over 3000 friends")
	}
	groups, _ := friend.Groups.Of(line.ValueItem)
	if err := t.checkGroupRoom(groups); err != nil {
		return err
	}
	s.relations.befriend(line.FromAccount, line.ToAccount, line.ValueItem...)
	return nil
}

// checkKeptItem is checkFriendItem for fields that cannot be set, too.
func checkKeptItem(item profile.Item) error {
	switch item.Tag {
	case friend.AddTime.Tag():
		if _, ok := friend.AddTime.Of(profile.Items{item}); !ok {
			return errors.New(item.Tag + " is not a moment")
		}
		return nil
	case friend.AddSource.Tag(), friend.AddWording.Tag():
		if _, ok := wire.Unquote(item.Value); !ok {
			return errors.New(item.Tag + " is not a text")
		}
		return nil
	}
	return checkFriendItem(item)
}

// requestLine is a request to be a friend, from who asks to who has to answer.
type requestLine struct {
	pairLine

	Remark     string `json:"Remark,omitempty"`
	GroupName  string `json:"GroupName,omitempty"`
	AddSource  string `json:"AddSource"`
	AddWording string `json:"AddWording,omitempty"`
	AddTime    int64  `json:"AddTime"`
}

// owner is who has to answer.
func (l requestLine) owner() string { return l.ToAccount }

func requestLines(owner string, t *ties) (lines []requestLine) {
	for _, one := range t.requests.all {
		r := one.value
		lines = append(lines, requestLine{
			pairLine{one.userID, owner}, r.Remark, r.GroupName, r.AddSource, r.AddWording, r.since.Unix(),
		})
	}
	return lines
}

func loadRequest(s *state, line *requestLine) error {
	t := s.relations.of(line.ToAccount)
	if err := line.check(s, t.requests.has(line.FromAccount)); err != nil {
		return err
	}
	r := friend.Request{
		ToAccount: line.ToAccount, Remark: line.Remark, GroupName: line.GroupName, AddSource: line.AddSource,
		AddWording: line.AddWording,
	}
	if err := checkRequest(r); err != nil {
		return err
	}
	t.requests.add(line.FromAccount, request{r, time.Unix(line.AddTime, 0)})
	s.relations.noteListed(line.ToAccount, line.FromAccount)
	return nil
}

// blockedLine is a user on a blocklist.
type blockedLine struct {
	pairLine

	AddBlackTimeStamp int64 `json:"AddBlackTimeStamp"`
}

func blockedLines(owner string, t *ties) (lines []blockedLine) {
	for _, one := range t.blocked.all {
		lines = append(lines, blockedLine{pairLine{owner, one.userID}, one.value.Unix()})
	}
	return lines
}

func loadBlocked(s *state, line *blockedLine) error {
	t := s.relations.of(line.FromAccount)
	if err := line.check(s, t.blocked.has(line.ToAccount)); err != nil {
		return err
	}
	if t.blocked.len() >= maxBlocked {
		return errors.New("the user has blocked over 1000 others")
	}
	s.relations.block(line.FromAccount, line.ToAccount, time.Unix(line.AddBlackTimeStamp, 0))
	return nil
}

// tiesLine is what one user has besides others: friend groups, and the versions of the lists.
type tiesLine struct {
	FromAccount      string   `json:"From_Account"`
	GroupName        []string `json:"GroupName,omitempty"`
	StandardSequence uint64   `json:"StandardSequence,omitempty"`
	CustomSequence   uint64   `json:"CustomSequence,omitempty"`
	GroupSequence    uint64   `json:"GroupSequence,omitempty"`
	BlackSequence    uint64   `json:"BlackSequence,omitempty"`
}

func (l tiesLine) owner() string { return l.FromAccount }

func tiesLines(owner string, t *ties) []tiesLine {
	if t.friends.len()+t.blocked.len()+len(t.groups) == 0 && t.standard|t.custom|t.grouped|t.blocking == 0 {
		return nil
	}
	return []tiesLine{{owner, slices.Clone(t.groups), t.standard, t.custom, t.grouped, t.blocking}}
}

func loadTies(s *state, line *tiesLine) error {
	if s.users.byID[line.FromAccount] == nil {
		return errors.New("From_Account is not a user of a line above")
	}
	if err := checkGroupNames(line.GroupName); err != nil {
		return err
	}
	for i, name := range line.GroupName {
		if slices.Contains(line.GroupName[:i], name) {
			return errors.New("a friend group is there twice")
		}
	}
	t := s.relations.of(line.FromAccount)
	for _, name := range t.groups {
		if !slices.Contains(line.GroupName, name) {
			return errors.New("a friend group of a line above is missing")
		}
	}
	t.groups, t.standard, t.custom = line.GroupName, line.StandardSequence, line.CustomSequence
	t.grouped, t.blocking = line.GroupSequence, line.BlackSequence
	return nil
}

// followLine is a user who follows another. The lines are in the order in which it began: that is what pages go by, of
// either.
type followLine struct {
	pairLine

	FollowTime int64 `json:"FollowTime"`

	number uint64
}

func followLines(s *state) (lines []followLine) {
	for owner, t := range s.relations.byID {
		for _, one := range t.following.all {
			lines = append(lines, followLine{pairLine{owner, one.userID}, one.value.since.Unix(), one.value.number})
		}
	}
	return lines
}

func sortFollowLines(lines []followLine) {
	slices.SortFunc(lines, func(a, b followLine) int { return cmp.Compare(a.number, b.number) })
}

func loadFollow(s *state, line *followLine) error {
	if err := line.check(s, s.relations.of(line.FromAccount).following.has(line.ToAccount)); err != nil {
		return err
	}
	s.relations.follow(line.FromAccount, line.ToAccount, time.Unix(line.FollowTime, 0))
	return nil
}
