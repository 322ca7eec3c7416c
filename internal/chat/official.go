package chat

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	officialPrefix    = "@TOA#_"
	officialNameBytes = 150
	mostSubscribers   = 100_000 // of an account that does not say
)

// codeOfficialParameter has no name. The page of delete_subscriber alone lists it, for a bad parameter; that the other
// commands answer it too is a guess, as all codes of theirs are.
const codeOfficialParameter restapi.Code = 6017

func officialAccounts() area {
	return area{
		admin:   restapi.CodeOfficialAccountPermissionDenied,
		syntax:  restapi.CodeMessageInvalidRequest,
		invalid: codeOfficialParameter,
		commands: []command{
			asks(official.CommandCreateOfficialAccount, restapi.CodeMessageRejectedByWebhook, askCreateOfficial, createOfficial),
			does(official.CommandDestroyOfficialAccount, destroyOfficial),
			does(official.CommandModifyOfficialAccountBaseInfo, modifyOfficial),
			does(official.CommandGetOfficialAccountInfo, getOfficialInfo),
			asks(official.CommandAddSubscriber, restapi.CodeOfficialAccountPermissionDenied, askAddSubscriber, addSubscriber),
			does(official.CommandDeleteSubscriber, deleteSubscriber),
			does(official.CommandModifySubscriberInfo, modifySubscriber),
			does(official.CommandGetSubscriberInfo, getSubscribers),
			does(official.CommandGetSubscribedOfficialAccountList, getSubscriptions),
		},
		kinds:  officialKinds(),
		forget: func(s *state, userID string) { s.officials.forget(userID) },
	}
}

// officials are the official accounts.
type officials struct {
	byID          map[string]*channel
	subscriptions map[string]map[string]*channel // of a user, by the ID of the account
	made          int                            // for how many an ID was made
	repeats       repeats
}

// A channel is an official account.
type channel struct {
	official.Account // OfficialAccountUserID is its ID

	created     int64
	lastMsg     int64
	subscribers roster[subscriber]
	log         []*officialMsg // the oldest first
	seq         uint32         // of the last message
	sent        []int64        // when the last broadcasts were, two at most
}

// A subscriber is what an official account knows of one of its users.
type subscriber struct {
	since  int64
	custom string
}

// namesOfficial names the official account that a command is about.
type namesOfficial struct {
	OfficialAccount string `json:"Official_Account"`
}

// official returns the account that a command is about.
func (a *App) official(id string) (*channel, error) {
	if err := a.officialsOn(); err != nil {
		return nil, err
	}
	if err := checkOfficialID(id); err != nil {
		return nil, err
	}
	if ch := a.officials.byID[id]; ch != nil {
		return ch, nil
	}
	return nil, refuse(restapi.CodeOfficialAccountNotFound, "there is no such official account")
}

// officialsOn refuses where the feature is off.
func (a *App) officialsOn() error {
	if slices.Contains(a.set.Off, FeatureOfficialAccount) {
		return refuse(restapi.CodeOfficialAccountNotEnabled, "official accounts are not switched on")
	}
	return nil
}

// checkOfficialID refuses an ID that no official account can have.
func checkOfficialID(id string) error {
	if !strings.HasPrefix(id, officialPrefix) || userid.Check(id, userid.MaxOfficial) != "" {
		return refuse(restapi.CodeOfficialAccountInvalidID, "the ID does not begin with @TOA#_, or is over 48 bytes")
	}
	return nil
}

func badOfficial(info string) error { return refuse(codeOfficialParameter, info) }

// checkOfficialTexts refuses what is too long, and an empty name.
func checkOfficialTexts(to official.Change) error {
	if name, given := to.Name.Get(); given && name == "" {
		return badOfficial("Name is empty")
	}
	for _, text := range []struct {
		field string
		value restapi.Optional[string]
		most  int
	}{
		{"Name", to.Name, officialNameBytes},
		{"Introduction", to.Introduction, 400},
		{"FaceUrl", to.FaceURL, 500},
		{"Organization", to.Organization, 500},
		{"CustomString", to.CustomString, 3000},
	} {
		if len(text.value.Or("")) > text.most {
			return badOfficial(text.field + " is over " + strconv.Itoa(text.most) + " bytes")
		}
	}
	return nil
}

// checkNewOfficial refuses an account that cannot be made.
func (a *App) checkNewOfficial(n *official.Account) error {
	if err := a.officialsOn(); err != nil {
		return err
	}
	if n.OfficialAccountUserID != "" {
		if err := checkOfficialID(n.OfficialAccountUserID); err != nil {
			return err
		}
	}
	some := restapi.Some[string]
	err := checkOfficialTexts(official.Change{
		Name: some(n.Name), Introduction: some(n.Introduction), FaceURL: some(n.FaceURL), Organization: some(n.Organization),
		CustomString: some(n.CustomString),
	})
	switch {
	case err != nil:
		return err
	case a.officials.byID[n.OfficialAccountUserID] != nil:
		return refuse(restapi.CodeOfficialAccountIDTaken, "there is an official account with that ID")
	}
	_, err = a.refuseUnknown(n.OwnerAccount, codeOfficialParameter)
	return err
}

