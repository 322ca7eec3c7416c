package operation

import (
	"context"
	"crypto/md5" //nolint:gosec // the service knows its files by it
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/internal/ctxerr"
	"github.com/go-tencentchat/tencentchat/restapi"
)

const (
	maxResumes  = 3                      // times that a download goes on after a failure
	resumePause = 100 * time.Millisecond // before the first of them; doubled before each other
)

// Download fetches the log through client, and writes it to w as it is, in gzip. Where the connection breaks, or the
// server answers with a status of 5xx or 429, it goes on from where it was, three times at most. Not more than GzipSize
// bytes are read, and when all are there they are held against GzipMD5. Progress is what w is given: count it there.
//
// An error of w is returned as it is, and ends the download. Every other one is a [*restapi.Error] of
// [CommandGetHistory] without the URL: [restapi.ErrBadResponse] where the file is not the one that was to come, and
// [restapi.ErrTemporary] where another try may do better. After an error what was written is of no use. Download has no
// deadline but that of ctx and client; a nil client is one with the settings of net/http.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1650
func (f HistoryFile) Download(ctx context.Context, client *http.Client, w io.Writer) error {
	if err := f.check(); err != nil {
		return err
	}
	if client == nil {
		client = new(http.Client)
	}
	d := &download{file: f, client: client, w: w, sum: md5.New()} //nolint:gosec // see the import
	for pause, left := resumePause, maxResumes; ; pause, left = 2*pause, left-1 {
		again, err := d.attempt(ctx)
		switch {
		case err == nil:
			return d.verify()
		case !again || left == 0 || ctx.Err() != nil:
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return err
		}
	}
}

// check refuses a file of which too little is said.
func (f HistoryFile) check() error {
	u, err := url.Parse(f.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return check.Argument(CommandGetHistory, "URL", "is not an http or https address")
	case f.GzipSize <= 0:
		return check.Argument(CommandGetHistory, "GzipSize", "is %d, must be above 0", f.GzipSize)
	}
	if sum, err := hex.DecodeString(f.GzipMD5); err != nil || len(sum) != md5.Size {
		return check.Argument(CommandGetHistory, "GzipMD5", "is not an MD5 in hexadecimal")
	}
	return nil
}

// A download is one call of Download.
type download struct {
	file   HistoryFile
	client *http.Client
	w      io.Writer
	sum    hash.Hash // of what was written
	done   int64     // bytes that were written
}

func (d *download) verify() error {
	if got := hex.EncodeToString(d.sum.Sum(nil)); !strings.EqualFold(got, d.file.GzipMD5) {
		return bad(http.StatusOK, "the file has another MD5 than GzipMD5")
	}
	return nil
}

// attempt fetches what is left, and says whether another attempt may go on after its error.
func (d *download) attempt(ctx context.Context) (again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.file.URL, nil)
	if err != nil {
		return false, failed(ctx, 0, err)
	}
	req.Header.Set("Accept-Encoding", "identity") // or net/http unpacks what is in gzip
	if d.done > 0 {
		req.Header.Set("Range", "bytes="+strconv.FormatInt(d.done, 10)+"-")
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return true, failed(ctx, 0, err)
	}
	defer resp.Body.Close()
	if again, err := d.accept(ctx, resp); err != nil {
		return again, err
	}
	left := d.file.GzipSize - d.done
	out := &counting{download: d}
	n, err := io.Copy(out, io.LimitReader(resp.Body, left))
	switch {
	case out.err != nil:
		return false, out.err
	case err != nil:
		return true, failed(ctx, resp.StatusCode, err)
	case n < left:
		return true, failed(ctx, resp.StatusCode, io.ErrUnexpectedEOF)
	}
	return false, nil
}

// accept looks at an answer before its body is taken. A server that begins anew is let: what was written is passed
// over, and the sum of the whole decides.
func (d *download) accept(ctx context.Context, resp *http.Response) (again bool, err error) {
	status := resp.StatusCode
	from := int64(0)
	switch {
	case status >= http.StatusInternalServerError, status == http.StatusTooManyRequests:
		return true, &restapi.Error{Command: CommandGetHistory, HTTPStatus: status, Err: errStatus}
	case status == http.StatusPartialContent && d.done > 0:
		from = d.done
		if !strings.HasPrefix(resp.Header.Get("Content-Range"), "bytes "+strconv.FormatInt(from, 10)+"-") {
			return false, bad(status, "the server goes on with another part of the file")
		}
	case status != http.StatusOK:
		return false, bad(status, "the server does not give the file")
	}
	if size := resp.ContentLength; size >= 0 && size != d.file.GzipSize-from {
		return false, bad(status, "the file has another size than GzipSize")
	}
	if _, err := io.CopyN(io.Discard, resp.Body, d.done-from); err != nil {
		return true, failed(ctx, status, err)
	}
	return false, nil
}

// counting writes what comes, and keeps the error of who it is for apart from those on the way.
type counting struct {
	*download

	err error
}

func (c *counting) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	c.sum.Write(p[:n])
	c.done += int64(n)
	c.err = err
	return n, err
}

var (
	errStatus  = errors.New("the server does not give the file now")
	errAddress = errors.New("an address cannot be used")
)

func bad(status int, what string) error {
	err := fmt.Errorf("%w: %s", restapi.ErrBadResponse, what)
	return &restapi.Error{Command: CommandGetHistory, HTTPStatus: status, Err: err}
}

// failed is the error of what happened on the way, without the address.
func failed(ctx context.Context, status int, err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	if text := err.Error(); strings.Contains(text, "://") || strings.Contains(text, "?") {
		err = errAddress // where the server sends us to, which can be signed too
	}
	return &restapi.Error{Command: CommandGetHistory, HTTPStatus: status, Err: ctxerr.With(ctx, err)}
}
