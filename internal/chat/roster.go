package chat

import (
	"cmp"
	"slices"
)

// A roster lists users in the order in which they came, each with a T. Its zero value is ready.
type roster[T any] struct {
	byID map[string]*listed[T]
	all  []*listed[T]
	last uint64
}

// listed is one place in a roster.
type listed[T any] struct {
	userID string
	number uint64 // grows along the roster, and stays when others go
	value  T
}

// get returns the place of a user, nil where there is none.
func (r *roster[T]) get(userID string) *listed[T] { return r.byID[userID] }

func (r *roster[T]) has(userID string) bool { return r.byID[userID] != nil }

func (r *roster[T]) len() int { return len(r.all) }

// add puts a user at the end, or gives one who is there another value.
func (r *roster[T]) add(userID string, value T) *listed[T] {
	one := r.byID[userID]
	if one != nil {
		one.value = value
		return one
	}
	r.last++
	one = &listed[T]{userID, r.last, value}
	put(&r.byID, userID, one)
	r.all = append(r.all, one)
	return one
}

// remove is false where the user is not there.
func (r *roster[T]) remove(userID string) bool {
	one := r.byID[userID]
	if one == nil {
		return false
	}
	delete(r.byID, userID)
	at := r.after(one.number) - 1
	r.all = slices.Delete(r.all, at, at+1)
	return true
}

// after returns where the users begin who came after the one with that number.
func (r *roster[T]) after(number uint64) int {
	at, found := slices.BinarySearchFunc(r.all, number, func(one *listed[T], number uint64) int {
		return cmp.Compare(one.number, number)
	})
	if found {
		at++
	}
	return at
}

// page returns at most n users from a position on, and the position behind them, 0 at the end.
func (r *roster[T]) page(from uint64, n int) (users []*listed[T], next uint64) {
	users = r.all[min(from, uint64(len(r.all))):]
	if len(users) > n {
		return users[:n], from + uint64(n)
	}
	return users, 0
}
