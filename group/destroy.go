package group

import "context"

// Destroy disbands a group, for good. An after-webhook tells of it.
//
// [restapi.CodeGroupNotFound]: there is no such group. 200 calls a second and app. Repeated after a failure that leaves
// its outcome open, so that CodeGroupNotFound can also mean that the attempt before did it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34896
func (c *Client) Destroy(ctx context.Context, groupID string) error {
	if err := checkGroupID(CommandDestroyGroup, groupID); err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandDestroyGroup, ofGroup{groupID}, nil)
}
