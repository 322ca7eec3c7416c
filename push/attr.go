package push

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// AttrNames are the attributes that an app has, by their numbers from 0 to 9.
type AttrNames map[int]AttrName

// An AttrName is one attribute: what it is called, and whose it is.
type AttrName struct {
	Name string   // 1 to 50 bytes
	Type AttrType // cannot be changed later
}

// An AttrType says which accounts can have an attribute.
type AttrType int

// The documented types.
const (
	AttrTypeUserID         AttrType = 0 // users
	AttrTypeRegistrationID AttrType = 1 // devices, by the IDs of the push SDK
)

// UserAttrs are values of attributes of a user, by the names of the attributes.
type UserAttrs struct {
	ToAccount string            `json:"To_Account"`
	Attrs     map[string]string `json:"Attrs"` // at most 50 bytes each
}

func (u UserAttrs) owner() string { return u.ToAccount }

// UserAttrNames are names of attributes that a user is to have no longer.
type UserAttrNames struct {
	ToAccount string   `json:"To_Account"`
	Attrs     []string `json:"Attrs"`
}

func (u UserAttrNames) owner() string { return u.ToAccount }

// AttrsResult are the attributes of a user by their names. Its Err is why they could not be read, a [*restapi.Error],
// and nil if they were.
type AttrsResult struct {
	UserID          string `json:"To_Account"`
	Attrs           map[string]string
	restapi.Outcome `json:"-"`
}

// attrNames are the names and the types of attributes on the wire. The older generation has no types.
type attrNames struct {
	AttrNames map[int]string
	AttrTypes map[int]AttrType `json:"AttrTypes,omitempty"`
}

// sent are names as they are sent: with types where one is not the default.
func (n AttrNames) sent() attrNames {
	req := attrNames{AttrNames: map[int]string{}, AttrTypes: map[int]AttrType{}}
	typed := false
	for number, attr := range n {
		req.AttrNames[number], req.AttrTypes[number] = attr.Name, attr.Type
		typed = typed || attr.Type != AttrTypeUserID
	}
	if !typed {
		req.AttrTypes = nil
	}
	return req
}

func (n AttrNames) check(cmd restapi.Command) error {
	if err := check.Count(cmd, "AttrNames", len(n), MaxAttrs); err != nil {
		return err
	}
	numbers := map[string]int{}
	for _, number := range slices.Sorted(maps.Keys(n)) {
		at := "AttrNames[" + strconv.Itoa(number) + "]"
		if number < 0 || number >= MaxAttrs {
			return check.Argument(cmd, at, "does not have a number from 0 to %d", MaxAttrs-1)
		}
		text := n[number].Name
		if err := name(cmd, at, text, maxAttr); err != nil {
			return err
		}
		if other, again := numbers[text]; again {
			return check.Argument(cmd, at, "has the name of number %d", other)
		}
		numbers[text] = number
	}
	return nil
}

func setAttrNames(ctx context.Context, c restapi.Caller, cmd restapi.Command, names AttrNames) error {
	if err := names.check(cmd); err != nil {
		return err
	}
	return c.Call(ctx, cmd, names.sent(), nil)
}

func getAttrNames(ctx context.Context, c restapi.Caller, cmd restapi.Command) (AttrNames, error) {
	resp, err := restapi.Do[attrNames](ctx, c, cmd, nil)
	if err != nil {
		return nil, err
	}
	names := AttrNames{}
	for number, text := range resp.AttrNames {
		names[number] = AttrName{text, resp.AttrTypes[number]}
	}
	return names, nil
}

type attrsAnswer struct {
	UserAttrs []AttrsResult
	ErrorList []batch.Refusal
}

func readAttrs(ctx context.Context, c restapi.Caller, t target, userIDs []string) ([]AttrsResult, error) {
	req, err := usersOf(t, userIDs)
	if err != nil {
		return nil, err
	}
	resp, err := restapi.Do[attrsAnswer](ctx, c, t.cmd, req)
	if err != nil {
		return nil, err
	}
	return collate(t.cmd, userIDs, resp.UserAttrs, func(r *AttrsResult) string { return r.UserID }, resp.ErrorList,
		func(userID string, o restapi.Outcome) AttrsResult { return AttrsResult{UserID: userID, Outcome: o} }), nil
}

