package usersig_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

func TestAllocations(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector changes what is counted")
	}
	s := newSigner(t)
	room := []byte("room")
	sig, err := s.Sign(testUser, testTTL)
	require.NoError(t, err)
	withBuf, err := s.SignWithUserBuf(testUser, testTTL, room)
	require.NoError(t, err)
	escaped := forms()[5].write(t, "店长/07", time.Now().Unix(), 3600, nil, decimal)
	stored := recompress(t, escaped, 0)
	dst := make([]byte, 0, 512)
	ok := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	for _, row := range []struct {
		name string
		want float64
		do   func()
	}{
		{"Sign", 1, func() { _, err := s.Sign(testUser, testTTL); ok(err) }},
		{"AppendSign with room", 0, func() { _, err := s.AppendSign(dst, testUser, testTTL); ok(err) }},
		{"SignWithUserBuf", 1, func() { _, err := s.SignWithUserBuf(testUser, testTTL, room); ok(err) }},
		{"PrivateMapKey", 1, func() {
			_, err := s.PrivateMapKey(testUser, testTTL, usersig.StringRoom("lobby"), usersig.PrivilegeAll)
			ok(err)
		}},
		{"Verify, stored", 0, func() { ok(s.Verify(testUser, sig)) }},
		{"Verify, stored, escapes", 0, func() { ok(s.Verify("店长/07", stored)) }},
		{"Verify, deflated", 0, func() { ok(s.Verify("店长/07", escaped)) }},
		{"VerifyWithUserBuf, stored", 0, func() { ok(s.VerifyWithUserBuf(testUser, withBuf, room)) }},
		{"Verify, other user", 0, func() {
			if !errors.Is(s.Verify("other", sig), usersig.ErrWrongUser) {
				t.Error("the wrong error")
			}
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.Equal(t, row.want, testing.AllocsPerRun(200, row.do))
		})
	}
}

// One Signer, many goroutines, tokens of all sorts: none sees what another one left.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			for i := range 25 {
				user := fmt.Sprintf("user-%d-%d", worker, i)
				buf := []byte(user + user)
				sig, err := s.Sign(user, time.Hour)
				key, err2 := s.SignWithUserBuf(user, time.Hour, buf)
				if err := errors.Join(
					err, err2, s.Verify(user, sig), s.Verify(user, recompress(t, sig, 6)), s.VerifyWithUserBuf(user, key, buf),
				); err != nil {
					t.Error(err)
					return
				}
				if !errors.Is(s.Verify("other", sig), usersig.ErrWrongUser) || !errors.Is(s.Verify(user, sig[4:]), usersig.ErrMalformed) {
					t.Error("the wrong error")
					return
				}
			}
		})
	}
	wg.Wait()
}
