package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const webhookPath = "/im"

// A front is what stands before the receivers: a load balancer. It gives each webhook to the next one in turn, and to
// the one after it where that fails. Some it gives to two of them, as the vendor does with a webhook whose answer got lost.
type front struct {
	url       string
	receivers []*process
	again     int
	count     atomic.Uint64
	client    *http.Client
	server    *http.Server
	served    sync.WaitGroup
}

func startFront(ctx context.Context, receivers []*process, again int) (*front, error) {
	f := &front{
		receivers: receivers,
		again:     again,
		client:    &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: 2 * time.Second},
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	f.url = "http://" + listener.Addr().String() + webhookPath
	f.server = &http.Server{Handler: f, ReadHeaderTimeout: 5 * time.Second}
	f.served.Go(func() { _ = f.server.Serve(listener) })
	return f, nil
}

func (f *front) close() {
	_ = f.server.Close()
	f.served.Wait()
	f.client.CloseIdleConnections()
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	n := f.count.Add(1)
	status, answer := http.StatusBadGateway, []byte(nil)
	for i := range uint64(len(f.receivers)) {
		if status, answer = f.pass(r, body, n+i); status == http.StatusOK {
			break
		}
	}
	if f.again > 0 && n%uint64(f.again) == 0 {
		f.pass(r, body, n+1)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(answer) //nolint:gosec // JSON of a receiver, for a service
}

// pass gives a webhook to the receiver whose turn n is, with the query, which has the signature. It says nothing of errors,
// which would quote it.
func (f *front) pass(r *http.Request, body []byte, n uint64) (status int, answer []byte) {
	to := f.receivers[n%uint64(len(f.receivers))]
	url := to.url + webhookPath + "?" + r.URL.RawQuery
	req, err := http.NewRequestWithContext(r.Context(), http.MethodPost, url, bytes.NewReader(body)) //nolint:gosec // to a receiver
	if err != nil {
		return http.StatusBadGateway, nil
	}
	req.Header.Set("Content-Type", r.Header.Get("Content-Type"))
	res, err := f.client.Do(req) //nolint:gosec // to a receiver
	if err != nil {
		return http.StatusBadGateway, nil
	}
	defer res.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return http.StatusBadGateway, nil
	}
	return res.StatusCode, answer
}
