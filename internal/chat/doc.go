// Package chat is the model of a local Tencent Chat: the state of one app, the rules by which REST commands and clients
// change it, and the webhooks that tell of it. It knows nothing of HTTP: package restapitest is its face, which checks
// signatures and rates, decodes nothing, and sends what the model hands it.
//
// # State
//
// [App] has one lock over all of its state. What runs under it looks and changes; it never waits, and neither encodes
// nor sends a webhook. There are no timers and no goroutines in the state: the time comes with each call. The journal
// and the lanes have locks of their own, below that one; nothing of the state is asked for under them.
//
// # Areas
//
// An area is a function in allAreas, such as friends: a table of its commands, the kinds of its lines in a snapshot and
// what it forgets when an account is deleted. Its part of the state is a field of state. A command is a row: does for
// most, asks for one that the backend is asked about before it happens. A device does the same by act and actAsked. All
// of them end in run, the one place where they change something; what asks comes through prepare and consult before.
//
// The body of a command is held against the documented fields before the row sees it: a row never meets a field that
// is missing or of a wrong type.
//
// # Twins
//
// Settings, Call, Delivery and Action stand in package restapitest once more, with the same fields. There they are what
// users read of, here they have the tags of snapshots and may name types that no user sees. One is converted to the
// other, which does not compile when a field is missing on either side.
package chat
