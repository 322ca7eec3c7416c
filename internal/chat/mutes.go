package chat

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/restapi"
)

// forever is the time of a mute that does not end, and the moment when it ends.
const forever = math.MaxUint32

// appMutes are who is muted in the whole app.
type appMutes map[string]mute

// A mute is until when a user may not send: seconds since the epoch, forever, or 0.
type mute struct{ c2c, group int64 }

// of returns for how many seconds a user is muted in one-to-one conversations and in groups: 0 where not, forever. Who
// sends to a group must look at the second.
func (m appMutes) of(userID string, now time.Time) (c2c, group uint32) {
	one := m[userID]
	return left(one.c2c, now), left(one.group, now)
}

// mutedInGroups says whether a user is muted in all groups.
func (a *App) mutedInGroups(userID string, now time.Time) bool {
	_, group := a.mutes.of(userID, now)
	return group > 0
}

func left(end int64, now time.Time) uint32 {
	if end == forever {
		return forever
	}
	return uint32(max(0, end-now.Unix()))
}

// end is when a mute of so many seconds ends.
func end(seconds uint32, now time.Time) int64 {
	switch seconds {
	case 0:
		return 0
	case forever:
		return forever
	}
	return min(now.Unix()+int64(seconds), forever-1)
}

// setNoSpeaking mutes a user. One who is not imported is not valid, which is a guess.
func setNoSpeaking(a *App, c *call, req *struct {
	SetAccount string                   `json:"Set_Account"`
	C2CMsg     restapi.Optional[uint32] `json:"C2CmsgNospeakingTime"`
	GroupMsg   restapi.Optional[uint32] `json:"GroupmsgNospeakingTime"`
},
) (any, error) {
	if req.SetAccount == "" {
		return nil, refuse(codeNoSetAccount, "Set_Account is empty")
	}
	if _, err := a.refuseUnknown(req.SetAccount, codeBadSetAccount); err != nil {
		return nil, err
	}
	c2c, hasC2C := req.C2CMsg.Get()
	group, hasGroup := req.GroupMsg.Get()
	if !hasC2C && !hasGroup {
		return nil, refuse(codeNoTime, "no time is given")
	}
	one := a.mutes[req.SetAccount]
	if hasC2C {
		one.c2c = end(c2c, c.now)
	}
	if hasGroup {
		one.group = end(group, c.now)
	}
	if one == (mute{}) {
		delete(a.mutes, req.SetAccount)
		return nil, nil
	}
	put((*map[string]mute)(&a.mutes), req.SetAccount, one)
	return nil, nil
}

func getNoSpeaking(a *App, c *call, req *struct {
	GetAccount string `json:"Get_Account"`
},
) (any, error) {
	if req.GetAccount == "" {
		return nil, refuse(codeNoGetAccount, "Get_Account is empty")
	}
	if _, err := a.refuseUnknown(req.GetAccount, codeBadGetAccount); err != nil {
		return nil, err
	}
	c2c, group := a.mutes.of(req.GetAccount, c.now)
	return struct {
		C2CMsg   uint32 `json:"C2CmsgNospeakingTime"`
		GroupMsg uint32 `json:"GroupmsgNospeakingTime"`
	}{c2c, group}, nil
}

// noSpeakingLine is a mute in a snapshot.
type noSpeakingLine struct {
	SetAccount string `json:"Set_Account"`
	C2CTime    int64  `json:",omitempty"` // when it ends
	GroupTime  int64  `json:",omitempty"`
}

func noSpeakingLines(s *state) []noSpeakingLine {
	lines := make([]noSpeakingLine, 0, len(s.mutes))
	for userID, one := range s.mutes {
		lines = append(lines, noSpeakingLine{userID, one.c2c, one.group})
	}
	return lines
}

func sortNoSpeaking(lines []noSpeakingLine) {
	slices.SortFunc(lines, func(a, b noSpeakingLine) int { return cmp.Compare(a.SetAccount, b.SetAccount) })
}

func loadNoSpeaking(s *state, line *noSpeakingLine) error {
	_, twice := s.mutes[line.SetAccount]
	switch {
	case s.users.byID[line.SetAccount] == nil:
		return errors.New("Set_Account is not a user of a line above")
	case twice:
		return errors.New("the mute is there twice")
	case min(line.C2CTime, line.GroupTime) < 0 || max(line.C2CTime, line.GroupTime) > forever:
		return errors.New("a time is not from 0 to 4294967295")
	case line.C2CTime == 0 && line.GroupTime == 0:
		return errors.New("neither C2CTime nor GroupTime is given")
	}
	put((*map[string]mute)(&s.mutes), line.SetAccount, mute{line.C2CTime, line.GroupTime})
	return nil
}
