package redislimit_test

const processAddr = "REDISLIMIT_TEST_ADDR"

func callFromProcess(addr string) {}
