package chat

import (
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/profile"
)

// What is read of the members of a live room, in all and in one page.
const (
	maxPresent     = 1000
	maxPresentPage = 500
)

type presentMember struct {
	MemberAccount string `json:"Member_Account"`
	JoinTime      int64
	NickName      string `json:",omitempty"`
	Avatar        string `json:",omitempty"`
}

// face is how an account shows itself.
func (a *App) face(userID string) (nick, avatar string) {
	if u := a.users.byID[userID]; u != nil {
		nick, _ = profile.Nick.Of(u.items)
		avatar, _ = profile.AvatarURL.Of(u.items)
	}
	return nick, avatar
}

func getMembers(a *App, c *call, req *struct {
	roomRequest

	Timestamp uint64
	Mark      int
},
) (any, error) {
	r, err := a.room(req.GroupID, live)
	if err != nil {
		return nil, err
	}
	all := slices.DeleteFunc(r.stage.present(c.now), func(p presence) bool {
		if req.Mark != 0 {
			return !slices.Contains(p.marks, req.Mark)
		}
		return slices.Contains(p.marks, group.MarkHidden)
	})
	slices.Reverse(all)
	all = all[:min(len(all), maxPresent)]
	if req.Timestamp != 0 {
		all = slices.DeleteFunc(all, func(p presence) bool { return uint64(p.since.Unix()) >= req.Timestamp })
	}
	page, next := cutPage(all)
	answer := struct {
		MemberList    []presentMember
		NextTimestamp int64
	}{[]presentMember{}, next}
	for _, p := range page {
		nick, avatar := a.face(p.userID)
		answer.MemberList = append(answer.MemberList, presentMember{p.userID, p.since.Unix(), nick, avatar})
	}
	return answer, nil
}

// cutPage returns the first of what is there, newest first, and where the page after them goes on: before that second,
// 0 for nowhere. A page does not end within a second, but for that it would hold more than is documented where all
// of them came in one.
func cutPage(all []presence) (page []presence, next int64) {
	if len(all) <= maxPresentPage {
		return all, 0
	}
	second := all[maxPresentPage].since.Unix() // of the first who is too many
	end := slices.IndexFunc(all, func(p presence) bool { return p.since.Unix() == second })
	if end == 0 {
		if end = slices.IndexFunc(all, func(p presence) bool { return p.since.Unix() != second }); end < 0 {
			return all, 0
		}
	}
	return all[:end], all[end-1].since.Unix()
}
