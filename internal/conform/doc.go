// Package conform holds the commands of an area of the REST API against package spec. A test in the area's package has
// one row for each of its methods:
//
//	func TestCommandsAreAsDocumented(t *testing.T) {
//		conform.Area(t, "account", []conform.Row{
//			{Command: account.CommandAccountDelete, Call: func(ctx context.Context, c restapi.Caller) (any, error) {
//				return account.NewClient(c).Delete(ctx, []string{"ann", "bob"})
//			}},
//		})
//	}
//
// Every command and every method that the spec assigns to the package has a row; a command is the union of its rows.
//
// # What is looked at
//
// The command: its rate, and whether it is repeated. The method: its comment names the vendor's page and the rate. The
// call: the command of the row, the caller's context, a body that package shape finds no fault in.
//
// By type: each documented field of the request and of the answer is a Go field of the types that the method hands to
// Call, and each of their Go fields is documented. Below a type with its own MarshalJSON or UnmarshalJSON, an interface
// or a map nothing can be seen by type; there the walk by value alone decides.
//
// By value, the request: each documented field is in a body as it is sent, or in the query, with a value that is not
// empty. A text that is the name of another field was meant for that.
//
// By value, the answer: for each documented field, and each of its types, the method is called with answers that have
// what is required and that field, once with the items going well and once with them failing. The values made up for it
// must be in what the method returns: in exported fields, elements, keys, JSON, or the error of an item; as text,
// number, moment or duration. Numbers that arrive as others are a fault. A number that is not returned as such, a bool,
// and the name of an item may do something else instead: it is enough that what is returned is another for another
// value.
//
// # Writing a row
//
// Call sets every argument and every option to a value that is not zero, texts best to the name of the field they are
// for: Nick: "Nick". Lists have two elements. It returns all that the method returns; an iterator is drained into a
// slice. What one call cannot set goes into another row of the same command. Which method it is shows on the stack, but
// for an iterator that another method makes: such a row says it in Method.
//
// # Hints
//
// A field in a list of the answer which has the name of one in a list of the request names again what was asked, and
// gets those values; so does Fail_Account, which names those in To_Account. Where another name does that, a hint says
// so; a hint is a value besides where one that is made up cannot be read, or where it ends a list:
//
//	Hints: map[string]any{"FailAccounts": conform.Asked("AccountList[].UserID"), "CompleteFlag": 1}
//
// A [Key] is for an object whose keys are the app's own.
//
// The row of an iterator needs such an end; that of its page call has none, and sees that the cursor is returned.
//
// # Exceptions
//
// What is meant to be otherwise is an [Exception], data with a reason that is printed. One that is not needed any more
// fails the test.
//
//	conform.Exception{Command: account.CommandMultiAccountImport, Request: "Accounts", Reason: "the older form"}
package conform
