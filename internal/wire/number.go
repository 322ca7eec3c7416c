package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

var errNotInteger = errors.New("not an integer")

// Int reads an integer that is written as a JSON number or as one in quotes, with a fraction of zeros or an exponent
// too where it is whole: 120, "120", 120.0 and 1.2e2. null and "" are 0: some pages of the vendor send them where a
// value is absent.
func Int(data []byte) (int64, error) {
	text, err := digits(data)
	if err != nil {
		return 0, numberError(err)
	}
	if len(text) == 0 {
		return 0, nil
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return 0, numberError(err)
	}
	return n, nil
}

// Uint reads an unsigned integer, in the spellings of Int.
func Uint(data []byte) (uint64, error) {
	text, err := digits(data)
	if err != nil {
		return 0, numberError(err)
	}
	if len(text) == 0 {
		return 0, nil
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

// digits returns an integer as JSON has it, with digits and a minus alone, and nothing for null and "".
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
	unsigned := bytes.TrimPrefix(data, []byte{'-'})
	if len(unsigned) == 0 || !isDigit(unsigned[0]) {
		return nil, errNotInteger
	}
	if digitsFrom(unsigned, 0) == len(unsigned) && (unsigned[0] != '0' || len(data) == 1) {
		return data, nil
	}
	whole, err := wholeNumber(unsigned)
	if err != nil || len(unsigned) == len(data) || string(whole) == "0" {
		return whole, err
	}
	return append([]byte{'-'}, whole...), nil
}

// maxDigits is how many digits an integer of 64 bits has at most.
const maxDigits = 20

// wholeNumber is digits for a number without sign that begins with a digit. Numbers in quotes may have zeros in front.
func wholeNumber(text []byte) ([]byte, error) {
	for len(text) > 1 && text[0] == '0' && isDigit(text[1]) {
		text = text[1:]
	}
	if number(text, 0) != len(text) {
		return nil, errNotInteger
	}
	mantissa, exponent := text, []byte("0")
	if i := bytes.IndexAny(text, "eE"); i >= 0 {
		mantissa, exponent = text[:i], text[i+1:]
	}
	whole, fraction, _ := bytes.Cut(mantissa, []byte{'.'})
	significant := bytes.TrimLeft(slices.Concat(whole, fraction), "0")
	if len(significant) == 0 {
		return []byte{'0'}, nil
	}
	n, err := strconv.Atoi(string(exponent))
	if err != nil && exponent[0] != '-' {
		return nil, err
	}
	zeros := n - len(fraction) + len(significant)
	significant = bytes.TrimRight(significant, "0")
	zeros -= len(significant)
	switch {
	case err != nil || zeros < 0:
		return nil, errNotInteger
	case len(significant)+zeros > maxDigits:
		return nil, strconv.ErrRange
	}
	return append(significant, bytes.Repeat([]byte{'0'}, zeros)...), nil
}

// numberError leaves out the text that strconv puts in its error: it is a stranger's and of any length.
func numberError(err error) error {
	if errors.Is(err, strconv.ErrRange) {
		return fmt.Errorf("integer %w", strconv.ErrRange)
	}
	return errNotInteger
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
