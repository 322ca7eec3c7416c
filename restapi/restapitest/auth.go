package restapitest

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/chat"
	"github.com/go-tencentchat/tencentchat/restapi"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// authenticate checks the query and its UserSig and returns the identifier, which need not be an administrator.
func (s *Server) authenticate(q url.Values, t *chat.Tolerance) (identifier string, err error) {
	app := q.Get("sdkappid")
	if app == "" {
		return "", chat.Refuse(restapi.CodeSDKAppIDMissing, "sdkappid is missing")
	}
	id, err := strconv.ParseUint(app, 10, 64)
	if err != nil || id == 0 {
		return "", chat.Refuse(restapi.CodeInvalidSDKAppID, "sdkappid is not a number")
	}
	if id != s.cfg.sdkAppID {
		return "", chat.Refuse(restapi.CodeAppNotFound, "there is no app "+app)
	}
	kind := q.Get("contenttype")
	if kind != "json" && (!strings.EqualFold(kind, "json") || !t.Tolerate("contenttype is not in small letters")) {
		return "", chat.Refuse(restapi.CodeInvalidQueryParameter, "contenttype must be json")
	}
	if err := checkRandom(q.Get("random"), t); err != nil {
		return "", err
	}
	identifier = q.Get("identifier")
	if identifier == "" {
		return "", chat.Refuse(restapi.CodeInvalidQueryParameter, "identifier is missing")
	}
	issued, err := s.verify(identifier, q.Get("usersig"))
	if err != nil {
		return identifier, err
	}
	return identifier, s.app.CheckIssued(identifier, issued)
}

func checkRandom(random string, t *chat.Tolerance) error {
	_, err := strconv.ParseUint(random, 10, 32)
	switch {
	case err == nil,
		random == "" && t.Tolerate("random is missing"),
		errors.Is(err, strconv.ErrRange) && t.Tolerate("random is over 32 bits"):
		return nil
	}
	return chat.Refuse(restapi.CodeInvalidQueryParameter, "random must be a number of 32 bits")
}

// verify checks a UserSig as the service does for every call, and for every client that signs in, and returns when it
// was made: whether it was made void since is for the model to say.
func (s *Server) verify(userID, sig string) (issued time.Time, err error) {
	if sig == "" {
		return issued, chat.Refuse(restapi.CodeUserSigEmpty, "usersig is missing")
	}
	if err := s.signer.Verify(userID, sig); err != nil {
		return issued, refuseUserSig(err)
	}
	token, err := usersig.Parse(sig)
	if err != nil {
		return issued, refuseUserSig(err)
	}
	return token.IssuedAt, nil
}

func refuseUserSig(err error) error {
	switch {
	case errors.Is(err, usersig.ErrExpired):
		return chat.Refuse(restapi.CodeUserSigExpired, "usersig has expired")
	case errors.Is(err, usersig.ErrBadSignature):
		return chat.Refuse(restapi.CodeUserSigKeyMismatch, "usersig was made with another key")
	case errors.Is(err, usersig.ErrWrongUser):
		return chat.Refuse(restapi.CodeUserSigUserMismatch, "usersig was made for another user")
	case errors.Is(err, usersig.ErrWrongApp):
		return chat.Refuse(restapi.CodeUserSigAppMismatch, "usersig was made for another app")
	}
	return chat.Refuse(restapi.CodeUserSigInvalid, "usersig is not valid")
}

func (s *Server) isAdmin(identifier string) bool { return slices.Contains(s.cfg.admins, identifier) }
