// Package tencentchat is a Go SDK for the server side of Tencent Cloud Chat (IM). It has no code of its own: this page
// says which package does what.
//
//   - sign a UserSig for a user who signs in: [github.com/go-tencentchat/tencentchat/usersig]
//   - make calls, with limits, retries and typed errors: [github.com/go-tencentchat/tencentchat/restapi]
//   - set and read nicknames, avatars and other profile data: [github.com/go-tencentchat/tencentchat/profile]
//   - import, delete and check accounts, see who is online: [github.com/go-tencentchat/tencentchat/account]
//   - keep friend lists, friend groups and blocklists: [github.com/go-tencentchat/tencentchat/friend]
//   - follow and unfollow users, see who follows whom: [github.com/go-tencentchat/tencentchat/follow]
//   - read, pin, mark and group the conversations of users: [github.com/go-tencentchat/tencentchat/conversation]
//   - receive webhooks, let through or refuse what users do: [github.com/go-tencentchat/tencentchat/callback]
//   - send messages, take them back, read histories, build bodies: [github.com/go-tencentchat/tencentchat/message]
//   - publish to the subscribers of official accounts: [github.com/go-tencentchat/tencentchat/official]
//   - make chatbots, stream what they say: [github.com/go-tencentchat/tencentchat/bot]
//   - have content checked, keep word lists: [github.com/go-tencentchat/tencentchat/moderation]
//   - fetch message logs and figures, mute users, block files: [github.com/go-tencentchat/tencentchat/operation]
//   - push to everybody, to tags or to users, count what came of it: [github.com/go-tencentchat/tencentchat/push]
//   - test a backend with no account: [github.com/go-tencentchat/tencentchat/restapi/restapitest]
//   - test webhook handlers: [github.com/go-tencentchat/tencentchat/callback/callbacktest]
//
// Modules of their own, as they bring other people's code along:
//
//   - one rate budget for many processes, on Redis: [github.com/go-tencentchat/tencentchat/restapi/redislimit]
//   - webhooks kept in NATS JetStream: [github.com/go-tencentchat/tencentchat/callback/jetstream]
//
// # What is there
//
// All webhooks are typed, and all commands of the REST API have methods. What is newer than this module is called with
// [github.com/go-tencentchat/tencentchat/restapi.Do], with the same limits, retries and errors, and handled with
// [github.com/go-tencentchat/tencentchat/callback.Handler.Handle].
//
// # Tasks and calls
//
// The clients are made once, messages := message.NewClient(client) and so on. Each call takes a context and returns
// what came of it and an error; lists are iterators.
//
//	// send a message to a user
//	messages.Send(ctx, "ben", message.Message{FromAccount: "ana", MsgBody: message.Text("hi")})
//	// send it to many users
//	messages.BatchSend(ctx, users, m)
//	// send it to any number, with an outcome for each
//	messages.SendAll(ctx, slices.Values(users), m, message.BulkOptions{})
//	// only to devices that are on line
//	messages.Send(ctx, "ben", message.Message{MsgBody: body, OnlineOnlyFlag: true})
//	// take a message back
//	messages.Recall(ctx, "ana", "ben", sent.MsgKey)
//	// change a message
//	messages.Modify(ctx, "ana", "ben", sent.MsgKey, message.Change{MsgBody: body})
//	// read the history of two users
//	messages.Messages(ctx, "ana", "ben", from, to)
//	// count what a user has not read
//	messages.AllUnread(ctx, "ben")
//	// mark a conversation as read
//	messages.MarkRead(ctx, "ben", "ana", time.Time{})
//	// bring messages of another system along
//	messages.Import(ctx, "ben", m, sentAt, message.ImportHistory)
//	// list the conversations of a user
//	conversations.Conversations(ctx, "ben")
//	// pin a conversation
//	conversations.Pin(ctx, "ben", []conversation.ID{conversation.C2C("ana")})
//	// take it off the list
//	conversations.Delete(ctx, "ben", conversation.C2C("ana"))
//
//	// import an account
//	accounts.Import(ctx, account.Account{UserID: "ben", Nick: "Ben"})
//	// end the sign-ins of a user
//	accounts.Kick(ctx, "ben")
//	// delete accounts
//	accounts.Delete(ctx, users)
//	// see who is on line
//	accounts.QueryOnlineStatus(ctx, users)
//	// set a nickname
//	profiles.SetProfile(ctx, "ben", profile.Nick.To("Ben"))
//	// read profiles
//	profiles.GetProfiles(ctx, users)
//	// make friends
//	friends.Add(ctx, "ana", []friend.Request{{ToAccount: "ben", AddSource: "AddSource_Type_Web"}}, friend.Both)
//	// list the friends of a user
//	friends.Friends(ctx, "ana")
//	// block a user
//	friends.Block(ctx, "ana", []string{"ben"})
//	// follow a user
//	follows.Add(ctx, "ana", []string{"ben"})
//	// let a user write nowhere for a while
//	operations.SetNoSpeaking(ctx, "ben", operation.WithC2CMsg(time.Hour))
//
//	// make a group
//	groups.Create(ctx, group.Group{Type: group.Public, Name: "Harbor", OwnerAccount: "ana"})
//	// change its name
//	groups.Modify(ctx, id, group.Change{Name: restapi.Some("Night watch")})
//	// dissolve it
//	groups.Destroy(ctx, id)
//	// list the groups of the app
//	groups.IDs(ctx, "")
//	// list the groups of a user
//	groups.JoinedGroups(ctx, "ben", group.JoinedQuery{})
//	// add members
//	groups.Members.Add(ctx, id, users)
//	// take members out
//	groups.Members.Delete(ctx, id, users)
//	// list members
//	groups.Members.All(ctx, id, group.Filter{})
//	// mute members
//	groups.Members.Mute(ctx, id, users, time.Hour)
//	// mute everybody
//	groups.Modify(ctx, id, group.Change{MuteAllMember: group.On})
//	// ban users
//	groups.Members.Ban(ctx, id, users, group.Forever, "spam")
//	// send a message to a group or a topic
//	groups.Send(ctx, id, m)
//	// mention a member
//	groups.Send(ctx, id, m, group.WithAt(group.At("ben")))
//	// take it back
//	groups.Recall(ctx, id, []uint32{sent.MsgSeq})
//	// see who has not read it
//	groups.NonReaders(ctx, id, sent.MsgSeq)
//	// read the history of a group
//	groups.Messages(ctx, id)
//	// keep a few values that all members see
//	groups.Attributes.Set(ctx, id, map[string]string{"mode": "quiz"})
//	// count something
//	groups.Counters.Update(ctx, id, group.CounterIncrease, map[string]int64{"likes": 1})
//	// make a topic in a community
//	groups.Topics.Create(ctx, group.Topic{GroupID: id, TopicName: "News"})
//	// broadcast to all live rooms
//	groups.Live.Broadcast(ctx, m)
//	// count the audience of a live room
//	groups.Live.OnlineMemberNum(ctx, id)
//
//	// tag users
//	pushes.AddTags(ctx, []push.UserTags{{ToAccount: "ben", Tags: []string{"vip"}}})
//	// push to a tag
//	pushes.Push(ctx, push.Condition{TagsOr: []string{"vip"}}, m)
//	// push to everybody
//	pushes.Push(ctx, push.Everybody(), m)
//	// push to some users
//	pushes.PushTo(ctx, users, m)
//	// publish to subscribers
//	officials.Send(ctx, "@TOA#_news", m)
//	// answer as a chatbot, piece by piece
//	bots.SendStream(ctx, "@RBT#helper", "ben", bot.StreamMsg{Chunk: "Let me see"})
//	// have a text checked
//	moderations.Moderate(ctx, moderation.C2C, moderation.Content{ContentType: moderation.Text, Content: "..."})
//	// forbid a word
//	moderations.AddLocalKeywords(ctx, []moderation.LocalKeyword{{Keyword: "casino"}})
//	// fetch an hour of messages as a file
//	operations.GetHistory(ctx, operation.C2C, hour)
//
// # First steps
//
// In a clone, `go run ./examples/quickstart` shows a message, its webhooks and a UserSig against the local Tencent
// Chat, and examples/backend is a service made to be copied. Both need no account.
package tencentchat
