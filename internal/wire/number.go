package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

var errNotInteger = errors.New("not an integer")

// Int reads an integer that is written as a JSON number or as decimal digits in quotes. null and "" are 0: some pages
// of the vendor send them where a value is absent.
func Int(data []byte) (int64, error) {
	text, err := digits(data)
	if len(text) == 0 || err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return 0, numberError(err)
	}
	return n, nil
}

// Uint reads an unsigned integer that is written as a JSON number or as decimal digits in quotes. null and "" are 0.
func Uint(data []byte) (uint64, error) {
	text, err := digits(data)
	if len(text) == 0 || err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(string(text), 10, 64)
	if err != nil {
		return 0, numberError(err)
	}
	return n, nil
}

// Text reads a string, or a number as the digits it is written with. null is "".
func Text(data []byte) (string, error) {
	data = trim(data)
	switch {
	case string(data) == "null":
		return "", nil
	case len(data) > 0 && data[0] == '"':
		var s string
		err := json.Unmarshal(data, &s)
		return s, err
	case len(data) > 0 && (data[0] == '-' || isDigit(data[0])) && json.Valid(data):
		return string(data), nil
	}
	return "", errors.New("neither a string nor a number")
}

// digits returns the text of a number, with its quotes taken off, and nothing for null and "".
func digits(data []byte) ([]byte, error) {
	data = trim(data)
	if string(data) == "null" {
		return nil, nil
	}
	if len(data) > 1 && data[0] == '"' && data[len(data)-1] == '"' {
		data = data[1 : len(data)-1]
		if len(data) == 0 {
			return nil, nil
		}
	}
	// strconv would take a plus sign, which no JSON number has.
	if len(data) == 0 || data[0] != '-' && !isDigit(data[0]) {
		return nil, errNotInteger
	}
	return data, nil
}

// numberError leaves out the text that strconv puts in its error: it is a stranger's and of any length.
func numberError(err error) error {
	if errors.Is(err, strconv.ErrRange) {
		return fmt.Errorf("integer %w", strconv.ErrRange)
	}
	return errNotInteger
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
