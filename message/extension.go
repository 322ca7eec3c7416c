package message

import (
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/msgext"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// An Extension is one key of a message's extension, with its value: what a chat attaches to a message later on, such
// as votes. A message has at most 300 of them.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/51195
type Extension struct {
	Key   string `json:"Key"`   // 1 to 100 bytes
	Value string `json:"Value"` // at most 1000 bytes; empty where the key was deleted
	Seq   int64  `json:"Seq"`   // the version of this pair, counted by the service
}

// An ExtensionOperation is what is done to a message's extension.
type ExtensionOperation int

// The documented operations.
const (
	ExtensionSet    ExtensionOperation = msgext.Set    // the pairs are set
	ExtensionDelete ExtensionOperation = msgext.Delete // the keys are deleted
	ExtensionClear  ExtensionOperation = msgext.Clear  // everything is deleted; no pair is listed
)

// An ExtensionResult is the outcome of a change for one key: the pair as the service has it now. Its Err is why it is
// not as it was to be, a [*restapi.Error], and nil if it is. A fake makes a failed one with [restapi.Failed].
type ExtensionResult struct {
	Extension
	restapi.Outcome `json:"-"`
}

type extensionRequest struct {
	one
	msgext.Change
}

// SetExtensions sets 1 to 20 keys of a message that fromUserID sent to toUserID and leaves the others as they are. An
// empty fromUserID stands for the administrator who calls. What Seq the pairs have does not matter. The result has one
// ExtensionResult for each pair, in the order given: look at the Err of each, a pair that failed does not fail the
// call.
//
// Extensions need the top plan and a switch in the console, or the error is [restapi.CodeGroupInvalidRequest], and a
// message that was sent with SupportMessageExtension, or it is [restapi.CodeExtensionUnsupported].
// [restapi.CodeExtensionNotFound]: there is no such message. [restapi.CodeExtensionRateLimited]: over 200 changes a
// minute of one message. A message has at most 300 keys.
//
// 200 calls a second and app. Repeated after a failure that leaves its outcome open, so that the webhook that tells of
// the change can come twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/51195
func (c *Client) SetExtensions(
	ctx context.Context, fromUserID, toUserID, msgKey string, pairs []Extension,
) ([]ExtensionResult, error) {
	list := make([]msgext.Pair, len(pairs))
	for i, pair := range pairs {
		list[i] = msgext.Pair(pair)
	}
	change, keys, err := msgext.Sets(CommandSetKeyValues, list)
	if err != nil {
		return nil, err
	}
	return c.changeExtensions(ctx, fromUserID, toUserID, msgKey, change, keys)
}

// DeleteExtensions deletes 1 to 20 keys of a message that fromUserID sent to toUserID and leaves the others as they
// are. An empty fromUserID stands for the administrator who calls. The result has one ExtensionResult for each key, in
// the order given: look at the Err of each, a key that failed does not fail the call.
//
// The errors are those of [Client.SetExtensions]. 200 calls a second and app. Repeated after a failure that leaves its
// outcome open, so that the webhook that tells of the change can come twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/51195
func (c *Client) DeleteExtensions(
	ctx context.Context, fromUserID, toUserID, msgKey string, keys []string,
) ([]ExtensionResult, error) {
	change, err := msgext.Deletes(CommandSetKeyValues, keys)
	if err != nil {
		return nil, err
	}
	return c.changeExtensions(ctx, fromUserID, toUserID, msgKey, change, keys)
}

// ClearExtensions deletes all keys of a message that fromUserID sent to toUserID. An empty fromUserID stands for the
// administrator who calls.
//
// The errors are those of [Client.SetExtensions]. 200 calls a second and app. Repeated after a failure that leaves its
// outcome open, so that the webhook that tells of the change can come twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/51195
func (c *Client) ClearExtensions(ctx context.Context, fromUserID, toUserID, msgKey string) error {
	_, err := c.changeExtensions(ctx, fromUserID, toUserID, msgKey, msgext.Change{OperateType: msgext.Clear}, nil)
	return err
}

func (c *Client) changeExtensions(
	ctx context.Context, fromUserID, toUserID, msgKey string, change msgext.Change, keys []string,
) ([]ExtensionResult, error) {
	msg, err := ofSender(CommandSetKeyValues, fromUserID, toUserID, msgKey)
	if err != nil {
		return nil, err
	}
	return msgext.Do(ctx, c.caller, CommandSetKeyValues, extensionRequest{msg, change}, keys,
		func(p msgext.Pair, o restapi.Outcome) ExtensionResult { return ExtensionResult{Extension(p), o} })
}

// ofSender is oneOf where the sender can be left out.
func ofSender(cmd restapi.Command, fromUserID, toUserID, msgKey string) (one, error) {
	if fromUserID != "" {
		return oneOf(cmd, fromUserID, toUserID, msgKey)
	}
	if err := account(cmd, "To_Account", toUserID); err != nil {
		return one{}, err
	}
	return one{"", toUserID, msgKey}, check.MsgKey(cmd, "MsgKey", msgKey)
}

// An ExtensionPage is one page of [Client.ExtensionPage].
type ExtensionPage struct {
	restapi.Page[Extension]

	LatestSeq int64 // the highest version of all pairs
	ClearSeq  int64 // the version at which the extension was cleared last: what is no newer is gone
}

// SinceSeq is the cursor of the pairs whose version is seq or above, for a program that has the others.
func SinceSeq(seq int64) restapi.Cursor { return batch.CursorOf(uint64(max(0, seq))) }

type extensionsRequest struct {
	one
	msgext.Since
}

// Extensions goes through the keys of a message that fromUserID sent to toUserID with their values, those that changed
// first first. An empty fromUserID stands for the administrator who calls. An error is yielded once, as the last thing.
// Each page, of up to 200 pairs, is a call: 200 calls a second and app, repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/51194
func (c *Client) Extensions(ctx context.Context, fromUserID, toUserID, msgKey string) iter.Seq2[Extension, error] {
	return batch.Pages(ctx, CommandGetKeyValues,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[Extension], error) {
			page, err := c.ExtensionPage(ctx, fromUserID, toUserID, msgKey, at)
			return page.Page, err
		})
}

// ExtensionPage reads one page of the keys of a message; how long it is the service decides, at most 200. With
// [SinceSeq] for a cursor it begins at a version.
//
// [restapi.CodeExtensionNotFound]: there is no such message. [restapi.CodeGroupInvalidRequest]: extensions need the top
// plan. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/51194
func (c *Client) ExtensionPage(
	ctx context.Context, fromUserID, toUserID, msgKey string, cursor restapi.Cursor,
) (ExtensionPage, error) {
	msg, err := ofSender(CommandGetKeyValues, fromUserID, toUserID, msgKey)
	if err != nil {
		return ExtensionPage{}, err
	}
	since, err := msgext.SinceOf(CommandGetKeyValues, cursor)
	if err != nil {
		return ExtensionPage{}, err
	}
	resp, err := restapi.Do[msgext.Page](ctx, c.caller, CommandGetKeyValues, extensionsRequest{msg, since})
	if err != nil {
		return ExtensionPage{}, err
	}
	page := ExtensionPage{LatestSeq: resp.LatestSeq, ClearSeq: resp.ClearSeq}
	page.Next = resp.Next(since)
	for _, pair := range resp.ExtensionList {
		page.Items = append(page.Items, Extension(pair))
	}
	return page, nil
}
