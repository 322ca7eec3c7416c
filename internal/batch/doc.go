// Package batch holds what calls have in common that are about many items: answers put in the order in which the items
// were asked for, the ways in which the service says that one of them failed, and lists that come in pages.
package batch
