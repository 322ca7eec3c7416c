package faultserver

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// A Fault is one thing that goes wrong with a request. All but the zero one, which is none, end the connection.
type Fault struct {
	// Name says what happens and when, such as "reset within the head".
	Name string
	// CarriedOut says that the handler got the request.
	CarriedOut bool
	// Answer is what the client makes of it.
	Answer Answer
	// Silent says that nothing ends the attempt but the patience of the client, which must be below a second.
	Silent bool

	do func(x *exchange)
}

// String returns the name.
func (f Fault) String() string { return f.Name }

// An Answer says whether the client gets one.
type Answer int

const (
	// Lost is none, be it that the connection breaks or that a gateway or the service itself gives up. Whether the request
	// was carried out cannot be known.
	Lost Answer = iota
	// Refused is none, and the client is told that the request was not carried out.
	Refused
	// Unreadable is something that came whole and is not the answer.
	Unreadable
	// Whole is what the handler said.
	Whole
)

// Faults returns every fault that there is. An answer that nobody asked for is not among them: it befalls the next
// request on the connection, and where that has begun no client of HTTP/1.1 can tell whose answer it is.
func Faults() []Fault { return slices.Concat(breaks(), gateways(), odd()) }

// breaks are the connections that end before the answer does, in each way at each point.
func breaks() []Fault {
	ends := []struct {
		name   string
		silent bool
		end    func(x *exchange)
	}{
		{"closed", false, func(*exchange) {}},
		{"reset", false, func(x *exchange) { Reset(x.conn) }},
		{"half closed", false, func(x *exchange) { _ = x.conn.CloseWrite(); Stall(x.conn) }},
		{"silent", true, func(x *exchange) { Stall(x.conn) }},
	}
	points := []struct {
		name       string
		carriedOut bool
		answer     Answer
		reach      func(x *exchange) bool
	}{
		{"before the request is read", false, Lost, func(*exchange) bool { return true }},
		{"behind the request", false, Lost, (*exchange).read},
		{"before the answer", true, Lost, (*exchange).carryOut},
		{"within the head", true, Lost, func(x *exchange) bool { return x.carryOut() && x.write(x.answer()[:20]) }},
		{"within the body", true, Lost, func(x *exchange) bool {
			if !x.carryOut() {
				return false
			}
			answer := x.answer()
			return x.write(answer[:len(answer)-x.said.Body.Len()/2])
		}},
		{"behind the answer", true, Whole, func(x *exchange) bool { return x.carryOut() && x.write(x.answer()) }},
	}
	var all []Fault
	for _, point := range points {
		for _, end := range ends {
			all = append(all, Fault{
				Name: end.name + " " + point.name, CarriedOut: point.carriedOut, Answer: point.answer,
				Silent: end.silent && point.answer == Lost,
				do: func(x *exchange) {
					if point.reach(x) {
						end.end(x)
					}
				},
			})
		}
	}
	return all
}

// gateways are the answers of what stands before the service, or of the service itself, that say nothing of whether the
// request was carried out.
func gateways() []Fault {
	page := func(status int) string {
		const body = "<html><body>sorry</body></html>"
		return fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s",
			status, http.StatusText(status), len(body), body)
	}
	all := []Fault{refusing("429", page(http.StatusTooManyRequests))}
	for _, status := range []int{http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout} {
		all = append(all, dropping(fmt.Sprint(status), page(status)), hiding(fmt.Sprint(status), page(status)))
	}
	const timeout = `{"ActionStatus":"FAIL","ErrorCode":60008,"ErrorInfo":"service timeout"}`
	return append(all, dropping("60008", withLength(timeout)), hiding("60008", withLength(timeout)))
}

func refusing(name, text string) Fault {
	f := dropping(name, text)
	f.Answer = Refused
	return f
}

// dropping answers with text in the place of carrying the request out.
func dropping(name, text string) Fault {
	return Fault{Name: name + " in place of carrying it out", do: func(x *exchange) {
		if x.read() {
			x.write([]byte(text))
		}
	}}
}

// hiding answers with text in the place of what the handler said.
func hiding(name, text string) Fault {
	return Fault{Name: name + " in place of the answer", CarriedOut: true, do: func(x *exchange) {
		if x.carryOut() {
			x.write([]byte(text))
		}
	}}
}

const okHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

func withLength(body string) string {
	return fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", okHead, len(body), body)
}

// odd are the answers that are not as they should be, and those that come at odd times.
func odd() []Fault {
	// spoiling answers with what text makes of the body that the handler wrote.
	spoiling := func(name string, answer Answer, text func(body string) string) Fault {
		return Fault{Name: name, CarriedOut: true, Answer: answer, do: func(x *exchange) {
			if x.carryOut() {
				x.write([]byte(text(x.said.Body.String())))
			}
		}}
	}
	return []Fault{
		spoiling("a length above that of the body", Lost, func(body string) string {
			return fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", okHead, len(body)+10, body)
		}),
		spoiling("a length below that of the body", Unreadable, func(body string) string {
			return fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", okHead, len(body)-10, body)
		}),
		spoiling("a length that is not a number", Lost, func(body string) string {
			return okHead + "Content-Length: many\r\n\r\n" + body
		}),
		spoiling("a chunk cut short", Lost, func(body string) string {
			return fmt.Sprintf("%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", okHead, len(body), body[:len(body)/2])
		}),
		spoiling("JSON cut short", Unreadable, func(body string) string { return withLength(body[:len(body)/2]) }),
		spoiling("JSON cut short, without a length", Unreadable, func(body string) string {
			return okHead + "\r\n" + body[:len(body)/2]
		}),
		spoiling("an empty answer", Unreadable, func(string) string { return withLength("") }),
		spoiling("a page in place of JSON", Unreadable, func(string) string { return withLength("<html></html>") }),
		spoiling("a JSON object of somebody else", Unreadable, func(string) string { return withLength(`{"status":"up"}`) }),
		spoiling("no HTTP", Lost, func(string) string { return "SSH-2.0-OpenSSH_9.2p1\r\n" }),
		{Name: "a byte at a time", CarriedOut: true, Silent: true, do: func(x *exchange) {
			if x.carryOut() {
				drip(x.conn, x.answer())
			}
		}},
		{Name: "carried out when the client has gone", CarriedOut: true, Silent: true, do: func(x *exchange) {
			if x.read() {
				Stall(x.conn)
				x.carryOut()
			}
		}},
	}
}

// drip writes a byte every 20 ms, until the client has had enough.
func drip(conn io.Writer, text []byte) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for i := range text {
		if _, err := conn.Write(text[i : i+1]); err != nil {
			return
		}
		<-tick.C
	}
}
