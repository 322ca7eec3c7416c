package chat

import (
	"maps"
	"slices"
	"strings"

	"github.com/go-tencentchat/tencentchat/bot"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/internal/profilefields"
	"github.com/go-tencentchat/tencentchat/internal/userid"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const botPrefix = "@RBT#"

func robots() area {
	return area{
		admin:   restapi.CodeGroupInvalidRequest,
		syntax:  restapi.CodeGroupInvalidParameter,
		invalid: restapi.CodeGroupInvalidParameter,
		commands: []command{
			does(bot.CommandCreateRobot, createRobot),
			does(bot.CommandDeleteRobot, deleteRobot),
			does(bot.CommandGetAllRobots, getAllRobots),
			does(bot.CommandSendStreamMsg, sendStreamMsg),
		},
		kinds:  []kind{keeps("bot", botLines, func([]named) {}, loadBot)},
		forget: func(s *state, userID string) { s.bots.forget(userID) },
	}
}

// bots are the accounts that are chatbots, and what they are about to say.
type bots struct {
	ids     map[string]bool
	streams map[string]*msg // messages that are not at their end, by MsgKey
}

func (b *bots) forget(userID string) {
	delete(b.ids, userID)
	maps.DeleteFunc(b.streams, func(_ string, m *msg) bool { return m.sender() == userID || m.receiver() == userID })
}

func badBot(info string) error { return refuse(restapi.CodeGroupInvalidParameter, info) }

func checkBotID(id string) error {
	if !strings.HasPrefix(id, botPrefix) || userid.Check(id, userid.MaxUser) != "" {
		return badBot("the ID does not begin with @RBT#, or is over 32 bytes")
	}
	return nil
}

// createRobot makes a bot, whose account has the profile that is given. One that is there gets the new one; that an
// account which was deleted, or imported, becomes a bot too is a guess.
func createRobot(a *App, _ *call, req *struct {
	UserID, Nick  string
	FaceURL       string `json:"FaceUrl"`
	SelfSignature string
},
) (any, error) {
	if err := checkBotID(req.UserID); err != nil {
		return nil, err
	}
	var items profile.Items
	for _, field := range []struct {
		text string
		as   profile.Field[string]
	}{{req.Nick, profile.Nick}, {req.FaceURL, profile.AvatarURL}, {req.SelfSignature, profile.Signature}} {
		switch {
		case len(field.text) > profilefields.MaxBytes:
			return nil, badBot("a text is over 500 bytes")
		case field.text != "":
			items = append(items, field.as.To(field.text))
		}
	}
	if !a.bots.ids[req.UserID] && len(a.bots.ids) >= bot.MaxRobots {
		return nil, refuse(restapi.CodeGroupInvalidRequest, "there are 20 bots")
	}
	a.users.importOne(req.UserID).set(items)
	put(&a.bots.ids, req.UserID, true)
	return nil, nil
}

// deleteRobot leaves the account, which is a bot no more.
func deleteRobot(a *App, _ *call, req *struct {
	RobotAccount string `json:"Robot_Account"`
},
) (any, error) {
	if !a.bots.ids[req.RobotAccount] {
		return nil, badBot("there is no such bot")
	}
	a.bots.forget(req.RobotAccount)
	return nil, nil
}

func getAllRobots(a *App, _ *call, _ *struct{}) (any, error) {
	return struct {
		RobotAccount []string `json:"Robot_Account"`
	}{append([]string{}, slices.Sorted(maps.Keys(a.bots.ids))...)}, nil
}

type pieceRequest struct {
	FromAccount string `json:"From_Account"`
	ToAccount   string `json:"To_Account"`
	Chunk       string
	MsgKey      string
	Finish      int
}

// sendStreamMsg begins a message, or adds a piece to one. No webhook of it is documented. An empty piece may be the
// last of several; that is a guess.
func sendStreamMsg(a *App, c *call, req *pieceRequest) (any, error) {
	switch {
	case !a.bots.ids[req.FromAccount]:
		return nil, badBot("there is no such bot")
	case a.users.byID[req.ToAccount] == nil:
		return nil, badBot("the account is not imported")
	case req.Chunk == "" && (req.Finish != 1 || req.MsgKey == ""):
		return nil, badBot("Chunk is empty")
	}
	a.talks.expire(c.now.Unix())
	if req.MsgKey == "" {
		m := a.beginPieces(c, req)
		return struct{ MsgKey string }{m.key.String()}, nil
	}
	m := a.bots.streams[req.MsgKey]
	if m == nil || m.sender() != req.FromAccount || m.receiver() != req.ToAccount {
		return nil, badBot("there is no such message, or it is at its end")
	}
	old, ok := m.body[0].(*message.StreamElem)
	switch {
	case !ok || m.recalled:
		return nil, badBot("the message was changed, or recalled")
	case m.size+len(req.Chunk) > maxStream: // documented for messages that are streamed otherwise
		return nil, badBot("the message is over 128 KB")
	}
	next := &message.StreamElem{Chunks: old.Chunks}
	next.Next(req.Chunk, req.Finish == 1)
	m.grow(old, next, len(req.Chunk))
	c.notifyBoth(m.talk, Notice{Kind: NoticeEdited, From: req.FromAccount, Text: req.Chunk, Message: m.shown()})
	if req.Finish == 1 {
		delete(a.bots.streams, req.MsgKey)
	}
	return struct{ MsgKey string }{req.MsgKey}, nil
}

// beginPieces sends a message that may grow.
func (a *App) beginPieces(c *call, req *pieceRequest) *msg {
	maps.DeleteFunc(a.bots.streams, func(_ string, m *msg) bool { return m.copies == [2]bool{} })
	elem := &message.StreamElem{}
	elem.Next(req.Chunk, req.Finish == 1)
	m := a.place(c, &sending{
		from: req.FromAccount, content: content{body: message.Body{elem}, size: len(req.Chunk)},
		key: a.talks.ownKey(c.now), keep: true, sync: true, push: pushInfo{Desc: req.Chunk},
	}, req.ToAccount)
	if req.Finish != 1 {
		put(&a.bots.streams, m.key.String(), m)
	}
	return m
}

// tellBot tells the backend of a message to a bot, whether or not the message forbids the other webhooks.
func (a *App) tellBot(c *call, s *sending, m *msg) {
	to := m.receiver()
	if !a.bots.ids[to] {
		return
	}
	c.after(m.talk.lane, &callback.BotOnC2CMessage{
		FromAccount: s.from, ToAccount: to, MsgSeq: s.key.seq, MsgRandom: s.key.random,
		MsgTime: callback.UnixTime(s.key.time), MsgKey: s.MsgKey, MsgID: s.MsgID, OnlineOnlyFlag: s.onlineOnly(),
		ErrorInfo: "send msg succeed", MsgBody: s.body, CloudCustomData: s.cloud, EventTime: callback.EventTimeOf(c.now),
	})
}

// tellBots tells the backend of a message of a device that mentions bots in a group, by name and not with everybody.
// Whether they must be members is not documented: they need not.
func (a *App) tellBots(c *call, s *groupSending, t place) {
	var mentioned []string
	for _, one := range s.mentions {
		if a.bots.ids[one.GroupAtAccount] {
			mentioned = append(mentioned, one.GroupAtAccount)
		}
	}
	if len(mentioned) == 0 || c.by.IsREST() {
		return
	}
	c.after(t.lane, &callback.BotOnGroupMessage{
		GroupID: s.groupID, TopicID: s.topicID, Type: t.kind.newer(), FromAccount: s.from, OperatorAccount: c.by.UserID,
		Random: s.random, MsgSeq: s.seq, MsgTime: callback.UnixTime(s.time), OnlineOnlyFlag: flag(s.online, 1),
		MsgBody: s.body, AtRobotsAccount: mentioned, CloudCustomData: s.cloud, EventTime: callback.EventTimeOf(c.now),
	})
}

// Signal sends data to a bot, which no chat shows. To whom else it could be sent is not documented.
func (d *Device) Signal(to, data string) error {
	_, err := d.act("Signal", func(a *App, c *call) (any, error) {
		if !a.bots.ids[to] {
			return nil, refuse(restapi.CodeMessageReceiverNotFound, "there is no such bot")
		}
		key := a.talks.ownKey(c.now)
		c.after(a.talks.with(d.by.UserID, to).lane, &callback.ChatbotOnC2CSignalMessage{
			FromAccount: d.by.UserID, ToAccount: to, MsgSeq: key.seq, MsgRandom: key.random, MsgKey: key.String(),
			EventTime: callback.EventTimeOf(c.now), Data: data,
		})
		return nil, nil
	})
	return err
}
