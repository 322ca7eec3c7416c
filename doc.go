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
// # First steps
//
// In a clone, `go run ./examples/quickstart` shows a message, its webhooks and a UserSig against the local Tencent
// Chat, and examples/backend is a service made to be copied. Both need no account.
package tencentchat
