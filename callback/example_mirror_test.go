package callback_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"sync"

	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/callback/callbacktest"
	"github.com/go-tencentchat/tencentchat/profile"
)

// mirror is a copy of all profiles. In a backend it is a table with one row for each user and field.
type mirror struct {
	mu    sync.Mutex
	cells map[cellKey]cell
}

type cellKey struct{ user, tag string }

type cell struct {
	value   json.RawMessage // as on the wire: fields that this program does not know are kept too
	changed callback.EventTime
}

// apply stores the fields that changed. Webhooks can overtake one another and come twice, so that an older value does not
// take the place of a newer one.
func (m *mirror) apply(_ context.Context, e *callback.ProfilePortraitSet) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, item := range e.ProfileItem {
		key := cellKey{user: e.FromAccount, tag: item.Tag}
		if old, ok := m.cells[key]; !ok || old.changed <= e.EventTime {
			m.cells[key] = cell{value: item.Value, changed: e.EventTime}
		}
	}
	return nil // an error is answered 500, and the vendor can be set to send it again
}

// items returns what is known of a user, to be read with the names of package profile.
func (m *mirror) items(user string) (items profile.Items) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, cell := range m.cells {
		if key.user == user {
			items = append(items, profile.Item{Tag: key.tag, Value: cell.value})
		}
	}
	return items
}

// A copy of every user's profile is kept in a store of one's own.
func Example_mirror() {
	store := &mirror{cells: map[cellKey]cell{}}
	h, err := callback.NewHandler(callbacktest.SDKAppID, callback.WithToken(callbacktest.Token))
	if err != nil {
		fmt.Println(err)
		return
	}
	callback.On(h, store.apply)

	vip := profile.Custom("Vip")
	for _, e := range []*callback.ProfilePortraitSet{
		{EventTime: 1741589712000, ProfileItem: profile.Items{profile.Nick.To("Robin"), profile.Level.To(7)}},
		{EventTime: 1741589713000, ProfileItem: profile.Items{profile.Nick.To("Robin H."), vip.To("1")}},
		{EventTime: 1741589711000, ProfileItem: profile.Items{profile.Nick.To("late")}},
	} {
		e.FromAccount, e.OperatorAccount = "u-1", "u-1"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, callbacktest.NewRequest(e))
		fmt.Println(w.Code)
	}
	items := store.items("u-1")
	nick, _ := profile.Nick.Of(items)
	level, _ := profile.Level.Of(items)
	isVIP, _ := vip.Of(items)
	fmt.Println(nick, level, isVIP)
	// Output:
	// 200
	// 200
	// 200
	// Robin H. 7 1
}
