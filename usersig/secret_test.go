package usersig_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

// hides fails when text has the key in it, in any of the ways in which fmt writes bytes.
func hides(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{
		testKey, strings.ToUpper(testKey), hex.EncodeToString([]byte(testKey)), standardBase64([]byte(testKey)),
		strings.Trim(fmt.Sprintf("%d", []byte(testKey)), "[]"), strings.TrimPrefix(fmt.Sprintf("%#v", []byte(testKey)), "[]byte"),
	} {
		require.NotContains(t, text, secret)
		require.NotContains(t, text, secret[:len(secret)/2])
	}
}

func TestSignerHidesItsKey(t *testing.T) {
	t.Parallel()
	option := usersig.WithClock(time.Now)
	s, err := usersig.New(testApp, testKey, option)
	require.NoError(t, err)
	sig, err := s.Sign(testUser, time.Hour) // so that there is something in its pool
	require.NoError(t, err)
	require.NoError(t, s.Verify(testUser, sig))
	type holder struct{ S *usersig.Signer }
	copied := reflect.ValueOf(s).Elem().Interface() // a copy has none of the methods
	for _, value := range []any{s, copied, holder{s}, &holder{s}, []*usersig.Signer{s}, option} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T"} {
			hides(t, fmt.Sprintf(verb, value))
		}
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		require.Equal(t, "usersig.Signer(1400506071)", fmt.Sprintf(verb, s))
	}
	require.Equal(t, `"usersig.Signer(1400506071)"`, fmt.Sprintf("%q", s))
	require.Equal(t, "usersig.Signer(1400506071)", s.String())
	require.Equal(t, s.String(), s.GoString())

	var logs bytes.Buffer
	slog.New(slog.NewTextHandler(&logs, nil)).Info("x", "signer", s)
	slog.New(slog.NewJSONHandler(&logs, nil)).Info("x", "signer", s, "holder", holder{s})
	hides(t, logs.String())
	require.Contains(t, logs.String(), "usersig.Signer(1400506071)")
	b, err := json.Marshal(holder{s})
	require.NoError(t, err)
	hides(t, string(b))
}

// No error tells a key, a token or any part of one.
func TestErrorsHideSecrets(t *testing.T) {
	t.Parallel()
	s := signerAt(t, testTime)
	var errs []error
	collect := func(err error) {
		t.Helper()
		require.Error(t, err)
		require.True(t, strings.HasPrefix(err.Error(), "usersig: "), err.Error())
		hides(t, err.Error())
		errs = append(errs, err)
	}
	_, err := usersig.New(0, testKey)
	collect(err)
	_, err = usersig.New(1, testKey+" ")
	collect(err)
	_, err = usersig.New(1, testKey, nil)
	collect(err)
	_, err = s.Sign("", time.Hour)
	collect(err)
	sigs := []string{
		signed(t, testKey, testApp, "secretuser", testTime, 60, nil),
		signed(t, testKey, testApp, testUser, testTime-100, 60, nil),
		signed(t, testKey, testApp, testUser, testTime, 60, []byte("secretbuf")),
		signed(t, testKey, 7, testUser, testTime, 60, nil),
		signed(t, "key", testApp, testUser, testTime, 60, nil),
		pack(t, `{"TLS.identifier":7,"secretdoc":"x"}`, 0),
		"secrettext",
	}
	for _, sig := range sigs {
		err := s.Verify(testUser, sig)
		collect(err)
		for _, secret := range []string{"secret", sig, testUser} {
			require.NotContains(t, err.Error(), secret)
		}
	}
	for _, err := range errs {
		hides(t, fmt.Sprintf("%+v %#v", err, err))
	}
}