func askCreateOfficial(
	a *App, c *call, req *official.Account,
) (*callback.OfficialAccountBeforeCreateOfficialAccount, error) {
	if err := a.checkNewOfficial(req); err != nil {
		return nil, err
	}
	return &callback.OfficialAccountBeforeCreateOfficialAccount{
		OperatorAccount: c.by.UserID, OwnerAccount: req.OwnerAccount, Name: req.Name,
		EventTime: callback.EventTimeOf(c.now),
	}, nil
}

func createOfficial(
	a *App, c *call, req *official.Account, _ callback.OfficialAccountBeforeCreateOfficialAccountAnswer,
) (any, error) {
	if err := a.checkNewOfficial(req); err != nil {
		return nil, err
	}
	ch := &channel{Account: *req, created: c.now.Unix()}
	if ch.OfficialAccountUserID == "" {
		ch.OfficialAccountUserID = a.officials.freeID()
	}
	put(&a.officials.byID, ch.OfficialAccountUserID, ch)
	c.after(ch.OfficialAccountUserID, &callback.OfficialAccountAfterCreateOfficialAccount{
		OfficialAccount: ch.OfficialAccountUserID, OperatorAccount: c.by.UserID, OwnerAccount: ch.OwnerAccount, Name: ch.Name,
		EventTime: callback.EventTimeOf(c.now),
	})
	return struct{ OfficialAccountUserID string }{ch.OfficialAccountUserID}, nil
}

// freeID makes an ID that no account has.
func (o *officials) freeID() string {
	for {
		o.made++
		if id := officialPrefix + strconv.Itoa(o.made); o.byID[id] == nil {
			return id
		}
	}
}

func destroyOfficial(a *App, c *call, req *namesOfficial) (any, error) {
	ch, err := a.official(req.OfficialAccount)
	if err != nil {
		return nil, err
	}
	a.officials.remove(ch)
	c.after(ch.OfficialAccountUserID, &callback.OfficialAccountAfterOfficialAccountDestroyed{
		OfficialAccount: ch.OfficialAccountUserID, OwnerAccount: ch.OwnerAccount, Name: ch.Name,
		EventTime: callback.EventTimeOf(c.now),
	})
	return nil, nil
}

// remove takes away an account with all that is its own.
func (o *officials) remove(ch *channel) {
	for _, one := range ch.subscribers.all {
		delete(o.subscriptions[one.userID], ch.OfficialAccountUserID)
	}
	o.repeats.forget(ch.OfficialAccountUserID)
	delete(o.byID, ch.OfficialAccountUserID)
}

// forget takes away what a user owns and has subscribed to. That an owner's accounts go along is a guess.
func (o *officials) forget(userID string) {
	for _, ch := range o.subscriptions[userID] {
		ch.subscribers.remove(userID)
	}
	delete(o.subscriptions, userID)
	for _, ch := range o.byID {
		if ch.OwnerAccount == userID {
			o.remove(ch)
		}
	}
}

// change sets a text, and returns it where it is another one.
func change(text *string, to restapi.Optional[string]) restapi.Optional[string] {
	value, given := to.Get()
	if !given || value == *text {
		return restapi.Optional[string]{}
	}
	*text = value
	return to
}

func modifyOfficial(a *App, c *call, req *struct {
	namesOfficial
	official.Change
},
) (any, error) {
	ch, err := a.official(req.OfficialAccount)
	if err != nil {
		return nil, err
	}
	if err := checkOfficialTexts(req.Change); err != nil {
		return nil, err
	}
	ch.MaxSubscriberNum = req.MaxSubscriberNum.Or(ch.MaxSubscriberNum)
	change(&ch.CustomString, req.CustomString)
	changed := callback.OfficialAccountAfterOfficialAccountInfoChanged{
		Name:         change(&ch.Name, req.Name),
		Introduction: change(&ch.Introduction, req.Introduction),
		FaceURL:      change(&ch.FaceURL, req.FaceURL),
		Organization: change(&ch.Organization, req.Organization),
	}
	if changed.Name.IsZero() && changed.Introduction.IsZero() && changed.FaceURL.IsZero() &&
		changed.Organization.IsZero() {
		return nil, nil
	}
	changed.OfficialAccount, changed.OperatorAccount = ch.OfficialAccountUserID, c.by.UserID
	changed.EventTime = callback.EventTimeOf(c.now)
	c.after(ch.OfficialAccountUserID, &changed)
	return nil, nil
}
