package restapi

// A Cursor says where a page of a list begins. It is opaque and can be kept, in a database or across a restart: "" is
// the beginning of the list, and as the Next of a page it says that the list ends there.
type Cursor string

// A Page is one answer of a list that comes in several. Iterators go through all of them; a program that shows one page
// at a time keeps Next and asks for the page after.
type Page[T any] struct {
	Items []T
	// Next is the cursor of the page after this one, "" where there is none.
	Next Cursor
	// Total is how many items the whole list has, 0 where the service does not say.
	Total int
}
