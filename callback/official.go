package callback

import "slices"

const (
	cmdOfficialAccountAfterAddSubscriber              = "OfficialAccount.CallbackAfterAddSubscriber"
	cmdOfficialAccountAfterCreateOfficialAccount      = "OfficialAccount.CallbackAfterCreateOfficialAccount"
	cmdOfficialAccountAfterDeleteSubscriber           = "OfficialAccount.CallbackAfterDeleteSubscriber"
	cmdOfficialAccountAfterOfficialAccountDestroyed   = "OfficialAccount.CallbackAfterOfficialAccountDestroyed"
	cmdOfficialAccountAfterOfficialAccountFull        = "OfficialAccount.CallbackAfterOfficialAccountFull"
	cmdOfficialAccountAfterOfficialAccountInfoChanged = "OfficialAccount.CallbackAfterOfficialAccountInfoChanged"
	cmdOfficialAccountBeforeAddSubscriber             = "OfficialAccount.CallbackBeforeAddSubscriber"
	cmdOfficialAccountBeforeCreateOfficialAccount     = "OfficialAccount.CallbackBeforeCreateOfficialAccount"
)

// OfficialAccountBeforeCreateOfficialAccount asks whether an official account may be created over REST. Its methods
// make the answers: Allow, Reject and RejectCode.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60795
type OfficialAccountBeforeCreateOfficialAccount struct {
	Meta

	OperatorAccount string    `json:"Operator_Account"`    // who creates it: an administrator, over REST
	OwnerAccount    string    `json:"Owner_Account"`       // who will own it
	Name            string    `json:"Name"`                // what it will be called
	EventTime       EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// OfficialAccountBeforeCreateOfficialAccountAnswer answers an OfficialAccountBeforeCreateOfficialAccount. The zero
// value allows. Make one with the methods of the event; a code that the vendor does not document is refused with an
// error, and the webhook answered 500.
type OfficialAccountBeforeCreateOfficialAccountAnswer struct {
	Reply
}

// Allow lets the account be created.
func (*OfficialAccountBeforeCreateOfficialAccount) Allow() OfficialAccountBeforeCreateOfficialAccountAnswer {
	return OfficialAccountBeforeCreateOfficialAccountAnswer{allow()}
}

// Reject refuses the account. The caller gets code 20006; info is for the vendor's logs.
func (*OfficialAccountBeforeCreateOfficialAccount) Reject(
	info string,
) OfficialAccountBeforeCreateOfficialAccountAnswer {
	return OfficialAccountBeforeCreateOfficialAccountAnswer{reply(codeReject, info)}
}

// RejectCode refuses the account with a code from 120001 to 130000, which reaches the caller together with info. Any
// other code is an error of the handler, answered 500.
func (*OfficialAccountBeforeCreateOfficialAccount) RejectCode(
	code int, info string,
) OfficialAccountBeforeCreateOfficialAccountAnswer {
	return OfficialAccountBeforeCreateOfficialAccountAnswer{custom(code, info, messageCodes)}
}

func (a OfficialAccountBeforeCreateOfficialAccountAnswer) check() error {
	return a.checkCode(codeReject, messageCodes)
}

// OfficialAccountAfterCreateOfficialAccount is sent after an official account was created.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60796
type OfficialAccountAfterCreateOfficialAccount struct {
	Meta

	OfficialAccount string    `json:"Official_Account"`    // the account's user ID
	OperatorAccount string    `json:"Operator_Account"`    // who created it; an administrator over REST
	OwnerAccount    string    `json:"Owner_Account"`       // who owns it
	Name            string    `json:"Name"`                // what it is called
	EventTime       EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// OfficialAccountAfterOfficialAccountInfoChanged is sent after the profile of an official account was changed. Only
// what changed is present, as in GroupAfterGroupInfoChanged.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60797
type OfficialAccountAfterOfficialAccountInfoChanged struct {
	Meta

	OfficialAccount string           `json:"Official_Account"`      // the account's user ID
	OperatorAccount string           `json:"Operator_Account"`      // who made the change; an administrator over REST
	Name            Optional[string] `json:"Name,omitzero"`         // the new name
	Introduction    Optional[string] `json:"Introduction,omitzero"` // the new introduction
	FaceURL         Optional[string] `json:"FaceUrl,omitzero"`      // address of the new picture
	Organization    Optional[string] `json:"Organization,omitzero"` // the new organization
	EventTime       EventTime        `json:"EventTime,omitempty"`   // milliseconds since the epoch
}

// OfficialAccountAfterOfficialAccountDestroyed is sent after an official account was destroyed.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60798
type OfficialAccountAfterOfficialAccountDestroyed struct {
	Meta

	OfficialAccount string    `json:"Official_Account"`    // the account's user ID
	OwnerAccount    string    `json:"Owner_Account"`       // who owned it
	Name            string    `json:"Name"`                // what it was called
	EventTime       EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// OfficialAccountAfterOfficialAccountFull is sent when an official account has as many subscribers as it can have.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60801
type OfficialAccountAfterOfficialAccountFull struct {
	Meta

	OfficialAccount string    `json:"Official_Account"`    // the account's user ID
	EventTime       EventTime `json:"EventTime,omitempty"` // milliseconds since the epoch
}

// OfficialAccountBeforeAddSubscriber asks whether users may subscribe to an official account. Its methods make the
// answers: Allow, RejectUsers and Reject.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60799
type OfficialAccountBeforeAddSubscriber struct {
	Meta

	OfficialAccount      string                      `json:"Official_Account"`              // the account's user ID
	OperatorAccount      string                      `json:"Operator_Account"`              // who asks; an admin over REST
	SubscribeAccountList []OfficialAccountSubscriber `json:"SubscribeAccountList,omitzero"` // the users to subscribe
	EventTime            EventTime                   `json:"EventTime,omitempty"`           // milliseconds since the epoch
}

// OfficialAccountSubscriber is one user that subscribes to an official account, or no longer does.
type OfficialAccountSubscriber struct {
	SubscriberAccount string `json:"Subscriber_Account"` // the user
}

// OfficialAccountBeforeAddSubscriberAnswer answers an OfficialAccountBeforeAddSubscriber. The zero value lets all users
// in. Make one with the methods of the event; a code that the vendor does not document is refused with an error, and
// the webhook answered 500.
type OfficialAccountBeforeAddSubscriberAnswer struct {
	Reply

	// RefusedSubscribersAccount are the users to keep out. The vendor's prose calls it RefusedMembers_Account, its table
	// and its sample as here.
	RefusedSubscribersAccount []string `json:"RefusedSubscribers_Account,omitempty"`
}

// Allow lets all users subscribe.
func (*OfficialAccountBeforeAddSubscriber) Allow() OfficialAccountBeforeAddSubscriberAnswer {
	return OfficialAccountBeforeAddSubscriberAnswer{Reply: allow()}
}

// Reject refuses the whole request, with all its users.
func (*OfficialAccountBeforeAddSubscriber) Reject(info string) OfficialAccountBeforeAddSubscriberAnswer {
	return OfficialAccountBeforeAddSubscriberAnswer{Reply: reply(codeReject, info)}
}

// RejectUsers keeps those of userIDs out that the webhook asks about, and lets the others subscribe: it can be given
// all that are banned.
func (e *OfficialAccountBeforeAddSubscriber) RejectUsers(userIDs ...string) OfficialAccountBeforeAddSubscriberAnswer {
	a := OfficialAccountBeforeAddSubscriberAnswer{Reply: allow()}
	for _, subscriber := range e.SubscribeAccountList {
		if slices.Contains(userIDs, subscriber.SubscriberAccount) {
			a.RefusedSubscribersAccount = append(a.RefusedSubscribersAccount, subscriber.SubscriberAccount)
		}
	}
	return a
}

func (a OfficialAccountBeforeAddSubscriberAnswer) check() error {
	return a.checkCode(codeReject, codeRange{0, codeReject})
}

// OfficialAccountAfterAddSubscriber is sent after users subscribed to an official account.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60800
type OfficialAccountAfterAddSubscriber struct {
	Meta

	OfficialAccount      string                      `json:"Official_Account"`              // the account's user ID
	OperatorAccount      string                      `json:"Operator_Account"`              // who did it; admin over REST
	SubscribeAccountList []OfficialAccountSubscriber `json:"SubscribeAccountList,omitzero"` // the new subscribers
	EventTime            EventTime                   `json:"EventTime,omitempty"`           // milliseconds since the epoch
}

// OfficialAccountAfterDeleteSubscriber is sent after users unsubscribed from an official account.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/60802
type OfficialAccountAfterDeleteSubscriber struct {
	Meta

	OfficialAccount      string                      `json:"Official_Account"`              // the account's user ID
	OperatorAccount      string                      `json:"Operator_Account"`              // who did it; admin over REST
	SubscribeAccountList []OfficialAccountSubscriber `json:"SubscribeAccountList,omitzero"` // those who left
	EventTime            EventTime                   `json:"EventTime,omitempty"`           // milliseconds since the epoch
}

// Command returns "OfficialAccount.CallbackBeforeCreateOfficialAccount".
func (*OfficialAccountBeforeCreateOfficialAccount) Command() string {
	return cmdOfficialAccountBeforeCreateOfficialAccount
}

// Command returns "OfficialAccount.CallbackAfterCreateOfficialAccount".
func (*OfficialAccountAfterCreateOfficialAccount) Command() string {
	return cmdOfficialAccountAfterCreateOfficialAccount
}

// Command returns "OfficialAccount.CallbackAfterOfficialAccountInfoChanged".
func (*OfficialAccountAfterOfficialAccountInfoChanged) Command() string {
	return cmdOfficialAccountAfterOfficialAccountInfoChanged
}

// Command returns "OfficialAccount.CallbackAfterOfficialAccountDestroyed".
func (*OfficialAccountAfterOfficialAccountDestroyed) Command() string {
	return cmdOfficialAccountAfterOfficialAccountDestroyed
}

// Command returns "OfficialAccount.CallbackAfterOfficialAccountFull".
func (*OfficialAccountAfterOfficialAccountFull) Command() string {
	return cmdOfficialAccountAfterOfficialAccountFull
}

// Command returns "OfficialAccount.CallbackBeforeAddSubscriber".
func (*OfficialAccountBeforeAddSubscriber) Command() string {
	return cmdOfficialAccountBeforeAddSubscriber
}

// Command returns "OfficialAccount.CallbackAfterAddSubscriber".
func (*OfficialAccountAfterAddSubscriber) Command() string {
	return cmdOfficialAccountAfterAddSubscriber
}

// Command returns "OfficialAccount.CallbackAfterDeleteSubscriber".
func (*OfficialAccountAfterDeleteSubscriber) Command() string {
	return cmdOfficialAccountAfterDeleteSubscriber
}

func (e *OfficialAccountBeforeCreateOfficialAccount) refusal() OfficialAccountBeforeCreateOfficialAccountAnswer {
	return e.Reject("")
}

func (e *OfficialAccountBeforeAddSubscriber) refusal() OfficialAccountBeforeAddSubscriberAnswer {
	return e.Reject("")
}

func (*OfficialAccountAfterCreateOfficialAccount) after()      {}
func (*OfficialAccountAfterOfficialAccountInfoChanged) after() {}
func (*OfficialAccountAfterOfficialAccountDestroyed) after()   {}
func (*OfficialAccountAfterOfficialAccountFull) after()        {}
func (*OfficialAccountAfterAddSubscriber) after()              {}
func (*OfficialAccountAfterDeleteSubscriber) after()           {}
