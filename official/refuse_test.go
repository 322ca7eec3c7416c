package official_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/conform"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/official"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestRefusedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	long := func(n int) string { return strings.Repeat("x", n) }
	tooLong := "@TOA#_" + long(43)
	text := restapi.Some[string]
	type call = func(c *official.Client) error
	create := func(change func(*official.Account)) call {
		a := official.Account{OwnerAccount: "ana", Name: "n"}
		change(&a)
		return func(c *official.Client) error { return second(c.Create(ctx, a)) }
	}
	modify := func(id string, change official.Change) call {
		return func(c *official.Client) error { return c.Modify(ctx, id, change) }
	}
	info := func(ids []string, fields ...official.Field) call {
		return func(c *official.Client) error { return second(c.GetInfo(ctx, ids, fields...)) }
	}
	add := func(id string, users []string) call {
		return func(c *official.Client) error { return second(c.AddSubscribers(ctx, id, users)) }
	}
	remove := func(id string, users []string) call {
		return func(c *official.Client) error { return second(c.DeleteSubscribers(ctx, id, users)) }
	}
	set := func(id, user, custom string) call {
		return func(c *official.Client) error { return c.ModifySubscriber(ctx, id, user, custom) }
	}
	send := func(id string, m message.Message) call {
		return func(c *official.Client) error { return second(c.Send(ctx, id, m)) }
	}
	recall := func(id string, keys []string, opts ...official.RecallOption) call {
		return func(c *official.Client) error { return second(c.Recall(ctx, id, keys, opts...)) }
	}
	subscribers := func(id string, limit int) call {
		return func(c *official.Client) error { return second(c.SubscriberPage(ctx, id, "", limit)) }
	}
	subscriptions := func(user string, from restapi.Cursor, limit int, fields ...official.Field) call {
		return func(c *official.Client) error { return second(c.SubscriptionPage(ctx, user, from, limit, fields...)) }
	}
	messages := func(id string, limit int) call {
		return func(c *official.Client) error { return second(c.MessagePage(ctx, id, "", limit)) }
	}
	for name, tc := range map[string]struct {
		field, reason string
		call          call
	}{
		"create for nobody":       {"Owner_Account", "is empty", create(func(a *official.Account) { a.OwnerAccount = "" })},
		"create for a long owner": {"Owner_Account", "at most 32", create(func(a *official.Account) { a.OwnerAccount = long(33) })},
		"create with another ID":  {"OfficialAccountUserID", "begin with @TOA#_", create(func(a *official.Account) { a.OfficialAccountUserID = news[1:] })},
		"create with a long ID":   {"OfficialAccountUserID", "at most 48", create(func(a *official.Account) { a.OfficialAccountUserID = tooLong })},
		"create without a name":   {"Name", "is empty", create(func(a *official.Account) { a.Name = "" })},
		"create with long name":   {"Name", "at most 150", create(func(a *official.Account) { a.Name = long(151) })},
		"create, introduction":    {"Introduction", "at most 400", create(func(a *official.Account) { a.Introduction = long(401) })},
		"create, avatar":          {"FaceUrl", "at most 500", create(func(a *official.Account) { a.FaceURL = long(501) })},
		"create, organization":    {"Organization", "at most 500", create(func(a *official.Account) { a.Organization = long(501) })},
		"create, custom":          {"CustomString", "at most 3000", create(func(a *official.Account) { a.CustomString = long(3001) })},
		"create, not UTF-8":       {"CustomString", "UTF-8", create(func(a *official.Account) { a.CustomString = "\xff" })},
		"create for -1":           {"MaxSubscriberNum", "is -1", create(func(a *official.Account) { a.MaxSubscriberNum = -1 })},
		"destroy none":            {"Official_Account", "is empty", func(c *official.Client) error { return c.Destroy(ctx, "") }},
		"modify none":             {"Official_Account", "is empty", modify("", official.Change{Name: text("n")})},
		"modify nothing":          {"Name", "nothing would change", modify(news, official.Change{})},
		"modify to no name":       {"Name", "is empty", modify(news, official.Change{Name: text("")})},
		"modify to a long name":   {"Name", "at most 150", modify(news, official.Change{Name: text(long(151))})},
		"modify to -1":            {"MaxSubscriberNum", "is -1", modify(news, official.Change{MaxSubscriberNum: restapi.Some(-1)})},
		"info of none":            {"OfficialAccountIdList", "is empty", info(nil)},
		"info of too many":        {"OfficialAccountIdList", "51 items", info(numbered(51))},
		"info of no account":      {"OfficialAccountIdList[1].Official_Account", "is empty", info([]string{news, ""})},
		"info of no field":        {"ResponseFilter[1]", "is empty", info([]string{news}, official.FieldName, "")},
		"info of a subscriber":    {"ResponseFilter", "SelfInfo.CustomString, which is of a subscriber", info([]string{news}, official.FieldSelfCustomString)},
		"add to none":             {"Official_Account", "is empty", add("", []string{"ben"})},
		"add none":                {"SubscriberList", "is empty", add(news, nil)},
		"add too many":            {"SubscriberList", "101 items", add(news, numbered(101))},
		"add nobody":              {"SubscriberList[1]", "is empty", add(news, []string{"ben", ""})},
		"remove from none":        {"Official_Account", "at most 48", remove(tooLong, []string{"ben"})},
		"remove too many":         {"SubscriberToDel_Account", "101 items", remove(news, numbered(101))},
		"set of none":             {"Official_Account", "is empty", set("", "ben", "")},
		"set of nobody":           {"Subscriber_Account", "is empty", set(news, "", "")},
		"set, not UTF-8":          {"CustomString", "UTF-8", set(news, "ben", "\xff")},
		"send as nobody":          {"Official_Account", "is empty", send("", hi)},
		"send from a user":        {"From_Account", "cannot be sent", send(news, message.Message{FromAccount: "ana", MsgBody: hi.MsgBody})},
		"send unread": {"SendMsgControl[0]", "NoLastMsg only", send(news, message.Message{
			MsgBody: hi.MsgBody, SendMsgControl: []message.SendControl{message.NoUnread},
		})},
		"recall of none":         {"Official_Account", "is empty", recall("", []string{"k"})},
		"recall no keys":         {"MsgKeyList", "is empty", recall(news, nil)},
		"recall too many":        {"MsgKeyList", "11 items", recall(news, numbered(11))},
		"recall no key":          {"MsgKeyList[1]", "is empty", recall(news, []string{"k", ""})},
		"recall for long":        {"Reason", "101 bytes", recall(news, []string{"k"}, official.WithReason(long(101)))},
		"subscribers of none":    {"Official_Account", "is empty", subscribers("", 0)},
		"subscribers, 201":       {"Limit", "is 201, not 0 to 200", subscribers(news, 201)},
		"subscriptions, nobody":  {"Subscriber_Account", "is empty", subscriptions("", "", 0)},
		"subscriptions, -1":      {"Limit", "is -1", subscriptions("ben", "", -1)},
		"subscriptions from x":   {"Offset", "is not a cursor", subscriptions("ben", "x", 0)},
		"subscriptions, no self": {"ResponseFilter[0]", "is empty", subscriptions("ben", "", 0, "SelfInfo.")},
		"messages of none":       {"Official_Account", "is empty", messages("", 0)},
		"messages, -1":           {"ReqMsgNumber", "is -1", messages(news, -1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &conform.Recorder{Answer: `{}`}
			err := tc.call(official.NewClient(r))
			require.ErrorIs(t, err, restapi.ErrInvalidArgument)
			argument, _ := errors.AsType[*restapi.ArgumentError](err)
			assert.Equal(t, tc.field, argument.Field)
			assert.Contains(t, argument.Reason, tc.reason)
			assert.NotEmpty(t, argument.Command.Name)
			assert.Zero(t, r.Calls, "nothing may be sent")
		})
	}
}

