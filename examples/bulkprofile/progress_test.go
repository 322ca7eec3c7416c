package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestPlainProgress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := newProgress(&out, false, 5000)
		for i := range 3600 {
			time.Sleep(time.Second / 180)
			p.step(i < 2)
		}
		p.end()
		assert.Equal(t, "1801 of 5000 users, 2 failed, 180 users/s, 18s left\n", out.String())
	})
}

func TestPlainProgressOfAnInputWithoutAnEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := newProgress(&out, false, -1)
		time.Sleep(plainInterval)
		p.step(false)
		assert.Equal(t, "1 users, 0 failed, 0 users/s\n", out.String())
	})
}

func TestBar(t *testing.T) {
	t.Parallel()
	for name, total := range map[string]int{"known": 100, "unknown": -1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var out strings.Builder
				p := newProgress(&out, true, total)
				for i := range 50 {
					time.Sleep(100 * time.Millisecond)
					p.step(i == 10)
				}
				_, _ = p.Write([]byte("line 7: bad\n"))
				p.end()
				text := out.String()
				assert.Contains(t, text, "profiles (1 failed)")
				assert.Contains(t, text, "users/s")
				assert.Contains(t, text, "\rline 7: bad\n", "on a line of its own")
				if total > 0 {
					assert.Contains(t, text, "49/100", "how many")
					assert.Contains(t, text, "[4s:5s]", "time passed and left")
				}
				assert.True(t, strings.HasSuffix(text, "\n"))
			})
		})
	}
	assert.IsType(t, &plain{}, newProgress(nil, true, 0), "nothing to be done needs no bar")
}
