// Package restapitest is a local Tencent Chat for tests and for trying things out: an HTTP server that checks
// signatures, limits and bodies as documented, keeps accounts, profiles, friends, groups, messages and what else there
// is, and sends signed webhooks.
//
// It is modelled on the vendor's public documentation. It is not the vendor's service, and has nothing of it: where the
// documentation is silent it does what seems likely, and it knows only the commands of the packages account, profile,
// friend, follow, conversation, message, group, official, bot, moderation, operation and push.
//
//	func TestRename(t *testing.T) {
//		srv := restapitest.NewServer()
//		defer srv.Close()
//		srv.AddAccount("leckie")
//
//		users := profile.NewClient(srv.Client())
//		if err := users.SetProfile(t.Context(), "leckie", profile.Nick.To("Leckie")); err != nil {
//			t.Fatal(err)
//		}
//		items, _ := srv.Profile("leckie")
//		nick, _ := profile.Nick.Of(items)
//		// nick is "Leckie"
//	}
//
// # What is checked
//
// Every call must be a POST with all documented query parameters and a UserSig of an administrator that this app's key
// signed. The codes are the documented ones: 60012 and 70020 for the app, 60025 for the other parameters, 70001, 70002,
// 70003, 70009, 70013, 70014 and 70052 for the UserSig, 60010, 30004, 40004, 70403, 90009, 130002, 10007 or 10008 for
// an identifier that is not an administrator, 60009 for a command that is not there, 60007 for the second-long window
// of a command's rate, and those that the page of the command lists for its body. HTTP status is always 200. SDK
// clients refuse most bad bodies by themselves: to see the server's own refusals send raw requests. What other
// libraries send though no page has it, and the service is not known to refuse, passes with a warning: WithStrict has
// the list, and refuses it.
//
// A body is held against the documented fields: one that lacks a field or has another type is refused with the code of
// the field, or of the area, whether or not anything reads it.
//
// Where the documentation leaves a choice: a Location of 17 to 500 bytes is 40605, over 500 bytes 40601. portrait_get
// fails as a whole with 40003 when it names only unknown accounts, and for a single user otherwise. The webhook of a
// profile has the fields that the call named, changed or not. Kicking and deleting an account send no
// State.StateChange.
//
// Of friends: who has no Tag_Profile_IM_AllowType takes anyone, and only who is to be put on a list themselves is
// asked. ForceAddFlags passes over that and over AdminForbidType, not over blocklists and full lists. friend_add for a
// friend is no error and changes nothing; Device.AddFriend is refused with 30015. friend_delete takes one side where it
// does not say. friend_delete_all sends Sns.CallbackFriendDelete, and so does blocking a friend, which also ends what
// the two have asked each other. friend_get has 100 friends to a page; while a sequence is unchanged it names the
// friends without the fields. group_add for a group that is there is no error.
//
// Of messages: they are kept for 7 days from when they came, imported ones too, 10,000 of a conversation and 200,000 in
// all, see WithHistory, and sorted by time and MsgSeq. sendmsg of the same sender, MsgSeq, MsgRandom and content within
// 120 seconds has the answer of the first, whoever it is to, and nothing else happens; batchsendmsg to the same users
// within one second likewise. Of OnlineOnlyFlag 1 and MsgLifeTime 0 nothing is kept, for the sender neither. A page of
// history has 100 messages at most. Only a receipt sets IsPeerRead. Pairs of an extension that are deleted are not
// listed. Friends and blocklists are not looked at for calls, while a device is refused by who has blocked its user. A
// device may recall for two minutes, a call always. What is wrong with a piece of a stream is 90010. StandardMark
// begins with mark 1. A group is on the list of conversations of its members as soon as it has a message.
//
// Of groups: those that the service names have the same IDs in each run, "@TGS#10000001L" and so on. A group without a
// MaxMemberCount has no limit but that of Settings.Plan. Of a call that names users who are not imported nothing is
// done: add_group_member answers 10019, and other commands 10004. Who is banned, or refused by the backend, has Result
// 0. The owner cannot be taken out, banned or given a role, which is 10004, and nor can somebody who is not a member
// become the owner. change_group_owner makes a member of the owner before. Mutes are for any user, and end by the
// clock, as bans do; both stay when the user leaves, and a ban takes the user out, of which
// Group.CallbackAfterMemberExit tells. Members of a page that are not of a role that is asked for count all the same.
// The deletion of an account leaves the user's groups without an owner. A group that is dissolved leaves its ID free.
// Devices have the rights that their user's role gives them by the type of the group, calls have all.
//
// Of messages to groups: send_group_msg of the same sender, Random and content to the same group within 5 minutes has
// the answer of the first, and nothing else happens. Over 40 messages of a group in a second are refused, see
// WithGroupRate; in an AVChatRoom a message is dropped when there were 40 of its priority or above. What is dropped, by
// the rate or by the backend, and what is for those on line alone has a number and leaves a gap. Unread are the
// messages after the last one that was read, but for one's own, those for some members, those with NoUnread, and what
// was taken back. Receipts are for groups of at most 200 members: in a larger one a message has none. A device may
// change any message of a group that its user is in. Of a broadcast no webhook tells, and its number is that of
// broadcasts; with PlanTrial there are none. Pinning a message that is pinned moves it to the front, and what is wrong
// with pins, streams and modify_group_msg has the codes of other commands of groups. Group.CallbackSendMsgException
// tells of what is refused for any reason but a body that lacks a field. Pushes are for one-to-one and group messages,
// but not for those of live rooms.
//
// Of official accounts: only few codes are documented, so that most are guesses. A bad parameter is 6017, and of
// messages 10004; a third message in an hour, or a second one in a second, is 10023. The same body within five minutes
// has the answer of the first, whatever its Random, and nothing else happens. Answers have the ID of an account as
// Official_Account. Who subscribes when the account is full has Result 0; 130006 is for calls that nobody fits in. A
// message of OnlineOnlyFlag 1 leaves its place in the history, without a body; one that is recalled again is 10032.
// Messages are kept for 7 days, and are not pushed. An account that is deleted takes its official accounts along.
//
// Of bots: an account that create_robot did not make is none, whatever its ID. Bot.OnC2CMessage is sent whether or not
// the message forbids the others. Bot.OnGroupMessage is sent for messages of devices that mention a bot by name. While
// a user is not to be disturbed nothing is pushed, whatever the Level; devices that are connected are told all the
// same.
//
// Of moderation: there is one library, which blocks, and a seed can have more. Words are looked for as they are
// written, in all texts of a message together; what a device or a call sends is held against them before the backend is
// asked, but for NoMsgCheck. A library that says Review lets a message pass and tells the backend. Local words are
// replaced in messages alone; where they block, and where a library does, profiles, names and what is said of friends
// are stopped too. A regular expression is one of package regexp. Of a file only its address is looked at, so that a
// word in that is one in the file.
//
// Of operation: who is muted is refused sendmsg and what devices send, not batches, imports and streams. Logs are made
// when they are asked for, of the messages that are kept, and served by this server at a random address for a day. Of
// the figures of a day, accounts, sign-ins, one-to-one messages and webhooks are counted; all others are 0. Signed
// addresses of files lead nowhere.
//
// Of pushes: both generations share tags, attributes, the second between two pushes and the 100 of a day (UTC), which
// pushes to listed users and scheduled ones do not count for. A condition that is there and says nothing is refused,
// and a sender who is not imported where there is a message. All are all accounts, administrators too. A device that is
// on line gets a push at once; one with a push token that is not has it told as delivered when it is clicked; a user
// with neither is told of with ErrCode -2. Pushes are kept in the receivers' conversations alone. im_push and batch
// answer a push with the MsgRandom of one of the last second as that one; nothing else is known for a repeat. Names of
// attributes that a call leaves out stay, and so does what the Content of a changed task leaves out. A task that is no
// longer pending is 90107 and dispatched; all else that is wrong with one is 90104. A revocation without
// OfflinePushInfo of a push that was kept nowhere is 90053.
//
// # Users
//
// Server.Client is the client of the REST API, for the backend. What users do is on a [Device]: Server.User makes one
// and signs it in, Server.SignIn does the same with a UserSig of the backend's own.
//
//	ann := srv.User("ann", restapitest.OnPlatform(callback.PlatformAndroid))
//	err := ann.SetProfile(profile.Nick.To("Ann"))
//	notice, err := ann.Next(ctx) // what ann's phone shows
//	state, err := ann.AddFriend("bob", restapitest.FriendWords("Ann here"))
//	m, err := ann.Send("bob", message.Text("hi"))
//	err = ann.With("bob").Recall(m)
//	id, err := ann.CreateGroup(restapitest.NewGroup{Type: group.Public, Name: "Harbor", Members: []string{"bob"}})
//
// Device.In is for groups and topics what Device.With is for users:
//
//	m, err = ann.In("harbor").Send(message.Text("all hands @bob"), restapitest.Mention("bob"))
//
// Devices keep to the rules of calls, cause webhooks with their platform and address, and are what the online status of
// a user is made of: Device.Drop and Device.Background change it too.
//
// # Settings
//
// [Settings] are what the console sets: which webhooks are on, forbidden words, custom fields, what a before-webhook
// without an answer means. Server.SetSettings replaces them, and Server.Reset puts the whole server back to its start.
//
// # Making things go wrong
//
// Server.FailNext makes calls fail with a code, Server.Delay holds back answers, and Server.Handle replaces a command
// or adds one, with any answer. Server.Calls and Server.Deliveries tell what was received and sent, Server.Watch tells
// it as it happens.
//
// # Webhooks
//
// WithCallback names the backend's URL and token. The server then sends the webhooks of what calls and devices do:
// State.StateChange, Profile.CallbackPortraitSet, the six of friends, Sns, the two of follows, Follow, the eight of
// messages, C2C, the 25 of groups, Group, the eleven of official accounts, OfficialAccount, Bot.OnC2CMessage,
// Bot.OnGroupMessage, Chatbot.OnC2CSignalMessage, Push.OfflinePush, for devices with a push token that are in the
// background or cut off, and Push.AllMemberPush, of the pushes of package push. ContentCallback.ResultNotify tells of
// texts with a word of a library, also of those that are refused for it, and of audio and video that were to be
// checked; Alert.RequestOverLimit of a command that was called at over 80 % of its rate, once a minute.
//
// The backend is asked before a message is sent, not for batches and imports, before a group or a topic is made, before
// users join a group or are added, before an official account is made, users subscribe to one or it sends a message,
// and before a device adds a friend or answers a request; what it says is obeyed. Server.SendCallback sends any other
// event. WithCallbackTLS is for a backend whose certificate is from an authority of its own. Server.Wait waits until
// all are answered, and Server.Deliveries tells how; the Cause of each is the ID of the call or of the action that it
// tells of.
//
// The webhooks of one user come in the order of the changes that they tell of, each when the one before it is answered,
// and the call that caused it too; those of different users come at the same time, 64 at most. None is sent twice. The
// vendor promises neither. At most 100,000 wait; beyond that the oldest are not sent, as their Delivery says.
//
// # Time
//
// There are no timers: what is due by the clock, such as a scheduled push, happens when somebody looks next, by a call,
// on a device, or with Server.Wait.
//
// WithClock sets the server's clock. In a bubble of testing/synctest sockets do not work: WithoutListener makes a
// server without one, and WithCallbackHandler sends webhooks straight to a handler. Device.Next may wait there. Example
// (SupportChat) plays both sides of a chat in such a bubble.
package restapitest