func TestTheLargestCallsPass(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c := answering(`{"IsFinished":1}`)
	id := "@TOA#_" + strings.Repeat("x", 42)
	require.NoError(t, second(c.Create(ctx, official.Account{
		OwnerAccount: strings.Repeat("u", 32), OfficialAccountUserID: id, Name: strings.Repeat("n", 150),
		Introduction: strings.Repeat("n", 400), FaceURL: strings.Repeat("n", 500), Organization: strings.Repeat("n", 500),
		CustomString: strings.Repeat("n", 3000),
	})))
	require.NoError(t, second(c.GetInfo(ctx, numbered(official.MaxAccounts))))
	require.NoError(t, second(c.AddSubscribers(ctx, id, numbered(official.MaxSubscribers))))
	require.NoError(t, second(c.DeleteSubscribers(ctx, id, numbered(official.MaxSubscribers))))
	require.NoError(t, second(c.Recall(ctx, id, numbered(official.MaxMsgKeys), official.WithReason(strings.Repeat("r", 100)))))
	require.NoError(t, second(c.SubscriberPage(ctx, id, "", 200)))
	require.NoError(t, second(c.MessagePage(ctx, id, "", 1000)), "no limit is documented")
}

func TestCallsFailWhole(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	down := errors.New("down")
	c := official.NewClient(&conform.Recorder{Err: down})
	users := []string{"ben"}
	for name, err := range map[string]error{
		"create":        second(c.Create(ctx, official.Account{OwnerAccount: "ana", Name: "n"})),
		"info":          second(c.GetInfo(ctx, []string{news})),
		"add":           second(c.AddSubscribers(ctx, news, users)),
		"remove":        second(c.DeleteSubscribers(ctx, news, users)),
		"recall":        second(c.Recall(ctx, news, []string{"k"})),
		"subscribers":   second(conform.Drain(c.Subscribers(ctx, news))),
		"subscriptions": second(conform.Drain(c.Subscriptions(ctx, "ben"))),
		"messages":      second(conform.Drain(c.Messages(ctx, news))),
	} {
		require.ErrorIs(t, err, down, name)
	}
}
