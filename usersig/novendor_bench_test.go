//go:build 386 || arm || mips || mipsle

package usersig_test

// vendor is empty: the vendor's library does not compile where an int has 32 bits.
func vendor() []implementation { return nil }
