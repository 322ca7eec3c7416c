package chat

import (
	"slices"
	"time"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
)

// pushable is how long a user whose connection has ended can be reached by pushes.
const pushable = 7 * 24 * time.Hour

// SignIn signs the device in, with a UserSig that was made at issued. An account that is not there is made, and an
// older device of the user on the same platform is kicked.
func (d *Device) SignIn(issued time.Time) error {
	c := d.begin()
	_, err := run(d.app, c, func(a *App, c *call) (any, error) {
		if err := a.users.checkIssued(d.by.UserID, issued); err != nil {
			return nil, err
		}
		if d.conn >= background {
			return nil, nil
		}
		a.count(c.now, func(today *day) { today.login(d.by.UserID) })
		kicked := a.users.importOne(d.by.UserID).seat(d, c.now)
		d.tell(c, callback.StateLogin, callback.StateRegister, func(e *callback.StateChange) { e.KickedDevice = kicked })
		d.listen(c)
		return nil, nil
	})
	return d.finish(c, "SignIn", err)
}

// seat makes d a device of the user, in place of an older one on the same platform.
func (u *user) seat(d *Device, now time.Time) (kicked []callback.KickedDevice) {
	for _, other := range slices.Clone(u.devices) {
		if other == d || !other.by.Platform.Is(d.by.Platform) {
			continue
		}
		if other.conn >= background {
			kicked = append(kicked, callback.KickedDevice{Platform: other.by.Platform})
		}
		u.end(other, now)
	}
	if !slices.Contains(u.devices, d) {
		u.devices = append(u.devices, d)
		d.app.groups.attend(u, d.by.UserID)
	}
	d.conn, d.since = foreground, now
	return kicked
}

// end kicks a device.
func (u *user) end(d *Device, now time.Time) {
	u.leave(d, now)
	d.inbox.put(Notice{Kind: NoticeKicked, Time: now})
}

func (u *user) leave(d *Device, now time.Time) {
	u.devices = slices.DeleteFunc(u.devices, func(other *Device) bool { return other == d })
	d.app.groups.attend(u, d.by.UserID)
	d.conn, d.since = signedOut, now
	d.walkOut()
	d.inbox.alert()
}

// kickAll ends every session of the user.
func (u *user) kickAll(now time.Time) {
	for _, d := range slices.Clone(u.devices) {
		u.end(d, now)
	}
}

// SignOut signs the device out.
func (d *Device) SignOut() error {
	_, err := d.act("SignOut", func(a *App, c *call) (any, error) {
		d.conn = cutOff
		d.listen(c)
		a.users.byID[d.by.UserID].leave(d, c.now)
		d.tell(c, callback.StateLogout, callback.StateUnregister, nil)
		return nil, nil
	})
	return err
}

// Drop takes the device's connection away. What it was for stays: pushes, and that SignIn gives it back.
func (d *Device) Drop(reason callback.StateReason) error {
	_, err := d.act("Drop", func(_ *App, c *call) (any, error) {
		d.conn, d.since = cutOff, c.now
		d.inbox.alert()
		d.tell(c, callback.StateDisconnect, reason, nil)
		d.listen(c)
		return nil, nil
	})
	return err
}

// Background puts the client into the background, or takes it out.
func (d *Device) Background(on bool) error {
	_, err := d.act("Background", func(_ *App, c *call) (any, error) {
		conn := foreground
		if on {
			conn = background
		}
		if conn != d.conn {
			d.conn, d.since = conn, c.now
		}
		return nil, nil
	})
	return err
}

// SetStatus sets the user's custom status.
func (d *Device) SetStatus(text string) error {
	_, err := d.act("SetStatus", func(a *App, c *call) (any, error) {
		a.users.byID[d.by.UserID].customStatus = text
		d.tell(c, callback.StateCustomStatusChange, callback.StateSetCustomStatus, func(e *callback.StateChange) {
			e.Info.CustomStatus = text
		})
		return nil, nil
	})
	return err
}

// tell sends State.StateChange, where iOS is spelled as nowhere else.
func (d *Device) tell(
	c *call, action callback.StateAction, reason callback.StateReason, more func(*callback.StateChange),
) {
	e := &callback.StateChange{
		EventTime: callback.EventTimeOf(c.now),
		Info:      callback.StateInfo{Action: action, ToAccount: d.by.UserID, Reason: reason},
	}
	if d.by.Platform.Is(callback.PlatformIOS) {
		e.OptPlatform = "IOS"
	}
	if more != nil {
		more(e)
	}
	c.after(d.by.UserID, e)
}

// status is the status of the user as a whole, the best of any device, and that of each platform.
func (u *user) status(now time.Time) (best account.OnlineStatus, each []account.PlatformStatus) {
	best = account.Offline
	for _, d := range u.devices {
		status := d.status(now)
		if status == account.Online || best == account.Offline {
			best = status
		}
		each = append(each, account.PlatformStatus{Platform: accountPlatform(d.by.Platform), Status: status})
	}
	return best, each
}

func (d *Device) status(now time.Time) account.OnlineStatus {
	switch {
	case d.conn == foreground:
		return account.Online
	case now.Sub(d.since) < pushable:
		return account.PushOnline
	}
	return account.Offline
}

// accountPlatform is a platform in the words of account's commands.
func accountPlatform(p callback.Platform) account.Platform {
	for from, to := range map[callback.Platform]account.Platform{
		callback.PlatformIOS: account.IPhone, callback.PlatformIPad: account.IPad, callback.PlatformMac: account.Mac,
		callback.PlatformWindows: account.PC, callback.PlatformAndroid: account.Android, callback.PlatformWeb: account.Web,
	} {
		if p.Is(from) {
			return to
		}
	}
	return account.Platform(p)
}
