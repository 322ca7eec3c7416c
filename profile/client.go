package profile

import (
	"context"
	"maps"
	"strconv"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// MaxUsers is the number of users that one call of [Client.GetProfiles] can read.
const MaxUsers = 100

// A Client sets and reads user profiles, those of many users with [Client.SetProfiles]. It is safe for concurrent use.
// Its errors are those of package restapi: [*restapi.ArgumentError], [*restapi.RateLimitError] and [*restapi.Error].
type Client struct {
	caller restapi.Caller
}

// NewClient returns a client that calls through c, most often a [*restapi.Client].
func NewClient(c restapi.Caller) *Client { return &Client{caller: c} }

// A Profile is what [Client.GetProfiles] read of one user: its Err is why this user could not be read, a
// [*restapi.Error], and nil if the user was read. A fake makes a failed one with [restapi.Failed].
type Profile struct {
	// UserID is the user as asked for.
	UserID string
	// Items are the fields that have a value, to be read with [Field.Of]. A field that was never set may be absent. The
	// service sends none for a user who could not be read.
	Items           Items
	restapi.Outcome `json:"-"`
}

type portraitSetRequest struct {
	FromAccount string `json:"From_Account"`
	ProfileItem Items  `json:"ProfileItem"`
}

// SetProfile sets fields of one user's profile and leaves the others as they are. Every item is checked before anything
// is sent, so a call that the documentation rules out, such as a value over 500 bytes or a field named twice, fails
// with a [*restapi.ArgumentError] that names the field.
//
// The user must be imported, or the error is [restapi.CodeProfileAccountNotFound]. A value that the app's content
// filter stops is [restapi.CodeProfileSensitiveText], a custom field that the console does not know
// [restapi.CodeProfileTagNotFound]. 200 calls a second and app. Repeated after a failure that leaves its outcome open.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34916
func (c *Client) SetProfile(ctx context.Context, userID string, items ...Item) error {
	if err := checkUpdate(userID, items); err != nil {
		return err
	}
	return c.caller.Call(ctx, CommandPortraitSet, portraitSetRequest{userID, items}, nil)
}

type portraitGetRequest struct {
	ToAccount []string `json:"To_Account"`
	TagList   []string `json:"TagList"`
}

type portraitGetResponse struct {
	UserProfileItem []struct {
		batch.Status

		ToAccount   string `json:"To_Account"`
		ProfileItem Items
	}
	FailAccount []string `json:"Fail_Account"`
}

// GetProfiles reads fields of 1 to 100 users; without fields it reads the twelve standard ones. The result has one
// Profile for each user ID, in the order asked. A user that could not be read does not fail the call: look at the Err
// of each Profile. An error of the call itself comes without any profiles.
//
// [restapi.CodeProfileTagNotFound]: one of the fields is unknown to the app. [restapi.CodeProfileAccountNotFound], of
// the call or of a user: the user is not imported. 200 calls a second and app. Repeated after a failure on the way.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34917
func (c *Client) GetProfiles(ctx context.Context, userIDs []string, fields ...Tagger) ([]Profile, error) {
	if err := check.UserIDs(CommandPortraitGet, "To_Account", userIDs, MaxUsers); err != nil {
		return nil, err
	}
	tags, err := tagList(fields)
	if err != nil {
		return nil, err
	}
	req := portraitGetRequest{ToAccount: check.Unique(userIDs), TagList: tags}
	resp, err := restapi.Do[portraitGetResponse](ctx, c.caller, CommandPortraitGet, req)
	if err != nil {
		return nil, err
	}
	return resp.profiles(userIDs), nil
}

// profiles gives each user asked its part of the answer, whatever the answer's order and gaps.
func (r *portraitGetResponse) profiles(userIDs []string) []Profile {
	read := make(map[string]Profile, len(userIDs))
	missing := check.Missing(CommandPortraitGet)
	for _, user := range r.UserProfileItem {
		refusal := user.Outcome(CommandPortraitGet)
		if user.ToAccount == userid.NotFound && refusal.Err() != nil {
			missing = refusal.Err()
			continue
		}
		read[user.ToAccount] = Profile{UserID: user.ToAccount, Items: user.ProfileItem, Outcome: refusal}
	}
	for _, userID := range r.FailAccount {
		if read[userID].Err() == nil {
			refusal := check.Unexplained(CommandPortraitGet, "Fail_Account")
			read[userID] = Profile{UserID: userID, Outcome: restapi.Failed(refusal)}
		}
	}
	return batch.Collate(userIDs, maps.All(read), func(userID string) Profile {
		return Profile{UserID: userID, Outcome: restapi.Failed(missing)}
	})
}

func tagList(fields []Tagger) ([]string, error) {
	if len(fields) == 0 {
		var tags []string
		for _, f := range profilefields.Standard() {
			tags = append(tags, f.Tag)
		}
		return tags, nil
	}
	tags := make([]string, 0, len(fields))
	for i, f := range fields {
		name := "TagList[" + strconv.Itoa(i) + "]"
		if f == nil {
			return nil, check.Argument(CommandPortraitGet, name, "is nil")
		}
		tag := f.Tag()
		if fault, reason := profilefields.CheckTag(tag); fault != profilefields.None {
			return nil, check.Argument(CommandPortraitGet, fieldName(tag, name), "%s", reason)
		}
		tags = append(tags, tag)
	}
	return check.Unique(tags), nil
}
