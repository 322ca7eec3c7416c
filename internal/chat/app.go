package chat

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/spec/shape"
)

// A Post signs and sends one webhook and returns what it was answered with. It must return when the context ends. The
// time to sign is the envelope's ReceivedAt.
type Post func(ctx context.Context, e callback.Envelope) (status int, answer []byte, err error)

// A Config is what an App is made of.
type Config struct {
	SDKAppID uint64
	Admins   []string         // whose accounts are there from the start
	Now      func() time.Time // nil: the machine's clock
	Strict   bool             // refuse what is only tolerated
	History  History          // how many messages are kept
	// PerMinute is how many receivers batchsendmsg takes in a minute: 0 for the documented number, below 0 for any.
	PerMinute int
	// GroupPerSecond is how many messages a group takes in a second: 0 for the documented number, below 0 for any.
	GroupPerSecond int
	Log            *slog.Logger // nil: none
}

// An App is one app of a local Tencent Chat. Its methods are safe for concurrent use.
type App struct {
	cfg     Config
	areas   []area
	rows    map[string]*Row // by path
	shapes  shape.Book
	codes   sync.Map // of the answers to webhooks: command -> codeRanges
	post    atomic.Pointer[Post]
	lanes   *lanes
	journal *Journal
	faults  Faults
	late    atomic.Bool // closed, and the time for what is in the lanes is over

	mu sync.Mutex // guards the state; nothing under it waits, sends or encodes
	state
}

// state is what an app holds. Restore and Reset put another in its place.
type state struct {
	set       Settings
	users     users
	relations relations
	talks     talks
	officials officials
	bots      bots
	words     words
	mutes     appMutes
	files     files
	figures   figures
	logs      map[logKey]logFile // that were made
	pushes    pushes
	groups    groups
}

func newState() state { return state{users: newUsers(), words: newWords()} }

// New returns an app with the accounts of its administrators. It sends no webhooks until SetPost.
func New(cfg Config) *App {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.History = cfg.History.orDefault()
	a := &App{cfg: cfg, areas: allAreas(), rows: make(map[string]*Row), journal: new(Journal), state: newState()}
	a.lanes = newLanes(a.deliver, a.lost)
	for _, area := range a.areas {
		for _, c := range area.commands {
			a.rows[c.Cmd.Path()] = area.row(c)
		}
	}
	a.Import(cfg.Admins...)
	return a
}

// Reset puts the app back as it was at the start: the accounts of its administrators, no settings, nothing that is to
// go wrong, nothing recorded. Devices are kicked. Webhooks that wait are still sent.
func (a *App) Reset() {
	a.replace(newState())
	a.faults.clear()
	a.journal.Clear()
}

// replace puts another state in the place of what is there. Devices are kicked.
func (a *App) replace(s state) {
	for _, admin := range a.cfg.Admins {
		s.users.importOne(admin)
	}
	now := a.cfg.Now()
	s.talks.stamp(now.Unix())
	s.groups.msgs.stamp(now.Unix())
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, u := range a.users.byID {
		u.kickAll(now)
	}
	a.state = s
}

// Import makes accounts, as account_import does. It does not look at what the IDs are made of.
func (a *App) Import(userIDs ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, userID := range userIDs {
		a.users.importOne(userID)
	}
}

// SetPost sets what sends webhooks. nil, as at the start, means that there are none, and that before-events are not
// asked.
func (a *App) SetPost(post Post) {
	if post == nil {
		a.post.Store(nil)
		return
	}
	a.post.Store(&post)
}

// Journal returns what has happened so far.
func (a *App) Journal() *Journal { return a.journal }

// Faults returns what is to go wrong.
func (a *App) Faults() *Faults { return &a.faults }

// Wait sends scheduled pushes whose time has come, and blocks until every webhook that is due is answered or has
// failed.
func (a *App) Wait() {
	a.mu.Lock()
	a.sendDue(a.cfg.Now())
	a.mu.Unlock()
	a.lanes.wait()
}

// Close waits for webhooks. Those that still wait for their turn 2 seconds later are not sent.
func (a *App) Close() {
	timer := time.AfterFunc(webhookTimeout, func() { a.late.Store(true) })
	defer timer.Stop()
	a.lanes.wait()
	a.journal.watchers.close()
}
