package usersig_test

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/usersig"
)

// A vector is a token that one of the vendor's own libraries made.
type vector struct {
	ID         string  `json:"id"`
	SDKAppID   uint64  `json:"sdkappid"`
	Key        string  `json:"key"`
	UserID     string  `json:"userid"`
	Time       int64   `json:"time"`
	Expire     int64   `json:"expire"`
	LastValid  int64   `json:"last_valid_second"`
	UserBuf    *string `json:"userbuf"`
	Permission *struct {
		RoomID     uint32  `json:"room_id"`
		Privileges uint32  `json:"privilege_map"`
		RoomName   *string `json:"room_id_string"`
	} `json:"private_map_key"`
	UserSig  string `json:"usersig"`
	Document string `json:"document"`
}

func (v *vector) userBuf(t testing.TB) []byte {
	t.Helper()
	if v.UserBuf == nil {
		return nil
	}
	b, err := base64.StdEncoding.DecodeString(*v.UserBuf)
	require.NoError(t, err)
	return b
}

func (v *vector) signer(t testing.TB, now time.Time) *usersig.Signer {
	t.Helper()
	s, err := usersig.New(v.SDKAppID, v.Key, usersig.WithClock(func() time.Time { return now }))
	require.NoError(t, err)
	return s
}

func vectors(t testing.TB) []vector {
	t.Helper()
	var file struct{ Vectors []vector }
	require.NoError(t, spec.Read("usersig_vectors.json", &file))
	require.Len(t, file.Vectors, 6)
	return file.Vectors
}

func TestVectorsVerify(t *testing.T) {
	t.Parallel()
	for _, v := range vectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			buf := v.userBuf(t)
			for _, good := range []time.Time{
				time.Unix(v.Time, 0), time.Unix(v.LastValid, 0), time.Unix(v.LastValid, 999999999), time.Unix(v.Time-3600, 0),
			} {
				require.NoError(t, v.signer(t, good).VerifyWithUserBuf(v.UserID, v.UserSig, buf), good)
			}
			late := v.signer(t, time.Unix(v.LastValid+1, 0))
			require.ErrorIs(t, late.VerifyWithUserBuf(v.UserID, v.UserSig, buf), usersig.ErrExpired)
			s := v.signer(t, time.Unix(v.Time, 0))
			if buf == nil {
				require.NoError(t, s.Verify(v.UserID, v.UserSig))
			} else {
				require.ErrorIs(t, s.Verify(v.UserID, v.UserSig), usersig.ErrWrongUserBuf)
			}
		})
	}
}

func TestVectorsParse(t *testing.T) {
	t.Parallel()
	for _, v := range vectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			token, err := usersig.Parse(v.UserSig)
			require.NoError(t, err)
			require.Equal(t, usersig.Token{
				Version:   "2.0",
				UserID:    v.UserID,
				SDKAppID:  v.SDKAppID,
				IssuedAt:  time.Unix(v.Time, 0).UTC(),
				TTL:       time.Duration(v.Expire) * time.Second,
				ExpiresAt: time.Unix(v.LastValid, 0).UTC(),
				UserBuf:   v.userBuf(t),
			}, token)
		})
	}
}

// What we sign for the same app, user and second is the same signature.
func TestVectorsSign(t *testing.T) {
	t.Parallel()
	for _, v := range vectors(t) {
		t.Run(v.ID, func(t *testing.T) {
			t.Parallel()
			s := v.signer(t, time.Unix(v.Time, 0))
			ttl := time.Duration(v.Expire) * time.Second
			sig, err := s.SignWithUserBuf(v.UserID, ttl, v.userBuf(t))
			require.NoError(t, err)
			require.JSONEq(t, v.Document, documentOf(t, sig))
			if v.Permission == nil {
				return
			}
			room := usersig.NumericRoom(v.Permission.RoomID)
			if v.Permission.RoomName != nil {
				room = usersig.StringRoom(*v.Permission.RoomName)
			}
			key, err := s.PrivateMapKey(v.UserID, ttl, room, usersig.Privilege(v.Permission.Privileges))
			require.NoError(t, err)
			require.Equal(t, sig, key)
		})
	}
}
