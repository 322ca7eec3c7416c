// Package restapi makes calls to the REST API of Tencent Cloud Chat.
//
// A Client carries out one command of the API after the other, or many at once. It signs them, keeps to the documented
// rate of each command, tries again where that is safe, and turns the service's answers into typed values and errors.
// The areas of the API, such as profile and account, are packages of their own with a client over a [Caller]:
//
//	client, err := restapi.NewClient(restapi.Singapore, 1400000001, secretKey)
//	if err != nil {
//		return err
//	}
//	users := profile.NewClient(client)
//	err = users.SetProfile(ctx, "leckie", profile.Nick.To("Leckie"))
//	if errors.Is(err, restapi.ErrAccountNotFound) {
//		// import the account first
//	}
//
// A command that no area has, as it is newer than this module, is called by its name, with [Do]:
//
//	answer, err := restapi.Do[Answer](ctx, client, restapi.Command{Service: "openim", Name: "a_newer_one"}, request)
//
// # Regions
//
// The region is the one the app was created in. There is no default: an app is known to the host of its own region
// only, and calls to another one fail with [CodeWrongRegionHost] or [CodeAppNotFound]. Each region but [Riyadh] has a
// standby host, which the client uses while the first one cannot be connected to.
//
// # Credentials
//
// Calls are made as an administrator of the app ([WithAdmin]). The client signs its UserSig with the secret key, or
// takes it from a [TokenSource], and renews it before it expires. It is added to the URL below everything that could
// show it: middleware, transports of [WithTransport], logs and errors never hold it.
//
// # Requests
//
// A request is a struct or map that encodes to a JSON object. Its methods may ask for what does not stand in the
// object; they are looked up on the request that is passed to Call, and travel with it through middleware:
//
//   - Query() url.Values: added to the URL, escaped. What the client sets itself (sdkappid, identifier, usersig,
//     random, contenttype, in any case) is refused with an *ArgumentError before the network. As the rest of the query
//     it is added below the transports of [WithTransport], and no error shows it.
//   - ForApp(sdkAppID uint64) any: its result is encoded in place of the request, for commands whose body names the
//     app.
//   - Cost() int: what the call takes of the command's CostPerMinute, see "Rate limits"; less than 1 counts as 1.
//   - AppendJSON(dst []byte) ([]byte, error): appends the object, in place of encoding/json.
//
// # Errors
//
// A failed call returns one of three types:
//
//   - [*ArgumentError]: the client refused an argument, and nothing was sent;
//   - [*RateLimitError]: the client's own limiter refused, and nothing was sent;
//   - [*Error]: the service refused, with its Code, or no answer came, with the cause in Err.
//
// Match them with errors.Is: with an exact code, such as [CodeProfileAccountNotFound], or with a class of codes:
// [ErrAccountNotFound], [ErrRateLimited], [ErrUserSig], [ErrPermission], [ErrInvalidArgument], [ErrTemporary]. Where
// the service answers for each item of a call, every item of the result has a method Err that returns the same *Error.
//
// Open of an *Error says whether the command may have been carried out all the same, by any of the attempts.
//
// What a fault on the way comes to, as an *Error. "Sent" says whether the service may have carried out the command, so
// that only an idempotent one is tried again, or one within its RepeatWithin; one that was not sent is tried again
// whatever it is.
//
//	fault                                             sent    the error matches
//	name not found, refused, TLS not agreed on        no      ErrTemporary, and *net.DNSError and the like
//	certificate of another name, expired, unknown     no      *tls.CertificateVerificationError; not tried again
//	cut or reset before the whole answer was read     yes     ErrTemporary, often io.EOF or io.ErrUnexpectedEOF
//	silence, or an answer that comes too slowly       yes     ErrTemporary and context.DeadlineExceeded
//	HTTP status 408 or 5xx                            yes     ErrTemporary, HTTPStatus says which
//	HTTP status 429                                   no      ErrTemporary and ErrRateLimited
//	another status, a redirect, bad JSON or gzip      yes     ErrBadResponse; not tried again
//	head over 64 KiB, a flood of 1xx answers          yes     ErrTemporary
//	body over 8 MiB                                   yes     ErrBadResponse; not tried again
//
// An answer that nobody asked for ends its connection. Where the first host of the region cannot be connected to, the
// standby, if there is one, is tried within the same attempt.
//
// # Rate limits
//
// The documented limits hold for an app, per command: 200 calls a second for most. [Command.Limit] knows them, also of
// a command that is called by its name. The client's limiter keeps below them in every second: calls wait for their
// turn as long as their context allows, and one whose turn would come after its deadline fails at once. Processes that
// share an app divide the limits with [LimiterConfig].Share; where they do not, each client slows down for a while when
// the service refuses a call for its rate.
//
// A command may be limited by what its calls cost as well, openim/batchsendmsg by 12,000 receivers a minute. Its
// [Command].CostPerMinute says so, each request says what it costs, and a call waits until both limits let it go.
// A limiter that knows of this is a [CostLimiter], as those of [NewLimiter] and of package redislimit are.
//
// # Retries
//
// A call is sent up to three times within its context, after a random wait that grows. What is repeated: any command
// after a failure that proves that nothing was done (no connection, a refusal for the rate); idempotent commands also
// after a failure that leaves the outcome open: a timeout, a broken connection, an HTTP status 5xx or a code whose page
// says to try again. All retries of a client share a budget, so that they do not add to the load of a service that is
// down. Retry-After is heeded. [WithRetry] changes the numbers.
//
// A send is not idempotent, but the service drops the repeat of a message for a while. A command says so with its
// RepeatWithin: once an attempt has left the outcome open, every later attempt of the call, whatever the ones in
// between came to, must start before four fifths of that time have passed since the first attempt started. Back-off,
// Retry-After and the limiter's turn count. An attempt that would start later is not made, and the call fails as the
// last one did.
//
// # Observing
//
// [WithMiddleware] sees every call and its outcome, [WithTransport] every attempt, and [WithObserver] what neither
// shows: waits for the limiter, retries, slow-downs, moves to the standby host and back. [WithLogger] logs all but the
// waits. None of them is given the UserSig. The module in examples/otel makes OpenTelemetry's spans and metrics of
// them.
//
// # Scale
//
// The documented limits, not this module, decide how long a large job takes. For 100 million users, with the default
// limiter:
//
//	command                               calls          a second   takes
//	account.MultiImport, 100 a call       1,000,000      90         3 hours 5 minutes
//	account.Check, 100 a call             1,000,000      90         3 hours 5 minutes
//	profile.GetProfiles, 100 a call       1,000,000      180        1 hour 33 minutes
//	account.QueryOnlineStatus, 500        200,000        180        19 minutes
//	profile.SetProfiles, 1 a call         100,000,000    180        6 days 10 hours
//	the same, raised to 1,000 a second    100,000,000    900        31 hours
//
// So let MultiImport bring the nickname and the avatar along, and SetProfiles only what is left. Limits are raised in
// the console, 100 a second at a time; tell the client with [LimiterConfig].PerSecond. A rate needs as many calls under
// way as it has calls in the time that one takes: 900 a second at 100 ms are 90, which is one process. Several
// processes share the limits through package redislimit, or divide them with Share. Signing UserSigs is not a concern:
// 100 million take two minutes of one core.
//
// # Testing
//
// Package [github.com/go-tencentchat/tencentchat/restapi/restapitest] has a local server that behaves as the
// documentation says, with accounts, profiles, signatures and limits. [WithBaseURL] points a client to it.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34620
package restapi
