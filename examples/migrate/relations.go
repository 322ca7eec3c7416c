package main

import (
	"cmp"
	"context"
	"strings"

	"github.com/go-tencentchat/tencentchat/follow"
	"github.com/go-tencentchat/tencentchat/friend"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// sourceOfImport is where a friendship came from that does not say so.
const sourceOfImport = "AddSource_Type_Import"

// pair is what a line about one user's list of others says.
type pair struct {
	FromAccount string `json:"From_Account"`
	ToAccount   string `json:"To_Account"`
}

func (p *pair) check(c *checker, l *line) error {
	return cmp.Or(c.user(l, "From_Account", p.FromAccount), c.user(l, "To_Account", p.ToAccount))
}

func (p *pair) key() string { return p.FromAccount }
func (p *pair) id() string  { return p.FromAccount + "\x00" + p.ToAccount }

// sides returns whose list the lines are of, and the others on it.
func sides[T interface {
	item
	pairOf() *pair
}](lines []*line) (from string, to []string) {
	for _, one := range itemsOf[T](lines) {
		from = one.pairOf().FromAccount
		to = append(to, one.pairOf().ToAccount)
	}
	return from, to
}

func (p *pair) pairOf() *pair { return p }

// friendship is a friend on a user's list.
type friendship struct {
	pair

	ValueItem profile.Items
}

func (f *friendship) check(c *checker, l *line) error {
	for _, item := range f.ValueItem {
		switch item.Tag {
		case friend.Remark.Tag(), friend.Groups.Tag(), friend.AddSource.Tag(), friend.AddWording.Tag(), friend.AddTime.Tag():
		default:
			if !strings.HasPrefix(item.Tag, friend.Custom("").Tag()) {
				c.leave("friend " + item.Tag)
			}
		}
	}
	return f.pair.check(c, l)
}

func (f *friendship) importItem() friend.ImportItem {
	one := friend.ImportItem{ToAccount: f.ToAccount}
	one.Remark, _ = friend.Remark.Of(f.ValueItem)
	one.GroupName, _ = friend.Groups.Of(f.ValueItem)
	one.AddWording, _ = friend.AddWording.Of(f.ValueItem)
	one.AddTime, _ = friend.AddTime.Of(f.ValueItem)
	source, _ := friend.AddSource.Of(f.ValueItem)
	one.AddSource = cmp.Or(source, sourceOfImport)
	for _, item := range f.ValueItem {
		if strings.HasPrefix(item.Tag, friend.Custom("").Tag()) {
			one.CustomItem = append(one.CustomItem, item)
		}
	}
	return one
}

func importFriends(ctx context.Context, s *service, lines []*line) []error {
	from, _ := sides[*friendship](lines)
	var items []friend.ImportItem
	for _, f := range itemsOf[*friendship](lines) {
		items = append(items, f.importItem())
	}
	results, err := s.friends.Import(ctx, from, items)
	return outcomes(len(lines), results, err)
}

func compareFriends(ctx context.Context, s *service, lines []*line) []error {
	from, to := sides[*friendship](lines)
	results, err := s.friends.Check(ctx, from, to, friend.Single)
	return presence(len(lines), results, err, func(r friend.CheckResult) bool { return r.Relation == friend.AWithB })
}

// block is a user on another's blocklist.
type block struct{ pair }

// importBlocks blocks users. One who is blocked already is refused with a code that has other meanings: then the list
// says.
func importBlocks(ctx context.Context, s *service, lines []*line) []error {
	from, to := sides[*block](lines)
	results, err := s.friends.Block(ctx, from, to)
	errs := outcomes(len(lines), results, err)
	if !anyIs(errs, restapi.CodeRelationInvalidParameter) {
		return errs
	}
	for i, absent := range compareBlocks(ctx, s, lines) {
		if absent == nil {
			errs[i] = nil
		}
	}
	return errs
}

func compareBlocks(ctx context.Context, s *service, lines []*line) []error {
	from, to := sides[*block](lines)
	results, err := s.friends.CheckBlocked(ctx, from, to, friend.Single)
	return presence(len(lines), results, err, func(r friend.BlockResult) bool { return r.Relation == friend.ABlocksB })
}

// following is a user who follows another.
type following struct{ pair }

func importFollows(ctx context.Context, s *service, lines []*line) []error {
	from, to := sides[*following](lines)
	results, err := s.follows.Add(ctx, from, to)
	return outcomes(len(lines), results, err)
}

func compareFollows(ctx context.Context, s *service, lines []*line) []error {
	from, to := sides[*following](lines)
	results, err := s.follows.Check(ctx, from, to)
	return presence(len(lines), results, err, func(r follow.CheckResult) bool {
		return r.FollowType == follow.Following || r.FollowType == follow.Mutual
	})
}
