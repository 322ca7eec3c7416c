package chat

import (
	"cmp"
	"errors"
	"slices"
)

// joinRequestLine is a user who waits to be let in, in a snapshot.
type joinRequestLine struct {
	GroupID          string `json:"GroupId"`
	RequestorAccount string `json:"Requestor_Account"`
	InviterAccount   string `json:"Inviter_Account,omitempty"` // absent: they ask themselves
	AddWording       string `json:",omitempty"`
	AddTime          int64  `json:",omitempty"`
}

func joinRequestLines(s *state) (lines []joinRequestLine) {
	for _, one := range s.groups.all.all {
		for _, asking := range one.value.asking.all {
			q := asking.value
			lines = append(lines, joinRequestLine{one.value.id, asking.userID, q.by, q.words, q.at})
		}
	}
	return lines
}

// restricted returns the group of a line that is about a user.
func (s *state) restricted(groupID, userID string) (*room, error) {
	r := s.groups.find(groupID)
	switch {
	case r == nil:
		return nil, errors.New("GroupId is not a group of a line above")
	case s.users.byID[userID] == nil:
		return nil, errors.New("the account is not a user of a line above")
	}
	return r, nil
}

func loadJoinRequest(s *state, line *joinRequestLine) error {
	r, err := s.restricted(line.GroupID, line.RequestorAccount)
	switch {
	case err != nil:
		return err
	case r.members.has(line.RequestorAccount) || r.asking.has(line.RequestorAccount):
		return errors.New("Requestor_Account is a member, or is there twice")
	case line.InviterAccount != "" && s.users.byID[line.InviterAccount] == nil:
		return errors.New("Inviter_Account is not a user of a line above")
	}
	r.asking.add(line.RequestorAccount, asking{line.InviterAccount, line.AddWording, line.AddTime})
	return nil
}

// muteLine is a user who may not send, in a snapshot.
type muteLine struct {
	GroupID       string `json:"GroupId"`
	TopicID       string `json:"TopicId,omitempty"`
	MemberAccount string `json:"Member_Account"`
	MutedUntil    int64
}

func muteLines(s *state) (lines []muteLine) {
	for _, one := range s.groups.all.all {
		r := one.value
		for userID, until := range r.mutes {
			lines = append(lines, muteLine{r.id, "", userID, until})
		}
		for _, t := range r.topics.all {
			for userID, until := range t.value.mutes {
				lines = append(lines, muteLine{r.id, t.userID, userID, until})
			}
		}
	}
	return lines
}

func sortMuteLines(lines []muteLine) {
	slices.SortFunc(lines, func(a, b muteLine) int {
		return cmp.Or(cmp.Compare(a.GroupID, b.GroupID), cmp.Compare(a.TopicID, b.TopicID),
			cmp.Compare(a.MemberAccount, b.MemberAccount))
	})
}

func loadMute(s *state, line *muteLine) error {
	r, err := s.restricted(line.GroupID, line.MemberAccount)
	if err != nil {
		return err
	}
	of := &r.mutes
	if line.TopicID != "" {
		t := r.topics.get(line.TopicID)
		if t == nil {
			return errors.New("TopicId is not a topic of a line above")
		}
		of = &t.value.mutes
	}
	if (*of)[line.MemberAccount] != 0 || line.MutedUntil <= 0 {
		return errors.New("the mute is there twice, or MutedUntil is not a time")
	}
	of.set(line.MemberAccount, line.MutedUntil)
	return nil
}

// banLine is a user who is kept out of a group, in a snapshot.
type banLine struct {
	GroupID       string `json:"GroupId"`
	MemberAccount string `json:"Member_Account"`
	BannedUntil   int64
	Description   string `json:",omitempty"`
}

// banLines are in the order of the groups, and of the bans.
func banLines(s *state) (lines []banLine) {
	for _, one := range s.groups.all.all {
		for _, b := range one.value.bans.all {
			lines = append(lines, banLine{one.value.id, b.userID, b.value.until, b.value.reason})
		}
	}
	return lines
}

func loadBan(s *state, line *banLine) error {
	r, err := s.restricted(line.GroupID, line.MemberAccount)
	switch {
	case err != nil:
		return err
	case r.bans.has(line.MemberAccount) || line.BannedUntil <= 0:
		return errors.New("the ban is there twice, or BannedUntil is not a time")
	}
	r.bans.add(line.MemberAccount, ban{line.BannedUntil, line.Description})
	return nil
}
