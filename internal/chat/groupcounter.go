package chat

import (
	"errors"
	"maps"
	"slices"

	"github.com/go-tencentchat/tencentchat/group"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const maxCounterKey = 128 // bytes

// groupCounters are the commands about the numbers that a group keeps.
func groupCounters() area {
	return groupArea([]command{
		does(group.CommandGetGroupCounter, getGroupCounter),
		does(group.CommandUpdateGroupCounter, updateGroupCounter),
		does(group.CommandDeleteGroupCounter, deleteGroupCounter),
	}, keeps("groupcounters", counterLines, func([]counterLine) {}, loadCounters))
}

type counter struct {
	Key   string
	Value int64
}

type counterAnswer struct{ GroupCounter []counter }

// counting returns a group that has counters.
func (a *App) counting(groupID string) (*room, error) {
	if slices.Contains(a.set.Off, FeatureGroupCounter) {
		return nil, refuse(restapi.CodeGroupPlanRequired, "counters are switched off")
	}
	return a.room(groupID, anyKind&^community)
}

type counterKeys struct {
	GroupID          string `json:"GroupId"`
	GroupCounterKeys []string
}

// of returns the keys that are meant: those that are named, or all of the group. That an empty list is the same as none
// is a guess.
func (k *counterKeys) of(r *room) []string {
	if len(k.GroupCounterKeys) > 0 {
		return k.GroupCounterKeys
	}
	return slices.Sorted(maps.Keys(r.counters))
}

func getGroupCounter(a *App, _ *call, req *counterKeys) (any, error) {
	r, err := a.counting(req.GroupID)
	if err != nil {
		return nil, err
	}
	answer := counterAnswer{[]counter{}}
	for _, key := range req.of(r) {
		if value, has := r.counters[key]; has {
			answer.GroupCounter = append(answer.GroupCounter, counter{key, value})
		}
	}
	return answer, nil
}

func deleteGroupCounter(a *App, _ *call, req *counterKeys) (any, error) {
	r, err := a.counting(req.GroupID)
	if err != nil {
		return nil, err
	}
	for _, key := range req.of(r) {
		delete(r.counters, key)
	}
	return nil, nil
}

type counterRequest struct {
	GroupID      string `json:"GroupId"`
	GroupCounter []counter
	Mode         group.CounterMode
}

// updateGroupCounter changes all counters that are named, or none.
func updateGroupCounter(a *App, _ *call, req *counterRequest) (any, error) {
	r, err := a.counting(req.GroupID)
	switch n := len(req.GroupCounter); {
	case err != nil:
		return nil, err
	case n == 0:
		return nil, badGroup("GroupCounter is empty")
	case n > group.MaxCounters:
		return nil, refuse(restapi.CodeGroupTooManyCounters, "there are over 20 counters")
	}
	left := maps.Clone(r.counters)
	for _, one := range req.GroupCounter {
		if one.Key == "" || len(one.Key) > maxCounterKey {
			return nil, badGroup("a key does not have 1 to 128 bytes")
		}
		value, ok := counted(req.Mode, left[one.Key], one.Value)
		if !ok {
			return nil, badGroup("Mode is none of the three, or the counter would not fit into 64 bits")
		}
		put(&left, one.Key, value)
	}
	r.counters = left
	answer := counterAnswer{[]counter{}}
	for _, one := range req.GroupCounter {
		answer.GroupCounter = append(answer.GroupCounter, counter{one.Key, left[one.Key]})
	}
	return answer, nil
}

// counted is a counter after a change, and false where that cannot be made. That a call without a mode sets, and what
// becomes of a counter that would not fit into 64 bits, are guesses.
func counted(mode group.CounterMode, was, by int64) (int64, bool) {
	switch mode {
	case "", group.CounterSet:
		return by, true
	case group.CounterIncrease:
		now := was + by
		return now, now > was == (by > 0)
	case group.CounterDecrease:
		now := was - by
		return now, now < was == (by > 0)
	}
	return 0, false
}

// counterLine are the counters of a group in a snapshot. The lines are in the order of the groups.
type counterLine struct {
	GroupID string `json:"GroupId"`
	counterAnswer
}

func counterLines(s *state) (lines []counterLine) {
	for _, one := range s.groups.all.all {
		r := one.value
		if len(r.counters) == 0 {
			continue
		}
		line := counterLine{GroupID: r.id}
		for _, key := range slices.Sorted(maps.Keys(r.counters)) {
			line.GroupCounter = append(line.GroupCounter, counter{key, r.counters[key]})
		}
		lines = append(lines, line)
	}
	return lines
}

func loadCounters(s *state, line *counterLine) error {
	r := s.groups.find(line.GroupID)
	if r == nil || len(r.counters) > 0 {
		return errors.New("GroupId is not a group of a line above, or is there twice")
	}
	for _, one := range line.GroupCounter {
		if one.Key == "" || len(one.Key) > maxCounterKey {
			return errors.New("a key does not have 1 to 128 bytes")
		}
		put(&r.counters, one.Key, one.Value)
	}
	return nil
}
