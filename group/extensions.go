package group

import (
	"context"
	"iter"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/msgext"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

type extensionRequest struct {
	msgName
	msgext.Change
}

// SetExtensions sets 1 to 20 keys of a message of a group and leaves the others as they are. What Seq the pairs have
// does not matter. The result has one ExtensionResult for each pair, in the order given: look at the Err of each, a
// pair that failed does not fail the call.
//
// Extensions need the top plan and a switch in the console, or the error is [restapi.CodeGroupInvalidRequest], and a
// message that was sent with SupportMessageExtension, or it is [restapi.CodeExtensionUnsupported]. An AVChatRoom has
// none. [restapi.CodeExtensionNotFound]: there is no such message. [restapi.CodeExtensionRateLimited]: over 200 changes
// a minute of one message. A message has at most 300 keys.
//
// 200 calls a second and app. Repeated after a failure that leaves its outcome open, so that the webhook that tells of
// the change can come twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/52170
func (c *Client) SetExtensions(
	ctx context.Context, groupID string, msgSeq uint32, pairs []message.Extension,
) ([]message.ExtensionResult, error) {
	list := make([]msgext.Pair, len(pairs))
	for i, pair := range pairs {
		list[i] = msgext.Pair(pair)
	}
	change, keys, err := msgext.Sets(CommandGroupSetKeyValues, list)
	if err != nil {
		return nil, err
	}
	return c.changeExtensions(ctx, groupID, msgSeq, change, keys)
}

// DeleteExtensions deletes 1 to 20 keys of a message of a group and leaves the others as they are. The result has one
// ExtensionResult for each key, in the order given: look at the Err of each, a key that failed does not fail the call.
//
// The errors are those of [Client.SetExtensions]. 200 calls a second and app. Repeated after a failure that leaves its
// outcome open, so that the webhook that tells of the change can come twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/52170
func (c *Client) DeleteExtensions(
	ctx context.Context, groupID string, msgSeq uint32, keys []string,
) ([]message.ExtensionResult, error) {
	change, err := msgext.Deletes(CommandGroupSetKeyValues, keys)
	if err != nil {
		return nil, err
	}
	return c.changeExtensions(ctx, groupID, msgSeq, change, keys)
}

// ClearExtensions deletes all keys of a message of a group.
//
// The errors are those of [Client.SetExtensions]. 200 calls a second and app. Repeated after a failure that leaves its
// outcome open, so that the webhook that tells of the change can come twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/52170
func (c *Client) ClearExtensions(ctx context.Context, groupID string, msgSeq uint32) error {
	_, err := c.changeExtensions(ctx, groupID, msgSeq, msgext.Change{OperateType: msgext.Clear}, nil)
	return err
}

func (c *Client) changeExtensions(
	ctx context.Context, groupID string, msgSeq uint32, change msgext.Change, keys []string,
) ([]message.ExtensionResult, error) {
	msg, err := msgOf(CommandGroupSetKeyValues, groupID, msgSeq)
	if err != nil {
		return nil, err
	}
	return msgext.Do(ctx, c.caller, CommandGroupSetKeyValues, extensionRequest{msg, change}, keys,
		func(p msgext.Pair, o restapi.Outcome) message.ExtensionResult {
			return message.ExtensionResult{Extension: message.Extension(p), Outcome: o}
		})
}

type extensionsRequest struct {
	msgName
	msgext.Since
}

// Extensions goes through the keys of a message of a group with their values, those that changed first first. An error
// is yielded once, as the last thing. Each page, of up to 200 pairs, is a call: 200 calls a second and app, repeated
// after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/52169
func (c *Client) Extensions(ctx context.Context, groupID string, msgSeq uint32) iter.Seq2[message.Extension, error] {
	return batch.Pages(ctx, CommandGroupGetKeyValues,
		func(ctx context.Context, at restapi.Cursor) (restapi.Page[message.Extension], error) {
			page, err := c.ExtensionPage(ctx, groupID, msgSeq, at)
			return page.Page, err
		})
}

// ExtensionPage reads one page of the keys of a message of a group; how long it is the service decides, at most 200.
// With [message.SinceSeq] for a cursor it begins at a version.
//
// [restapi.CodeExtensionNotFound]: there is no such message. [restapi.CodeGroupInvalidRequest]: extensions need the top
// plan. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/52169
func (c *Client) ExtensionPage(
	ctx context.Context, groupID string, msgSeq uint32, cursor restapi.Cursor,
) (message.ExtensionPage, error) {
	msg, err := msgOf(CommandGroupGetKeyValues, groupID, msgSeq)
	if err != nil {
		return message.ExtensionPage{}, err
	}
	since, err := msgext.SinceOf(CommandGroupGetKeyValues, cursor)
	if err != nil {
		return message.ExtensionPage{}, err
	}
	resp, err := restapi.Do[msgext.Page](ctx, c.caller, CommandGroupGetKeyValues, extensionsRequest{msg, since})
	if err != nil {
		return message.ExtensionPage{}, err
	}
	page := message.ExtensionPage{LatestSeq: resp.LatestSeq, ClearSeq: resp.ClearSeq}
	page.Next = resp.Next(since)
	for _, pair := range resp.ExtensionList {
		page.Items = append(page.Items, message.Extension(pair))
	}
	return page, nil
}
