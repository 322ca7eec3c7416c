package usersig_test

import (
	"encoding/hex"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/usersig"
)

func TestPrivateMapKeyBytes(t *testing.T) {
	t.Parallel()
	const viewer = usersig.PrivilegeEnterRoom | usersig.PrivilegeReceiveAudio | usersig.PrivilegeReceiveVideo
	long := strings.Repeat("r", math.MaxUint16)
	for _, row := range []struct {
		name string
		now  int64
		user string
		room usersig.Room
		p    usersig.Privilege
		want string
	}{
		{
			"numeric", testTime, "ab", usersig.NumericRoom(0x01020304), viewer,
			"00 0002 6162 537a06d7 01020304 67c25c10 0000002a 00000000",
		},
		{
			"no permission", testTime, "ab", usersig.NumericRoom(1), 0,
			"00 0002 6162 537a06d7 00000001 67c25c10 00000000 00000000",
		},
		{
			"room 0", testTime, "ab", usersig.NumericRoom(0), 255,
			"00 0002 6162 537a06d7 00000000 67c25c10 000000ff 00000000",
		},
		{
			"largest", testTime, "ab", usersig.NumericRoom(math.MaxUint32), math.MaxUint32,
			"00 0002 6162 537a06d7 ffffffff 67c25c10 ffffffff 00000000",
		},
		{
			"bytes count", testTime, "店", usersig.NumericRoom(1), 1,
			"00 0003 e5ba97 537a06d7 00000001 67c25c10 00000001 00000000",
		},
		{
			"string", testTime, "ab", usersig.StringRoom("lobby"), usersig.PrivilegeAll,
			"01 0002 6162 537a06d7 00000000 67c25c10 000000ff 00000000 0005 6c6f626279",
		},
		{
			"digits are a name", testTime, "ab", usersig.StringRoom("7"), 1,
			"01 0002 6162 537a06d7 00000000 67c25c10 00000001 00000000 0001 37",
		},
		{
			"the name's bytes count", testTime, "ab", usersig.StringRoom("é"), 1,
			"01 0002 6162 537a06d7 00000000 67c25c10 00000001 00000000 0002 c3a9",
		},
		{
			"longest name", testTime, "ab", usersig.StringRoom(long), 1,
			"01 0002 6162 537a06d7 00000000 67c25c10 00000001 00000000 ffff " + hex.EncodeToString([]byte(long)),
		},
		{
			"lower 32 bits of the expiry", 1<<32 - 3600 + 5, "ab", usersig.NumericRoom(1), 1,
			"00 0002 6162 537a06d7 00000001 00000005 00000001 00000000",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := signerAt(t, row.now)
			key, err := s.PrivateMapKey(row.user, time.Hour+time.Millisecond, row.room, row.p)
			require.NoError(t, err)
			token, err := usersig.Parse(key)
			require.NoError(t, err)
			require.Equal(t, strings.ReplaceAll(row.want, " ", ""), hex.EncodeToString(token.UserBuf))
			require.Equal(t, time.Hour, token.TTL)
			require.Equal(t, row.user, token.UserID)
			require.NoError(t, s.VerifyWithUserBuf(row.user, key, token.UserBuf))
			require.ErrorIs(t, s.Verify(row.user, key), usersig.ErrWrongUserBuf)
		})
	}
}

func TestPrivateMapKeyRefuses(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, says string
		app        uint64
		room       usersig.Room
	}{
		{"zero room", "no room", testApp, usersig.Room{}},
		{"empty name", "name is empty", testApp, usersig.StringRoom("")},
		{"long name", "65536 bytes", testApp, usersig.StringRoom(strings.Repeat("r", math.MaxUint16+1))},
		{"app over 32 bits", "32 bits", math.MaxUint32 + 1, usersig.NumericRoom(1)},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s, err := usersig.New(row.app, testKey)
			require.NoError(t, err)
			key, err := s.PrivateMapKey(testUser, time.Hour, row.room, usersig.PrivilegeAll)
			require.ErrorIs(t, err, usersig.ErrInvalid)
			require.ErrorContains(t, err, row.says)
			require.Empty(t, key)
		})
	}
}

func TestPrivileges(t *testing.T) {
	t.Parallel()
	all := []usersig.Privilege{
		usersig.PrivilegeCreateRoom, usersig.PrivilegeEnterRoom, usersig.PrivilegeSendAudio, usersig.PrivilegeReceiveAudio,
		usersig.PrivilegeSendVideo, usersig.PrivilegeReceiveVideo, usersig.PrivilegeSendSubstream, usersig.PrivilegeReceiveSubstream,
	}
	sum := usersig.Privilege(0)
	for i, p := range all {
		require.Equal(t, usersig.Privilege(1)<<i, p)
		sum |= p
	}
	require.Equal(t, usersig.PrivilegeAll, sum)
	require.EqualValues(t, 255, usersig.PrivilegeAll)
}

// The time of the token and the expiry inside of the key come from one reading of the clock.
func TestClockIsReadOnce(t *testing.T) {
	t.Parallel()
	reads := int64(0)
	s, err := usersig.New(testApp, testKey, usersig.WithClock(func() time.Time {
		reads++
		return time.Unix(testTime+reads, 0)
	}))
	require.NoError(t, err)
	key, err := s.PrivateMapKey("ab", time.Hour, usersig.NumericRoom(1), usersig.PrivilegeAll)
	require.NoError(t, err)
	require.EqualValues(t, 1, reads)
	token, err := usersig.Parse(key)
	require.NoError(t, err)
	require.Equal(t, "67c25c11", hex.EncodeToString(token.UserBuf[13:17]))
	require.EqualValues(t, 0x67c25c11, token.ExpiresAt.Unix())

	_, err = s.Sign("ab", time.Hour)
	require.NoError(t, err)
	require.EqualValues(t, 2, reads)
	require.NoError(t, s.VerifyWithUserBuf("ab", key, token.UserBuf))
	require.EqualValues(t, 3, reads)
}
