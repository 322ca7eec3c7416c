package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

const errorSharingViolation syscall.Errno = 32

// openLocked opens a file, as flag says, for this process alone: until it is closed, or the process ends by whatever
// way, openLocked of another one returns errInUse.
func openLocked(name string, flag int) (*os.File, error) {
	path, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: name, Err: err}
	}
	var disposition uint32 = syscall.OPEN_EXISTING
	if flag&os.O_EXCL != 0 {
		disposition = syscall.CREATE_NEW
	}
	// Others may read it, and it can be removed while it is open.
	handle, err := syscall.CreateFile(path, syscall.GENERIC_READ|syscall.GENERIC_WRITE,
		syscall.FILE_SHARE_READ|syscall.FILE_SHARE_DELETE, nil, disposition, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	switch {
	case errors.Is(err, errorSharingViolation):
		return nil, fmt.Errorf("%s %w", name, errInUse)
	case err != nil:
		return nil, &os.PathError{Op: "open", Path: name, Err: err}
	}
	return os.NewFile(uintptr(handle), name), nil
}
