package restapi

import (
	"net/url"
	"reflect"
	"strings"
)

// What a request may have besides its fields, see "Requests" in the package's documentation.
type (
	querier  interface{ Query() url.Values }
	forApp   interface{ ForApp(sdkAppID uint64) any }
	coster   interface{ Cost() int }
	appender interface {
		AppendJSON(dst []byte) ([]byte, error)
	}
)

// A request is what every attempt of a call sends.
type request struct {
	body  []byte
	query string // that it asked for, encoded
	cost  int    // for the limiter
}

// request encodes req and what its methods ask for.
func (c *Client) request(cmd Command, req any) (request, error) {
	r := request{cost: 1}
	var err error
	if p, ok := can[coster](req); ok {
		r.cost = max(1, p.Cost())
	}
	if q, ok := can[querier](req); ok {
		if r.query, err = encodeQuery(cmd, q.Query()); err != nil {
			return request{}, err
		}
	}
	if f, ok := can[forApp](req); ok {
		req = f.ForApp(c.sdkAppID)
	}
	r.body, err = encode(cmd, req)
	return r, err
}

// can returns req as an M where it has the method. One of a nil pointer is not called: that is an empty object.
func can[M any](req any) (M, bool) {
	m, ok := req.(M)
	if v := reflect.ValueOf(req); ok && v.Kind() == reflect.Pointer && v.IsNil() {
		return m, false
	}
	return m, ok
}

// encodeQuery returns the parameters that a request adds to the URL, escaped.
func encodeQuery(cmd Command, values url.Values) (string, error) {
	for name := range values {
		for _, own := range []string{"sdkappid", "identifier", "usersig", "random", "contenttype"} {
			if strings.EqualFold(name, own) {
				return "", &ArgumentError{Command: cmd, Field: "query", Reason: "must not have " + own + ", which the client sets"}
			}
		}
	}
	return values.Encode(), nil
}
