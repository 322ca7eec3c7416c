// Package batch holds what calls have in common that are about many items: the users whom a call names, answers put in
// the order in which the items were asked for, the ways in which the service says that one of them failed, lists that
// come in pages, and many calls at once with the outcome of each item.
package batch
