//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A done log that was opened just before its import ended and removed it is nobody's to go on with: another one may
// have its name by then.
func TestRemovedFileIsNotLocked(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "done")
	first, err := openLocked(name, os.O_RDWR|os.O_CREATE|os.O_EXCL)
	require.NoError(t, err)
	late, err := os.OpenFile(name, os.O_RDWR, 0)
	require.NoError(t, err)
	defer func() { require.NoError(t, late.Close()) }()
	require.ErrorIs(t, lock(late), errInUse)
	require.NoError(t, os.Remove(name))
	require.NoError(t, first.Close())
	require.ErrorIs(t, lock(late), errInUse, "no such file any more")
	second, err := openLocked(name, os.O_RDWR|os.O_CREATE|os.O_EXCL)
	require.NoError(t, err)
	require.ErrorIs(t, lock(late), errInUse, "another file")
	require.NoError(t, second.Close())
}
