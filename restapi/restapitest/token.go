package restapitest

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// tokenTTL is how long a UserSig of tokenSource holds, which is as long as one that a client makes by itself.
const tokenTTL = 24 * time.Hour

// tokenSource signs for clients by the server's own clock. They renew by that of this machine all the same.
type tokenSource struct{ signer *usersig.Signer }

func (s tokenSource) Token(_ context.Context, userID string) (string, time.Time, error) {
	expires := time.Now().Add(tokenTTL)
	sig, err := s.signer.Sign(userID, tokenTTL)
	return sig, expires, err
}
