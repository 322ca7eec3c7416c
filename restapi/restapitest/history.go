package restapitest

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/chat"
)

// serveHistory serves a log of messages that get_history has made, and is false where the path is not that of one. The
// path is random: whoever knows it may have the log, as at the vendor's, and needs no UserSig. Parts of it can be asked
// for.
func (s *Server) serveHistory(w http.ResponseWriter, r *http.Request) bool {
	name, isLog := strings.CutPrefix(r.URL.Path, chat.HistoryPath)
	if !isLog || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	packed, sum, ok := s.app.HistoryFile(name)
	if !ok {
		http.Error(w, "restapitest: there is no such log, or its address has expired", http.StatusNotFound)
		return true
	}
	w.Header().Set("Content-Type", "application/gzip")
	w.Header().Set("ETag", `"`+sum+`"`)
	w.Header().Set("Cache-Control", "no-store")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(packed))
	return true
}

// base is the address at which the server is called.
func base(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
