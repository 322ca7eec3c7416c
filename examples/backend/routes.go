package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/go-tencentchat/tencentchat/account"
	"github.com/go-tencentchat/tencentchat/callback"
	"github.com/go-tencentchat/tencentchat/profile"
	"github.com/go-tencentchat/tencentchat/restapi"
)

var vip = profile.Custom("Vip") // set up once in the console

type routes struct {
	accounts *account.Client
	profiles *profile.Client
	logger   *slog.Logger
}

func newRoutes(client restapi.Caller, sdkAppID uint64, token string, logger *slog.Logger) (http.Handler, error) {
	r := &routes{accounts: account.NewClient(client), profiles: profile.NewClient(client), logger: logger}
	webhooks, err := callback.NewHandler(sdkAppID, callback.WithToken(token), callback.WithLogger(logger))
	if err != nil {
		return nil, err
	}
	callback.On(webhooks, r.profileChanged)

	mux := http.NewServeMux()
	mux.Handle("/im", webhooks)
	mux.HandleFunc("PUT /users/{id}/profile", r.setProfile) // behind your own authentication
	mux.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})
	return mux, nil
}

// profileChanged runs for every changed profile, whoever changed it. It must be done within two seconds; an error makes
// the vendor count the webhook as failed.
func (r *routes) profileChanged(ctx context.Context, e *callback.ProfilePortraitSet) error {
	nick, changed := profile.Nick.Of(e.ProfileItem)
	r.logger.InfoContext(ctx, "profile changed", "webhook", e.Command(), "user", e.FromAccount, "by", e.OperatorAccount,
		"fields", len(e.ProfileItem), "nick_changed", changed, "nick", nick)
	return nil
}

func (r *routes) setProfile(w http.ResponseWriter, req *http.Request) {
	var body struct {
		Nick   *string `json:"nick"`
		Avatar *string `json:"avatar"`
		Vip    *string `json:"vip"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, req.Body, 16<<10)).Decode(&body); err != nil {
		http.Error(w, "the body must be a JSON object", http.StatusBadRequest)
		return
	}
	var items profile.Items
	for _, f := range []struct {
		field profile.Field[string]
		value *string
	}{{profile.Nick, body.Nick}, {profile.AvatarURL, body.Avatar}, {vip, body.Vip}} {
		if f.value != nil {
			items = append(items, f.field.To(*f.value))
		}
	}
	if err := r.save(req.Context(), req.PathValue("id"), items); err != nil {
		r.logger.WarnContext(req.Context(), "profile not set", "user", req.PathValue("id"), "error", err)
		status := statusOf(err)
		http.Error(w, http.StatusText(status), status)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// save sets the profile of a user, who is imported first when the chat does not know them yet.
func (r *routes) save(ctx context.Context, userID string, items profile.Items) error {
	err := r.profiles.SetProfile(ctx, userID, items...)
	if !errors.Is(err, restapi.ErrAccountNotFound) {
		return err
	}
	if err := r.accounts.Import(ctx, account.Account{UserID: userID}); err != nil {
		return err
	}
	return r.profiles.SetProfile(ctx, userID, items...)
}

// statusOf turns an error of the SDK into one for this service's own callers.
func statusOf(err error) int {
	switch {
	case errors.Is(err, restapi.ErrInvalidArgument):
		return http.StatusBadRequest
	case errors.Is(err, restapi.ErrRateLimited):
		return http.StatusTooManyRequests
	case errors.Is(err, restapi.ErrTemporary):
		return http.StatusServiceUnavailable
	default:
		return http.StatusBadGateway
	}
}
