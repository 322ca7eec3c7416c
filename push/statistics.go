package push

import (
	"context"
	"math"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// Counts are how far pushes have come.
type Counts struct {
	TotalCount     int // that could be sent
	SentCount      int // that were handed over
	DeliveredCount int // that have reached a device
	ClickCount     int // that were clicked
}

// PlatformStatistics are the Counts of one channel.
type PlatformStatistics struct {
	// EventType is 1 for pushes to devices off line and 2 for those on line, as callback.PushType has it; 0 in those of
	// messages.
	EventType int
	// PushPlatform is the service of a maker of phones, by the numbers of callback.PushPlatform. It means nothing for
	// devices on line.
	PushPlatform int
	Counts
}

// Statistics are how many pushes there were, of one task or of all messages. Its Err is why they could not be read, a
// [*restapi.Error], and nil if they were.
type Statistics struct {
	TaskID string // "" of messages
	Counts
	PlatformStatistics []PlatformStatistics // the same by channels
	restapi.Outcome    `json:"-"`
}

// A Loss is how many pushes got lost for one reason.
type Loss struct {
	ErrCode  string // the service's own code, below 0, or that of the maker of the phone
	ErrCount int
	ErrInfo  string // in Chinese, or as the maker of the phone has it
}

// A PlatformLoss is a Loss of one channel. EventType and PushPlatform are those of [PlatformStatistics].
type PlatformLoss struct {
	EventType    int
	PushPlatform int
	Loss
}

// Losses are why pushes got lost, of one task or of all messages. Its Err is why they could not be read, a
// [*restapi.Error], and nil if they were.
type Losses struct {
	TaskID                        string         // "" of messages
	ReadyToSendLoss               []Loss         // why some were not sent, such as that the device has no token
	PostSendDeliveredLoss         []Loss         // why some that were sent did not arrive
	PlatformReadyToSendLoss       []PlatformLoss // the first by channels
	PlatformPostSendDeliveredLoss []PlatformLoss // the second by channels
	restapi.Outcome               `json:"-"`
}

type span struct {
	StartTime int64
	EndTime   int64
}

// period refuses two moments of which one is not there or cannot be, and an end before the beginning.
func period(cmd restapi.Command, fromField string, from time.Time, toField string, to time.Time) error {
	for _, end := range []struct {
		field string
		at    time.Time
	}{{fromField, from}, {toField, to}} {
		if end.at.IsZero() {
			return check.Argument(cmd, end.field, "is the zero time")
		}
		if err := check.Moment(cmd, end.field, end.at); err != nil {
			return err
		}
	}
	if to.Before(from) {
		return check.Argument(cmd, toField, "is before %s", fromField)
	}
	return nil
}

// spanOf is the time that is asked about.
func spanOf(cmd restapi.Command, from, to time.Time) (span, error) {
	return span{from.Unix(), to.Unix()}, period(cmd, "StartTime", from, "EndTime", to)
}

type tasksRequest struct {
	span

	TaskID []string
}

// ofTasks reads something of each of several pushes.
func ofTasks[R any](
	ctx context.Context, c restapi.Caller, cmd restapi.Command, taskIDs []string, from, to time.Time,
	taskID func(*R) string, missing func(taskID string, o restapi.Outcome) R,
) ([]R, error) {
	if err := check.Count(cmd, "TaskID", len(taskIDs), MaxTasks); err != nil {
		return nil, err
	}
	if err := names(cmd, "TaskID", taskIDs, math.MaxInt); err != nil {
		return nil, err
	}
	between, err := spanOf(cmd, from, to)
	if err != nil {
		return nil, err
	}
	req := tasksRequest{between, check.Unique(taskIDs)}
	resp, err := restapi.Do[struct{ Results []R }](ctx, c, cmd, req)
	if err != nil {
		return nil, err
	}
	answered := batch.Rows(resp.Results, func(r *R) (string, R) { return taskID(r), *r })
	return batch.Collate(taskIDs, answered, func(taskID string) R {
		return missing(taskID, restapi.Failed(check.Missing(cmd)))
	}), nil
}

// Statistics counts what became of 1 to 5 pushes to all users, to tags or to listed users, between two moments of the
// last 30 days. The result has one Statistics for each, in the order given: look at the Err of each, one that the
// answer leaves out does not fail the call. All pushes together, which the service answers where none is named, are not
// asked for: the page does not say what that is named by.
//
// Which errors the service answers is not documented. One call a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/71894
func (c *Client) Statistics(ctx context.Context, taskIDs []string, from, to time.Time) ([]Statistics, error) {
	return ofTasks(ctx, c.caller, CommandAllMemberPushStatistics, taskIDs, from, to,
		func(s *Statistics) string { return s.TaskID },
		func(taskID string, o restapi.Outcome) Statistics { return Statistics{TaskID: taskID, Outcome: o} })
}

// Losses counts why 1 to 5 pushes to all users, to tags or to listed users did not reach some of them, between two
// moments of the last 7 days. The result has one Losses for each, in the order given: look at the Err of each, one that
// the answer leaves out does not fail the call.
//
// Which errors the service answers is not documented. One call a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/71895
func (c *Client) Losses(ctx context.Context, taskIDs []string, from, to time.Time) ([]Losses, error) {
	return ofTasks(ctx, c.caller, CommandAllMemberPushLoss, taskIDs, from, to,
		func(l *Losses) string { return l.TaskID },
		func(taskID string, o restapi.Outcome) Losses { return Losses{TaskID: taskID, Outcome: o} })
}

// NormalStatistics counts what became of the offline pushes of all messages, one-to-one and in groups, between two
// moments of the last 30 days.
//
// Which errors the service answers is not documented. One call a second and app. Repeated after a failure on the way.
//
// Vendor page: https://intl.cloud.tencent.com/document/product/1047/71897
func (c *Client) NormalStatistics(ctx context.Context, from, to time.Time) (Statistics, error) {
	between, err := spanOf(CommandNormalPushStatistics, from, to)
	if err != nil {
		return Statistics{}, err
	}
	resp, err := restapi.Do[Statistics](ctx, c.caller, CommandNormalPushStatistics, between)
	if err != nil {
		return Statistics{}, err
	}
	return *resp, nil
}

// normalLosses is an answer of which the page does not say whether the lists are at its top or in Results.
type normalLosses struct {
	Losses

	Results losses
}

// losses are Losses by themselves or in a list of one.
type losses Losses

// UnmarshalJSON reads the object, or the first of a list.
func (l *losses) UnmarshalJSON(data []byte) error {
	for first := range wire.Elements(data) {
		data = first
		break
	}
	var one Losses
	if string(data) != "[]" {
		if err := wire.Unmarshal(data, &one); err != nil {
			return err
		}
	}
	*l = losses(one)
	return nil
}

// NormalLosses counts why the offline pushes of messages, one-to-one and in groups, did not reach some of their
// receivers, between two moments of the last 7 days.
//
// Which errors the service answers is not documented. One call a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/71898
func (c *Client) NormalLosses(ctx context.Context, from, to time.Time) (Losses, error) {
	between, err := spanOf(CommandNormalPushLoss, from, to)
	if err != nil {
		return Losses{}, err
	}
	resp, err := restapi.Do[normalLosses](ctx, c.caller, CommandNormalPushLoss, between)
	if err != nil {
		return Losses{}, err
	}
	l, within := resp.Losses, resp.Results
	l.ReadyToSendLoss = append(l.ReadyToSendLoss, within.ReadyToSendLoss...)
	l.PostSendDeliveredLoss = append(l.PostSendDeliveredLoss, within.PostSendDeliveredLoss...)
	l.PlatformReadyToSendLoss = append(l.PlatformReadyToSendLoss, within.PlatformReadyToSendLoss...)
	l.PlatformPostSendDeliveredLoss = append(l.PlatformPostSendDeliveredLoss, within.PlatformPostSendDeliveredLoss...)
	return l, nil
}
