package chat

import (
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// doNotDisturb has codes by analogy with those of online status: its page's could not be read.
func doNotDisturb() area {
	return area{
		admin:    restapi.CodeMessageAdminRequired,
		syntax:   restapi.CodeMessageInvalidJSON,
		invalid:  restapi.CodeMessageInvalidJSON,
		commands: []command{does(account.CommandAdminSetDoNotDisturb, adminSetDoNotDisturb)},
	}
}

// A quiet is a time in which a user is not to be disturbed.
type quiet struct {
	StartTime  int64
	EndTime    int64
	IsRepeated int `json:",omitempty"` // 1: every day at these hours
	Level      int `json:",omitempty"`
}

func adminSetDoNotDisturb(a *App, _ *call, req *struct {
	ToAccount string `json:"To_Account"`
	quiet
},
) (any, error) {
	u, err := a.refuseUnknown(req.ToAccount, restapi.CodeAccountNotFound)
	if err != nil {
		return nil, err
	}
	u.quiet = &req.quiet
	return nil, nil
}

// holds says whether a user is not to be disturbed at a moment. What then comes is not pushed, whatever the level; it
// still comes to devices that are connected, which is a guess.
func (q *quiet) holds(at time.Time) bool {
	if q == nil {
		return false
	}
	since, long := at.Unix()-q.StartTime, q.EndTime-q.StartTime
	if q.IsRepeated == 1 && long < oneDay {
		since, long = modulo(since, oneDay), modulo(long, oneDay)
	}
	return 0 <= since && since < long
}

const oneDay = int64(24 * time.Hour / time.Second)

// modulo is not negative.
func modulo(n, m int64) int64 { return (n%m + m) % m }
