package chat

import (
	"cmp"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// maxFound is how many records an answer to a search has at most; whoever asks for more gets as many.
const maxFound = 100

// groupSearches are the searches of groups and of their members, which have to be bought.
func groupSearches() area {
	return groupArea([]command{
		does(group.CommandGroupSearch, searchGroups),
		does(group.CommandGroupMemberSearch, searchGroupMembers),
	})
}

// A search is what both commands are asked.
type search struct {
	GroupType        []group.Type
	KeywordMatchType group.KeywordMatch
	Keywords         []string
	Count            int
	Cursor           string
}

// check refuses a search, and returns the types that it is for. A live room is in none.
func (s *search) check(a *App) (of kinds, err error) {
	switch {
	case slices.Contains(a.set.Off, FeatureGroupSearch):
		return 0, refuse(restapi.CodeServiceUnavailable, "the search is not bought")
	case len(s.Keywords) == 0:
		return 0, badGroup("Keywords is empty")
	}
	for _, t := range s.GroupType {
		of |= kindOf(t)
	}
	if len(s.GroupType) == 0 {
		of = notLive
	}
	return of &^ live, nil
}

// matches says whether a thing is looked for: by its whole ID, or by a part of one of its names. Whether letters are
// small or large does not matter (a guess).
func (s *search) matches(id string, names ...string) bool {
	has := func(keyword string) bool {
		keyword = strings.ToLower(keyword)
		return strings.ToLower(id) == keyword || slices.ContainsFunc(names, func(name string) bool {
			return strings.Contains(strings.ToLower(name), keyword)
		})
	}
	if s.KeywordMatchType == group.MatchAll {
		return !slices.ContainsFunc(s.Keywords, func(keyword string) bool { return !has(keyword) })
	}
	return slices.ContainsFunc(s.Keywords, has)
}

// A foundPage is what both answers have of the pages to come.
type foundPage struct {
	IsFinish   bool
	TotalCount int
	Cursor     string
}

// page returns the part of what was found that the search asks for. Its cursor is how many came before.
func page[T any](s *search, found []T) ([]T, foundPage, error) {
	from, err := strconv.Atoi(cmp.Or(s.Cursor, "0"))
	if err != nil || from < 0 {
		return nil, foundPage{}, badGroup("Cursor is not one of an answer")
	}
	from = min(from, len(found))
	till := min(from+min(max(s.Count, 1), maxFound), len(found))
	if till == len(found) {
		return found[from:], foundPage{IsFinish: true, TotalCount: len(found)}, nil
	}
	return found[from:till], foundPage{TotalCount: len(found), Cursor: strconv.Itoa(till)}, nil
}

// tinyID is a number that the service could have for a user.
func tinyID(userID string) uint64 {
	if userID == "" {
		return 0
	}
	return 144115188075855872 + uint64(crc32.ChecksumIEEE([]byte(userID)))
}

// nick is the nickname of a user.
func (a *App) nick(userID string) string {
	if u := a.users.byID[userID]; u != nil {
		nick, _ := profile.Nick.Of(u.items)
		return nick
	}
	return ""
}

func searchGroups(a *App, _ *call, req *search) (any, error) {
	of, err := req.check(a)
	if err != nil {
		return nil, err
	}
	found := []*room{}
	for _, one := range a.groups.all.all {
		if r := one.value; r.kind&of != 0 && req.matches(r.id, r.Name) {
			found = append(found, r)
		}
	}
	list, next, err := page(req, found)
	if err != nil {
		return nil, err
	}
	groups := make([]group.FoundGroup, len(list))
	for i, r := range list {
		groups[i] = group.FoundGroup{
			GroupType: r.kind.older(), GroupID: r.id, GroupName: r.Name, GroupMemberNum: r.members.len(),
			GroupFaceURL: r.FaceURL, GroupIntroduction: r.Introduction, GroupOwnerUserID: r.owner,
			GroupOwnerTinyID: tinyID(r.owner), GroupOwnerUserName: a.nick(r.owner),
		}
	}
	return struct {
		foundPage
		Groups []group.FoundGroup
	}{next, groups}, nil
}

func searchGroupMembers(a *App, _ *call, req *struct {
	search

	GroupIDList []string `json:"GroupIdList"`
},
) (any, error) {
	of, err := req.check(a)
	if err != nil {
		return nil, err
	}
	members := []group.FoundMember{}
	for _, one := range a.groups.all.all {
		r := one.value
		if r.kind&of == 0 || len(req.GroupIDList) > 0 && !slices.Contains(req.GroupIDList, r.id) {
			continue
		}
		for _, m := range r.members.all {
			nick := a.nick(m.userID)
			if req.matches(m.userID, nick, m.value.nameCard) {
				members = append(members, group.FoundMember{
					GroupType: r.kind.older(), GroupID: r.id, GroupName: r.Name, GroupMemberUserID: m.userID,
					GroupMemberTinyID: tinyID(m.userID), GroupMemberUserName: nick, GroupMemberNameCard: m.value.nameCard,
				})
			}
		}
	}
	list, next, err := page(&req.search, members)
	if err != nil {
		return nil, err
	}
	return struct {
		foundPage
		GroupMembers []group.FoundMember
	}{next, list}, nil
}
