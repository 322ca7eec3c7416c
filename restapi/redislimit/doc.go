// Package redislimit keeps many processes that call for one app within the app's limits, by way of Redis.
//
// The limits of the REST API belong to the app, not to the process: 200 calls a second of most commands for all the
// processes together. A [Limiter] of each process reserves its calls in a schedule that Redis keeps:
//
//	limiter, err := redislimit.New(redis.NewClient(&redis.Options{Addr: "redis:6379"}), 1400000001,
//		redislimit.WithFallbackShare(1.0/4), // there are four processes
//		redislimit.WithLogger(logger))
//	if err != nil {
//		return err
//	}
//	client, err := restapi.NewClient(restapi.Singapore, 1400000001, secretKey, restapi.WithLimiter(limiter))
//
// It is a module of its own: go get github.com/go-tencentchat/tencentchat/restapi/redislimit
//
// # The schedule
//
// A short script gives every call a slot, in the order in which calls come, by Redis's own clock; the process waits for
// it by itself. That is one call to Redis for each call to the service, fewer where several callers ask at the same
// time and fewer still with [WithLease]. A call whose slot would come after its context's deadline is refused at once
// with a *restapi.RateLimitError and takes no slot. Calls of one process go in the order in which they came. One that
// gives up leaves its slot to those behind it in the process; it is not given back to the others.
//
// Rate and burst are those of restapi.NewLimiter: 20 calls at once and 180 a second for a limit of 200, one every 1.05
// seconds for a limit of one. Where a limit is above about 70 the rate is lower by up to 1.5 % (178.3 for 200, 444.3
// for 500), so that calls up to 15 ms later than their slot do not make a second too full. A slot that the process
// misses by more than 10 ms is lost, and its call waits for another.
//
// A command that is limited by what its calls cost as well (restapi.Command.CostPerMinute, [WithPerMinute]) has a
// second schedule, and a call takes a slot that suits both: 1,200 at once and 10,800 a minute for 12,000, as
// restapi.NewLimiter has it, less 0.03 % for calls that are late. No slots are leased for such a command, and one whose
// call gives up serves those behind it that cost no more. A call that costs more than a minute has is refused with a
// *restapi.ArgumentError.
//
// All processes should use the same options. [WithPerSecond] and [WithPerMinute] are for limits that were raised in the
// console, and [WithShare] for apps that are called from elsewhere too.
//
// # Refusals by the service
//
// When the service refuses a call for its rate, the client tells its limiter, and the rate falls for all processes: by
// 30 %, coming back by one hundredth of the full rate a second. Calls that have their slots already keep them.
//
// # Without Redis
//
// No call fails because of Redis. When it answers an error, or not within 50 ms ([WithTimeout]), the process goes on by
// itself with a share of each limit, 1/8 or that of [WithFallbackShare], and says so once ([WithLogger],
// [WithOnFallback]). From then on a call to Redis besides the others, ten times a second at most, finds out whether it
// is back. The first call in a process sends the script in full and so makes two round trips. The end of a caller's
// context is not taken for a fault of Redis. Connect before the first call, with Ping or MinIdleConns, or the time that
// takes counts too; and raise the timeout where Redis or the process's CPU is known to stall for longer than 50 ms.
//
// A client of go-redis may take seconds to give up a call to a Redis that hangs. Nobody waits for it: it ends by itself
// on a goroutine, at most one for each command and outage and four that ask for Redis. Redis options with
// ContextTimeoutEnabled make them end in time.
//
// # What is guaranteed
//
//   - With Redis: no second holds more calls than the limit, whatever the number of processes, as long as the answers
//     of Redis come to all of them within some 5 ms of each other. The return of Wait is what counts; the way to the
//     service may bring calls nearer together.
//   - The same of a minute and what its calls cost.
//   - All processes without Redis: no second holds more than the sum of their shares, which is within the limit when
//     the shares add up to one or less. A limit of one a second is beyond sharing: each process keeps to its part on
//     average, and two may still call in the same second. So with a call that costs more than the share of a minute:
//     it goes.
//   - Some without, some with: the limit and the shares of those without.
//   - When Redis goes, calls keep the slots that they have; the local share begins behind them, without a burst, and
//     when there was a queue only after the other processes had time to use up theirs. When it comes back the burst is
//     held back, what was promised locally is charged, and each process stays within its share for 1.5 seconds more,
//     while the others find out. So the switches add little: eight busy processes whose Redis was killed and started
//     again made at most 198 to 211 calls in a second.
//   - When Redis forgets its state or its clock jumps forward without anybody noticing, slots that were given out are
//     used besides the new ones, once. Its clock must not be set back: calls would wait as long.
//
// # Redis
//
// Redis 5 or later, or what speaks its protocol and runs Lua, single, behind Sentinel or as a Cluster. There are three
// small keys for a command, "tencentchat:{1400000001}:profile/portrait_set" and two for slow-downs, and one more for
// what it costs, all of an app in one slot of a cluster; they expire. Persistence is not needed.
package redislimit
