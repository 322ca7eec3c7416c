package restapitest

import (
	"fmt"
	"io"
)

// Snapshot writes the state of the server: settings, accounts with their profiles, what users are to each other,
// messages and conversations. It is JSON Lines, a header and then one thing a line, and the same bytes for the same
// state. There is nothing secret in it. Devices, calls, webhooks and what FailNext, Delay and Handle have set are not
// part of it.
func (s *Server) Snapshot(w io.Writer) error {
	if err := s.app.Snapshot(w); err != nil {
		return fmt.Errorf("restapitest: Snapshot: %w", err)
	}
	return nil
}

// Restore replaces the state of the server by that of a snapshot, or of a seed written by hand in the same form: the
// header {"format":"tencentchat-local","version":1}, then lines such as
//
//	{"kind":"user","UserID":"leckie","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Leckie"}]}
//
// It takes all or nothing: where a line is not right, of a kind or with a key that is not known, the state stays as it
// was, and the error has the number of the line. Devices are kicked.
func (s *Server) Restore(r io.Reader) error {
	if err := s.app.Restore(r); err != nil {
		return fmt.Errorf("restapitest: Restore: %w", err)
	}
	return nil
}