type attrsRequest struct{ UserAttrs []UserAttrs }

// attrsRequestOf is the request that sets attributes.
func attrsRequestOf(t target, users []UserAttrs) (attrsRequest, []string, error) {
	userIDs, err := owners(t, "UserAttrs", users, func(at string, u UserAttrs) error {
		if len(u.Attrs) == 0 {
			return check.Argument(t.cmd, at+".Attrs", "is empty")
		}
		return attrsOf(t.cmd, at+".Attrs", u.Attrs)
	})
	return attrsRequest{users}, userIDs, err
}

type attrNamesRequest struct{ UserAttrs []UserAttrNames }

// attrNamesOf is the request that takes attributes away.
func attrNamesOf(t target, users []UserAttrNames) (attrNamesRequest, []string, error) {
	userIDs, err := owners(t, "UserAttrs", users, func(at string, u UserAttrNames) error {
		if len(u.Attrs) == 0 {
			return check.Argument(t.cmd, at+".Attrs", "is empty")
		}
		return names(t.cmd, at+".Attrs", u.Attrs, maxAttr)
	})
	return attrNamesRequest{users}, userIDs, err
}

// SetAttrNames makes attributes that users can have, up to 10, and renames those that are there. Those that are not
// named stay, as far as the vendor's page says.
//
// [restapi.CodePushInvalidAttribute]: an attribute of another number has the name, or the type of an attribute would
// change. 100 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60563
func (c *Client) SetAttrNames(ctx context.Context, names AttrNames) error {
	return setAttrNames(ctx, c.caller, CommandSetAttrName, names)
}

// GetAttrNames reads the attributes that users can have. 100 calls a second and app. Repeated after a failure on the
// way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60562
func (c *Client) GetAttrNames(ctx context.Context) (AttrNames, error) {
	return getAttrNames(ctx, c.caller, CommandGetAttrName)
}

// SetAttrs sets attributes of 1 to 100 users, each named once, and leaves their others as they are. The names must be
// those of [Client.SetAttrNames]. The result has one Result for each user, in the order given: look at the Err of each,
// a user that failed does not fail the call.
//
// Of a Result: [restapi.CodeAccountNotFound], the user is not imported; [restapi.CodePushAttributeAccountType], the
// attribute has the other [AttrType]. Of the call: [restapi.CodePushInvalidAttribute], there is no such attribute. 100
// calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60565
func (c *Client) SetAttrs(ctx context.Context, users []UserAttrs) ([]Result, error) {
	t := device(CommandSetAttr)
	req, userIDs, err := attrsRequestOf(t, users)
	if err != nil {
		return nil, err
	}
	return change(ctx, c.caller, t, userIDs, req)
}

// GetAttrs reads the attributes of 1 to 100 users. The result has one AttrsResult for each user ID, in the order given:
// look at the Err of each, a user that failed does not fail the call.
//
// Of an AttrsResult: [restapi.CodeAccountNotFound], the user is not imported. 100 calls a second and app. Repeated
// after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60564
func (c *Client) GetAttrs(ctx context.Context, userIDs []string) ([]AttrsResult, error) {
	return readAttrs(ctx, c.caller, device(CommandGetAttr), userIDs)
}

// RemoveAttrs takes attributes away from 1 to 100 users, each named once. The result has one Result for each user, in
// the order given: look at the Err of each, a user that failed does not fail the call.
//
// Of a Result: [restapi.CodeAccountNotFound], the user is not imported. Of the call:
// [restapi.CodePushInvalidAttribute], there is no such attribute. 100 calls a second and app. Repeated after a failure
// that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60566
func (c *Client) RemoveAttrs(ctx context.Context, users []UserAttrNames) ([]Result, error) {
	t := device(CommandRemoveAttr)
	req, userIDs, err := attrNamesOf(t, users)
	if err != nil {
		return nil, err
	}
	return change(ctx, c.caller, t, userIDs, req)
}
