package chat

import (
	"strconv"
	"time"
)

// maxDays is for how many days there are figures.
const maxDays = 30

// figures are what is counted of the days, the oldest first. They are not part of a snapshot.
type figures struct{ days []*day }

// A day is what happened on one day, by Beijing time. What is not here is not counted.
type day struct {
	date string // yyyymmdd
	ends int64  // seconds since the epoch

	accounts, registered  int // all at the end of the day, and those that are new
	logins, sent          int
	asked, answered       int // webhooks
	loggedIn, wrote, seen map[string]bool
}

// send counts a one-to-one message.
func (d *day) send(userID string) {
	d.sent++
	put(&d.wrote, userID, true)
	put(&d.seen, userID, true)
}

// login counts a sign-in.
func (d *day) login(userID string) {
	d.logins++
	put(&d.loggedIn, userID, true)
	put(&d.seen, userID, true)
}

// count counts something of a day. The state is locked.
func (a *App) count(now time.Time, what func(*day)) {
	days := &a.figures.days
	if n := len(*days); n == 0 || (*days)[n-1].ends <= now.Unix() {
		there := now.In(beijing)
		ends := time.Date(there.Year(), there.Month(), there.Day()+1, 0, 0, 0, 0, beijing)
		*days = append(*days, &day{date: there.Format("20060102"), ends: ends.Unix()})
	}
	if n := len(*days); n > maxDays {
		*days = (*days)[n-maxDays:]
	}
	d := (*days)[len(*days)-1]
	what(d)
	d.accounts = len(a.users.byID)
}

// countWebhook counts a webhook that was sent. The state is not locked.
func (a *App) countWebhook(d Delivery) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.count(d.Time, func(today *day) {
		today.asked++
		if d.Err == nil {
			today.answered++
		}
	})
}

// figuresOf are those of a day by their names on the wire, all of them texts.
func (a *App) figuresOf(d *day) map[string]string {
	all := map[string]string{
		"Date": d.date, "AppName": "local", "AppId": strconv.FormatUint(a.cfg.SDKAppID, 10), "Company": "local",
	}
	for name, n := range map[string]int{
		"ActiveUserNum": len(d.seen), "RegistUserNumOneDay": d.registered, "RegistUserNumTotal": d.accounts,
		"LoginTimes": d.logins, "LoginUserNum": len(d.loggedIn),
		"UpMsgNum": d.sent, "DownMsgNum": d.sent, "SendMsgUserNum": len(d.wrote), "APNSMsgNum": 0, "MaxOnlineNum": 0,
		"C2CUpMsgNum": d.sent, "C2CDownMsgNum": d.sent, "C2CSendMsgUserNum": len(d.wrote), "C2CAPNSMsgNum": 0,
		"ChainIncrease": 0, "ChainDecrease": 0,
		"GroupUpMsgNum": 0, "GroupDownMsgNum": 0, "GroupSendMsgUserNum": 0, "GroupAPNSMsgNum": 0,
		"GroupSendMsgGroupNum": 0, "GroupJoinGroupTimes": 0, "GroupQuitGroupTimes": 0, "GroupNewGroupNum": 0,
		"GroupAllGroupNum": 0, "GroupDestroyGroupNum": 0,
		"CallBackReq": d.asked, "CallBackRsp": d.answered,
	} {
		all[name] = strconv.Itoa(n)
	}
	return all
}

// appInfo is the answer of getappinfo.
type appInfo struct{ Result []map[string]string }

func (appInfo) common() common { return common{"", "OK"} }

// getAppInfo has the days on which something was counted, and today. A field that is asked for and not known is left
// out.
func getAppInfo(a *App, c *call, req *struct{ RequestField []string }) (any, error) {
	a.count(c.now, func(*day) {})
	var result appInfo
	for _, d := range a.figures.days {
		all := a.figuresOf(d)
		some := all
		if len(req.RequestField) > 0 {
			some = map[string]string{"Date": d.date}
			for _, field := range req.RequestField {
				if value, known := all[field]; known {
					some[field] = value
				}
			}
		}
		result.Result = append(result.Result, some)
	}
	return result, nil
}
