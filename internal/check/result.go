package check

import (
	"fmt"
	"net/http"

	"github.com/go-tencentchat/tencentchat/restapi"
)

var errMissing = fmt.Errorf("%w: the item asked for is missing", restapi.ErrBadResponse)

// Item returns the refusal of one item of an answer, nil for code 0.
func Item(cmd restapi.Command, code int, info string) error {
	if code == 0 {
		return nil
	}
	return &restapi.Error{Code: restapi.Code(code), Info: info, Command: cmd, HTTPStatus: http.StatusOK}
}

// Unexplained returns the refusal of an item that the answer names in a list of failures, such as Fail_Account, but
// gives no code for. It belongs to no class: nothing says whether another try would do better.
func Unexplained(cmd restapi.Command, list string) error {
	return &restapi.Error{Info: "listed in " + list + " without a code", Command: cmd, HTTPStatus: http.StatusOK}
}

// Stray returns the error of an item that may be the one that failed: list, the answer's list of failures, names
// something that was not asked for.
func Stray(cmd restapi.Command, list string) error {
	err := fmt.Errorf("%w: %s names a failed account that was not asked for", restapi.ErrBadResponse, list)
	return &restapi.Error{Command: cmd, HTTPStatus: http.StatusOK, Err: err}
}

// Missing returns the error of an item that was asked for and is nowhere in the answer.
func Missing(cmd restapi.Command) error {
	return &restapi.Error{Command: cmd, HTTPStatus: http.StatusOK, Err: errMissing}
}

// Lacks returns the error of a call that was carried out and whose answer does not have the field that all depends on.
func Lacks(cmd restapi.Command, field string) error {
	err := fmt.Errorf("%w: there is no %s", restapi.ErrBadResponse, field)
	return &restapi.Error{Command: cmd, HTTPStatus: http.StatusOK, Open: true, Err: err}
}

// Unique returns the items that differ, in their first order: the service has no use for one that is named twice.
func Unique[T comparable](items []T) []T {
	seen := make(map[T]struct{}, len(items))
	unique := make([]T, 0, len(items))
	for _, item := range items {
		if _, again := seen[item]; !again {
			seen[item] = struct{}{}
			unique = append(unique, item)
		}
	}
	return unique
}
