package wire_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/go-tencentchat/tencentchat/internal/wire"
)

func TestMoment(t *testing.T) {
	t.Parallel()
	assert.True(t, wire.Moment(0).IsZero())
	assert.True(t, time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC).Equal(wire.Moment(1735689600)))
}

func TestSeconds(t *testing.T) {
	t.Parallel()
	assert.Zero(t, wire.Seconds(time.Time{}))
	assert.EqualValues(t, 1735689600, wire.Seconds(time.Unix(1735689600, 999)))
}
