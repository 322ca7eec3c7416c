// Package chat is the model of a local Tencent Chat: the state of one app, the rules by which REST commands and clients
// change it, and the webhooks that tell of it. It knows nothing of HTTP: package restapitest is its face, which checks
// signatures and rates, decodes nothing, and sends what the model hands it.
//
// # State
//
// [App] has one lock over all of its state. What runs under it looks and changes; it never waits, sends or encodes.
// There are no timers and no goroutines in the state: the time comes with each call.
//
// # Areas
//
// An area is one file, with its part of the state, a table of its commands, the kinds of its lines in a snapshot and
// what it forgets when an account is deleted, and a line in allAreas. A command is a row: does for most, asks for one
// that the backend is asked about before it happens. A device does the same by act and actAsked. All of them end in
// run, which is the one place where the lock is taken.
//
// The body of a command is held against the documented fields before the row sees it: a row never meets a field that
// is missing or of a wrong type.
package chat
