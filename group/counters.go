package group

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxCounters is how many counters one [Counters.Update] can name.
const MaxCounters = 20

const maxCounterKey = 128 // bytes

// Counters reads and changes the counters of groups: numbers by their keys, which begin at 0. Communities have none:
// [restapi.CodeGroupPermissionDenied]. They need the top plan, or the error is [restapi.CodeGroupPlanRequired].
type Counters struct{ caller restapi.Caller }

// A CounterMode says what [Counters.Update] does with the numbers it is given.
type CounterMode string

// The documented modes.
const (
	CounterSet      CounterMode = "Set"      // the counters are set to them
	CounterIncrease CounterMode = "Increase" // they are added
	CounterDecrease CounterMode = "Decrease" // they are subtracted
)

type counter struct {
	Key   string `json:"Key"`
	Value int64  `json:"Value"`
}

type counterAnswer struct{ GroupCounter []counter }

func (a *counterAnswer) values() map[string]int64 {
	values := make(map[string]int64, len(a.GroupCounter))
	for _, c := range a.GroupCounter {
		values[c.Key] = c.Value
	}
	return values
}

// counterKeys has no list where all counters are meant.
type counterKeys struct {
	GroupID          string   `json:"GroupId"`
	GroupCounterKeys []string `json:"GroupCounterKeys,omitempty"`
}

// Get reads counters of a group, or all of them where no keys are given. A counter that the group does not have is not
// in the result.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53427
func (c Counters) Get(ctx context.Context, groupID string, keys ...string) (map[string]int64, error) {
	cmd := CommandGetGroupCounter
	if err := checkCounters(cmd, groupID, "GroupCounterKeys", keys); err != nil {
		return nil, err
	}
	req := counterKeys{groupID, check.Unique(keys)}
	resp, err := restapi.Do[counterAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	return resp.values(), nil
}

// Update changes 1 to 20 counters of a group and returns what they are now. Keys have 1 to 128 bytes. One that the
// group does not have yet begins at 0.
//
// [restapi.CodeGroupNotFound]: there is no such group. [restapi.CodeGroupTooManyCounters]: more than 20 keys. 200 calls
// a second and app. Not repeated after a failure that leaves its outcome open, as a repeat would count twice: see
// [restapi.Error.Open], and [Counters.Get] for what became of it. With [CounterSet] a repeat does no harm.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53428
func (c Counters) Update(
	ctx context.Context, groupID string, mode CounterMode, counters map[string]int64,
) (map[string]int64, error) {
	cmd := CommandUpdateGroupCounter
	keys := slices.Sorted(maps.Keys(counters))
	if err := check.Count(cmd, "GroupCounter", len(keys), MaxCounters); err != nil {
		return nil, err
	}
	if err := checkCounters(cmd, groupID, "GroupCounter", keys); err != nil {
		return nil, err
	}
	if mode == "" { // what the service does without one is not documented
		return nil, check.Argument(cmd, "Mode", "is empty")
	}
	req := struct {
		GroupID      string      `json:"GroupId"`
		GroupCounter []counter   `json:"GroupCounter"`
		Mode         CounterMode `json:"Mode"`
	}{GroupID: groupID, Mode: mode}
	for _, key := range keys {
		req.GroupCounter = append(req.GroupCounter, counter{key, counters[key]})
	}
	resp, err := restapi.Do[counterAnswer](ctx, c.caller, cmd, req)
	if err != nil {
		return nil, err
	}
	return resp.values(), nil
}

// Delete deletes counters of a group. No keys are refused: [Counters.Clear] deletes all.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure that leaves
// its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53429
func (c Counters) Delete(ctx context.Context, groupID string, keys ...string) error {
	cmd := CommandDeleteGroupCounter
	if err := check.Count(cmd, "GroupCounterKeys", len(keys), len(keys)); err != nil {
		return err
	}
	if err := checkCounters(cmd, groupID, "GroupCounterKeys", keys); err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, counterKeys{groupID, check.Unique(keys)}, nil)
}

// Clear deletes all counters of a group. The errors are those of [Counters.Delete]. 200 calls a second and app.
// Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/53429
func (c Counters) Clear(ctx context.Context, groupID string) error {
	if err := checkGroupID(CommandDeleteGroupCounter, groupID); err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandDeleteGroupCounter, counterKeys{GroupID: groupID}, nil)
}

// checkCounters refuses a group without an ID and what cannot be the key of a counter.
func checkCounters(cmd restapi.Command, groupID, list string, keys []string) error {
	if err := checkGroupID(cmd, groupID); err != nil {
		return err
	}
	for i, key := range keys {
		field := list + "[" + strconv.Itoa(i) + "]"
		if list == "GroupCounter" {
			field += ".Key"
		}
		if key == "" {
			return check.Argument(cmd, field, "is empty")
		}
		if err := check.Text(cmd, field, key, maxCounterKey); err != nil {
			return err
		}
	}
	return nil
}
