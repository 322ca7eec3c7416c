// Package jetstream keeps webhooks in NATS JetStream between the process that answers the vendor and the processes that
// do the work: a callback.Sink that stores them, and Consume, which calls the same typed handlers behind it.
//
//	// Once, in a deployment or at the program's start:
//	err := webhooks.EnsureStream(ctx, js, webhooks.StreamConfig{Replicas: 3})
//
//	// In the receiver:
//	sink, err := webhooks.NewSink(js)
//	h, err := callback.NewHandler(sdkAppID, callback.WithToken(token), callback.WithSink(sink))
//	mux.Handle("/im/hook", h)
//
//	// In the workers, as many as it takes, until ctx ends:
//	callback.On(h, func(ctx context.Context, e *callback.ProfilePortraitSet) error { ... })
//	err := webhooks.Consume(ctx, js, h)
//
// js is a JetStream of github.com/nats-io/nats.go/jetstream, which has the same package name: import one of them under
// another, as here webhooks. It is a module of its own, and the only one that depends on NATS. Before-events, which the
// vendor waits for, are answered where they arrive and never stored.
//
// # Guarantees
//
// A webhook that was answered 200 is in the stream, and is handled at least once or set aside with the reason. One that
// cannot be stored before callback.WithTimeout is over, 1.8 of the vendor's 2 seconds, is answered 503: whether it is
// sent again is a setting of the vendor's console, which should be on.
//
// One that the vendor sends twice within StreamConfig.Duplicates is stored once, whichever receiver it comes to and
// even if NATS was restarted in between: its envelope ID is the ID of the message. Two that differ in their RequestID
// are two events, and so are two with the same body that were signed in different seconds and have no EventTime in it:
// to block somebody, take it back and block again is stored as three. callback.Envelope says what a repeat is told by.
// Where nothing tells, it is stored twice, as an event that is taken for a repeat would be lost.
//
// A handler is called again for the same message only after it returned an error, or where the server could not know
// that it had returned: its process or the server was killed, or the two could not reach each other for WithAckWait. A
// single server that is killed forgets up to a tenth of a second of acknowledgements. A handler whose work must be done
// once remembers the ID in DeliveryFrom, in the transaction of that work. Order is not kept, as the vendor keeps none.
//
// # What survives what
//
// EnsureStream makes streams on disk which refuse when they are full and delete by age only. The acknowledgement says
// that the server has written the message, not that the disk has: that is sync_interval in the server's configuration,
// two minutes by default. By the documentation of NATS, what was acknowledged survives the following; the tests of this
// package kill processes, not the power, and run one server:
//
//   - with one server: its end, kill -9 included. After a power failure or a crash of the operating system up to
//     sync_interval is missing
//   - with Replicas 3: the end of any server, kill -9 of all of them, and the loss of one machine with its disk, while
//     the two others run. When a majority loses power at once, or in rare cases when one machine does while another
//     lags, up to sync_interval can be missing: put them into different zones
//   - with Replicas 3 and sync_interval: always: the power failure of all of them too. It costs throughput: on the
//     machine of the benchmarks 5,500 webhooks a second and stream in place of 58,000
//
// Memory storage and PersistMode async, which Adjust could set, survive less than is promised here. A stream that is
// deleted takes with it what was not handled, and what repeats are known by; what was set aside is in one of its own.
//
// # Failures
//
// A handler that returns an error or panics is called again after 1 s, 3 s, 10 s and so on, for 49 minutes: see
// WithTries. Then, and at once for callback.ErrWrongApp, ErrMalformed, ErrBeforeEvent, ErrNoHandler and what
// WithPermanent names, the webhook goes to the stream with _DEAD in its name, as it was, with the reason in its
// headers. So does one whose deliveries are used up without an outcome, as it may be what kills the processes. See the
// example of Sink.Put for putting such webhooks back. While a service that all handlers need is down, no more than
// MaxAckPending webhooks, 5,000 by default, are on their way to being set aside; the others wait in the stream.
//
// The receiver stores every after-event that is switched on in the console. A webhook that nobody has registered for is
// set aside and reported, as NoHandler and as an error in the log: a handler may have been forgotten. A process that
// handles some commands says which with WithOnly; one that wants to have seen the rest, or drop it, takes it with
// callback.WithUnknown; and callback.SinkCommands keeps it out of the stream.
//
// What is stored can be set aside: near max_payload with the reason cut short, or without headers. Where the server or
// the stream of the dead was set to take less since, the webhook stays where it is without coming again, and is
// reported as Left.
//
// Watch the number of messages in the _DEAD stream, and the consumer's pending messages: what is not handled within
// StreamConfig.MaxAge is deleted. WithStored and WithOutcome count.
//
// # Connections
//
// nats.go gives up after two minutes without a server and closes the connection, which ends Consume with
// nats.ErrConnectionClosed and has every webhook answered 503. Connect so that it does not:
//
//	nats.Connect(urls, nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true), nats.ReconnectWait(250*time.Millisecond))
//
// Then both sides wait for NATS and go on by themselves. NATS takes messages of 1 MB, which are bodies of about 780 kB:
// set max_payload to 2 MB if you raise nothing else, as callback.WithMaxBody is 1 MiB.
//
// # Stopping
//
// When its context ends, Consume takes no more, waits for what it had asked for, a second at most, lets handlers finish
// within WithGrace, and returns nil. Close the connection after that, with Drain. To stop a receiver, shut down its
// http.Server and then drain its connection.
//
// # Sizing
//
// A body of 300 bytes takes 750 on the disk of each replica. 10,000 a second are 7.5 MB a second, 650 GB a day and
// replica: shorten MaxAge, compress with Adjust, and set MaxBytes below the disk. The server keeps about 120 bytes of
// memory for each ID in the window: 10,000 a second in 2 minutes are 150 MB.
//
// A stream has one leader. What it does in a second is measured with the package's benchmarks on your disks; beyond it,
// give each app, or half of the receivers' commands by callback.SinkCommands, a stream of its own. Workers need
// webhooks a second times seconds a handler takes: 10,000 with handlers of 20 ms are 200 at once, which is four
// processes with the default WithConcurrency. Slow commands get a consumer of their own with WithOnly.
//
// # Errors
//
// What the server refuses is a *jetstream.APIError of nats.go to errors.As. No error or log entry has a webhook's body.
package jetstream
