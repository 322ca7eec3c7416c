// Package wire reads the JSON of a service that writes the same thing in more than one way: numbers with and without
// quotes, identifiers that are text on one page and a number on the next, objects that gain keys.
//
// The functions here look at raw JSON and return values or errors; the exported types of the other packages call them
// from their UnmarshalJSON and MarshalJSON methods. Nothing passes through float64, so that every digit survives.
package wire
