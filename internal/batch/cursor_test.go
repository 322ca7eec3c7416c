package batch_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/batch"
	"github.com/go-tencentchat/tencentchat/restapi"
)

func TestCursors(t *testing.T) {
	t.Parallel()
	assert.Equal(t, restapi.Cursor("0"), batch.CursorOf(0), "the first number of a list is not its beginning")
	for _, numbers := range [][2]uint64{{0, 0}, {1, 20}, {math.MaxUint64, 7}} {
		var a, b uint64
		require.NoError(t, batch.ReadCursor(command, "StartIndex", batch.CursorOf(numbers[:]...), &a, &b))
		assert.Equal(t, numbers, [2]uint64{a, b})
	}
	a, b := uint64(3), uint64(4)
	require.NoError(t, batch.ReadCursor(command, "StartIndex", "", &a, &b))
	assert.Equal(t, [2]uint64{3, 4}, [2]uint64{a, b})
}

func TestCursorsOfOtherLists(t *testing.T) {
	t.Parallel()
	for _, cursor := range []restapi.Cursor{"1", "1,2,3", "1,", ",", "1,-2", "1, 2", "1,x", "1,18446744073709551616"} {
		var a, b uint64
		err := batch.ReadCursor(command, "StartIndex", cursor, &a, &b)
		require.EqualError(t, err, "svc/list: invalid argument: StartIndex is not a cursor of this list", cursor)
	}
}
