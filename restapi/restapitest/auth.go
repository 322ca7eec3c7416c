package restapitest

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// authenticate checks the query and its UserSig and returns the identifier, which need not be an administrator.
func (s *Server) authenticate(q url.Values, r *request) (identifier string, err error) {
	app := q.Get("sdkappid")
	if app == "" {
		return "", refuse(restapi.CodeSDKAppIDMissing, "sdkappid is missing")
	}
	id, err := strconv.ParseUint(app, 10, 64)
	if err != nil || id == 0 {
		return "", refuse(restapi.CodeInvalidSDKAppID, "sdkappid is not a number")
	}
	if id != s.cfg.sdkAppID {
		return "", refuse(restapi.CodeAppNotFound, "there is no app "+app)
	}
	kind := q.Get("contenttype")
	if kind != "json" && (!strings.EqualFold(kind, "json") || !r.tolerate("contenttype is not in small letters")) {
		return "", refuse(restapi.CodeInvalidQueryParameter, "contenttype must be json")
	}
	if err := checkRandom(q.Get("random"), r); err != nil {
		return "", err
	}
	identifier = q.Get("identifier")
	if identifier == "" {
		return "", refuse(restapi.CodeInvalidQueryParameter, "identifier is missing")
	}
	return identifier, s.verify(identifier, q.Get("usersig"))
}

func checkRandom(random string, r *request) error {
	_, err := strconv.ParseUint(random, 10, 32)
	switch {
	case err == nil,
		random == "" && r.tolerate("random is missing"),
		errors.Is(err, strconv.ErrRange) && r.tolerate("random is over 32 bits"):
		return nil
	}
	return refuse(restapi.CodeInvalidQueryParameter, "random must be a number of 32 bits")
}

// verify is the check of a UserSig that the service makes of every call, and of every client that signs in.
func (s *Server) verify(userID, sig string) error {
	if sig == "" {
		return refuse(restapi.CodeUserSigEmpty, "usersig is missing")
	}
	if err := s.signer.Verify(userID, sig); err != nil {
		return refuseUserSig(err)
	}
	token, err := usersig.Parse(sig)
	if err != nil {
		return refuseUserSig(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	// A UserSig says to the second when it was made. One of the very second of the kick is taken as made before.
	if u := s.state.users[userID]; u != nil && !u.kicked.IsZero() && !token.IssuedAt.After(u.kicked) {
		return refuse(restapi.CodeUserSigInvalidated, "usersig was made void by kick")
	}
	return nil
}

func refuseUserSig(err error) error {
	switch {
	case errors.Is(err, usersig.ErrExpired):
		return refuse(restapi.CodeUserSigExpired, "usersig has expired")
	case errors.Is(err, usersig.ErrBadSignature):
		return refuse(restapi.CodeUserSigKeyMismatch, "usersig was made with another key")
	case errors.Is(err, usersig.ErrWrongUser):
		return refuse(restapi.CodeUserSigUserMismatch, "usersig was made for another user")
	case errors.Is(err, usersig.ErrWrongApp):
		return refuse(restapi.CodeUserSigAppMismatch, "usersig was made for another app")
	}
	return refuse(restapi.CodeUserSigInvalid, "usersig is not valid")
}

func (s *Server) isAdmin(identifier string) bool { return slices.Contains(s.cfg.admins, identifier) }
