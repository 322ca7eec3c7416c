package official

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// How long texts of an official account can be, in bytes.
const (
	maxName         = 150
	maxIntroduction = 400
	maxFaceURL      = 500
	maxOrganization = 500
	maxCustomString = 3000
)

// An Account is an official account to make with [Client.Create]. OwnerAccount and Name are all that is needed.
type Account struct {
	OwnerAccount string `json:"Owner_Account"` // a user whose account is imported
	// OfficialAccountUserID is an ID of one's own: @TOA#_ and what follows, at most 48 bytes. Empty: the service makes
	// one.
	OfficialAccountUserID string `json:"OfficialAccountUserID,omitempty"`
	Name                  string `json:"Name"`                       // 1 to 150 bytes
	Introduction          string `json:"Introduction,omitempty"`     // at most 400 bytes
	FaceURL               string `json:"FaceUrl,omitempty"`          // address of the avatar, at most 500 bytes
	Organization          string `json:"Organization,omitempty"`     // what it belongs to, at most 500 bytes
	CustomString          string `json:"CustomString,omitempty"`     // the app's own data, at most 3000 bytes
	MaxSubscriberNum      int    `json:"MaxSubscriberNum,omitempty"` // 0: 100,000
}

// Create makes an official account and returns its ID.
//
// [restapi.CodeOfficialAccountIDTaken]: there is one with that ID. [restapi.CodeOfficialAccountLimit]: there are too
// many; a trial can have 5. [restapi.CodeMessageRejectedByWebhook]: the app's own webhook refused it; so do codes from
// 120001 to 130000, which the webhook chose. 200 calls a second and app. Not repeated after a failure that leaves its
// outcome open: without an ID of one's own that would make a second account.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60755
func (c *Client) Create(ctx context.Context, account Account) (officialAccount string, err error) {
	if err := account.check(); err != nil {
		return "", err
	}
	type answer struct{ OfficialAccountUserID string }
	resp, err := restapi.Do[answer](ctx, c.caller, CommandCreateOfficialAccount, account)
	switch {
	case err != nil:
		return "", err
	case resp.OfficialAccountUserID != "":
		return resp.OfficialAccountUserID, nil
	case account.OfficialAccountUserID != "":
		return account.OfficialAccountUserID, nil
	}
	return "", check.Lacks(CommandCreateOfficialAccount, "OfficialAccountUserID")
}

func (a *Account) check() error {
	cmd := CommandCreateOfficialAccount
	if err := check.Account(cmd, "Owner_Account", a.OwnerAccount, userid.MaxUser); err != nil {
		return err
	}
	if a.OfficialAccountUserID != "" {
		if err := newAccount(cmd, "OfficialAccountUserID", a.OfficialAccountUserID); err != nil {
			return err
		}
	}
	return Change{
		restapi.Some(a.Name), restapi.Some(a.Introduction), restapi.Some(a.FaceURL), restapi.Some(a.Organization),
		restapi.Some(a.CustomString), restapi.Some(a.MaxSubscriberNum),
	}.check(cmd)
}

// Destroy ends an official account for good, with its subscriptions and messages.
//
// [restapi.CodeOfficialAccountNotFound]: there is none with that ID. 200 calls a second and app. Repeated after a
// failure that leaves its outcome open, so that CodeOfficialAccountNotFound can also mean that the attempt before
// succeeded.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60756
func (c *Client) Destroy(ctx context.Context, officialAccount string) error {
	cmd := CommandDestroyOfficialAccount
	if err := account(cmd, "Official_Account", officialAccount); err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, named{officialAccount}, nil)
}

// A Change is what [Client.Modify] changes of an official account: what is absent stays as it is. The limits are those
// of [Account].
type Change struct {
	Name             restapi.Optional[string] `json:"Name,omitzero"` // not empty
	Introduction     restapi.Optional[string] `json:"Introduction,omitzero"`
	FaceURL          restapi.Optional[string] `json:"FaceUrl,omitzero"`
	Organization     restapi.Optional[string] `json:"Organization,omitzero"`
	CustomString     restapi.Optional[string] `json:"CustomString,omitzero"`
	MaxSubscriberNum restapi.Optional[int]    `json:"MaxSubscriberNum,omitzero"`
}

// check refuses values that are not allowed.
func (c Change) check(cmd restapi.Command) error {
	if name, given := c.Name.Get(); given && name == "" {
		return check.Argument(cmd, "Name", "is empty")
	}
	for _, text := range []struct {
		field string
		value restapi.Optional[string]
		limit int
	}{
		{"Name", c.Name, maxName},
		{"Introduction", c.Introduction, maxIntroduction},
		{"FaceUrl", c.FaceURL, maxFaceURL},
		{"Organization", c.Organization, maxOrganization},
		{"CustomString", c.CustomString, maxCustomString},
	} {
		if err := check.Text(cmd, text.field, text.value.Or(""), text.limit); err != nil {
			return err
		}
	}
	if n := c.MaxSubscriberNum.Or(0); n < 0 {
		return check.Argument(cmd, "MaxSubscriberNum", "is %d, must not be negative", n)
	}
	return nil
}

type modifyRequest struct {
	named
	Change
}

// Modify changes what an official account is called and shows, or how many subscribers it can have.
//
//	err := accounts.Modify(ctx, news, official.Change{Introduction: restapi.Some("News at eight")})
//
// [restapi.CodeOfficialAccountNotFound]: there is none with that ID. 200 calls a second and app. Repeated after a
// failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60757
func (c *Client) Modify(ctx context.Context, officialAccount string, change Change) error {
	cmd := CommandModifyOfficialAccountBaseInfo
	if err := account(cmd, "Official_Account", officialAccount); err != nil {
		return err
	}
	if change == (Change{}) {
		return check.Argument(cmd, "Name", "is absent like all others: nothing would change")
	}
	if err := change.check(cmd); err != nil {
		return err
	}
	return c.caller.Call(ctx, cmd, modifyRequest{named{officialAccount}, change}, nil)
}
