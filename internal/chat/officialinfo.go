package chat

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// officialPage is the most of a page of subscribers or of subscriptions.
const officialPage = 200

// officialFilter is which fields are wanted. A list that is empty is all; one that is beside another that is not is
// taken for that too, which is a guess.
type officialFilter struct {
	OfficialAccountBaseInfoFilter, SelfInfoFilter []official.Field
}

// wanted leaves those fields of an object that a filter names.
func wanted(all map[official.Field]any, filter []official.Field) map[official.Field]any {
	for field := range all {
		if len(filter) > 0 && !slices.Contains(filter, field) {
			delete(all, field)
		}
	}
	return all
}

// info is what is shown of an account. That it has the ID, and under this name, is a guess.
func (ch *channel) info(filter officialFilter) map[official.Field]any {
	info := wanted(map[official.Field]any{
		official.FieldCreateTime: ch.created, official.FieldName: ch.Name, official.FieldOwnerAccount: ch.OwnerAccount,
		official.FieldLastMsgTime: ch.lastMsg, official.FieldSubscriberNum: ch.subscribers.len(),
		official.FieldIntroduction: ch.Introduction, official.FieldFaceURL: ch.FaceURL,
		official.FieldOrganization: ch.Organization, official.FieldCustomString: ch.CustomString,
	}, filter.OfficialAccountBaseInfoFilter)
	info["Official_Account"] = ch.OfficialAccountUserID
	return info
}

func getOfficialInfo(a *App, _ *call, req *struct {
	OfficialAccountIDList []namesOfficial `json:"OfficialAccountIdList"`
	ResponseFilter        officialFilter
},
) (any, error) {
	if n := len(req.OfficialAccountIDList); n == 0 || n > official.MaxAccounts {
		return nil, badOfficial("OfficialAccountIdList does not have 1 to 50 accounts")
	}
	if err := a.officialsOn(); err != nil {
		return nil, err
	}
	var result struct{ OfficialAccountInfoList []map[official.Field]any }
	for _, one := range req.OfficialAccountIDList {
		info := map[official.Field]any{"Official_Account": one.OfficialAccount}
		if ch := a.officials.byID[one.OfficialAccount]; ch != nil {
			info = ch.info(req.ResponseFilter)
			info["ErrorCode"] = 0
		} else {
			info["ErrorCode"] = restapi.CodeOfficialAccountNotFound
			info["ErrorInfo"] = "there is no such official account"
		}
		result.OfficialAccountInfoList = append(result.OfficialAccountInfoList, info)
	}
	return result, nil
}

type shownSubscriber struct {
	SubscriberAccount string `json:"Subscriber_Account"`
	SubscribeTime     int64
	CustomString      string
	MsgFlag           message.MsgFlag
	LastSendMsgTime   int64
}

// getSubscribers reads a page. Next is the number of the last place on the page before. Nothing sets another MsgFlag,
// and nobody sends messages to an account.
func getSubscribers(a *App, _ *call, req *struct {
	namesOfficial

	Limit int
	Next  string
},
) (any, error) {
	ch, err := a.official(req.OfficialAccount)
	if err != nil {
		return nil, err
	}
	if req.Limit > officialPage {
		return nil, badOfficial("Limit is over 200")
	}
	at := 0
	if req.Next != "" {
		number, err := strconv.ParseUint(req.Next, 36, 64)
		if err != nil {
			return nil, badOfficial("Next is not that of a page")
		}
		at = ch.subscribers.after(number)
	}
	result := struct {
		Next           string
		SubscriberNum  int
		SubscriberList []shownSubscriber
	}{SubscriberNum: ch.subscribers.len(), SubscriberList: []shownSubscriber{}}
	page := ch.subscribers.all[at:]
	if n := req.Limit; n > 0 && len(page) > n {
		page = page[:n]
		result.Next = strconv.FormatUint(page[n-1].number, 36)
	}
	for _, one := range page {
		result.SubscriberList = append(result.SubscriberList, shownSubscriber{
			one.userID, one.value.since, one.value.custom, message.AcceptAndNotify, 0,
		})
	}
	return result, nil
}

// getSubscriptions reads a page of the accounts that a user has subscribed to, the oldest subscription first.
func getSubscriptions(a *App, _ *call, req *struct {
	SubscriberAccount string `json:"Subscriber_Account"`
	Limit, Offset     uint64
	ResponseFilter    officialFilter
},
) (any, error) {
	if err := a.officialsOn(); err != nil {
		return nil, err
	}
	if _, err := a.refuseUnknown(req.SubscriberAccount, codeOfficialParameter); err != nil {
		return nil, err
	}
	if req.Limit > officialPage {
		return nil, badOfficial("Limit is over 200")
	}
	own := a.officials.subscribed(req.SubscriberAccount)
	from := min(req.Offset, uint64(len(own)))
	page := own[from:min(from+cmp.Or(req.Limit, officialPage), uint64(len(own)))]
	result := struct {
		OfficialAccountInfoList  []map[official.Field]any
		TotalCount, CompleteFlag int
		Next                     uint64
	}{OfficialAccountInfoList: []map[official.Field]any{}, TotalCount: len(own), CompleteFlag: 1}
	if next := from + uint64(len(page)); next < uint64(len(own)) {
		result.CompleteFlag, result.Next = 0, next
	}
	for _, ch := range page {
		one := ch.subscribers.get(req.SubscriberAccount).value
		info := ch.info(req.ResponseFilter)
		info["SelfInfo"] = wanted(map[official.Field]any{
			"SubscribeTime": one.since, "CustomString": one.custom,
		}, req.ResponseFilter.SelfInfoFilter)
		result.OfficialAccountInfoList = append(result.OfficialAccountInfoList, info)
	}
	return result, nil
}

// subscribed are the accounts that a user has subscribed to.
func (o *officials) subscribed(userID string) []*channel {
	own := make([]*channel, 0, len(o.subscriptions[userID]))
	for _, ch := range o.subscriptions[userID] {
		own = append(own, ch)
	}
	slices.SortFunc(own, func(a, b *channel) int {
		return cmp.Or(
			cmp.Compare(a.subscribers.get(userID).value.since, b.subscribers.get(userID).value.since),
			strings.Compare(a.OfficialAccountUserID, b.OfficialAccountUserID))
	})
	return own
}
