// Package shape holds JSON bodies against the documented fields of package spec: it says which fields of a body no page
// knows, which have another type than documented, and which are missing. It is the one validator of the project;
// whether a fault matters is for the caller to say.
//
//	var book shape.Book // compiles the fields of a command on first use
//
//	cmd, err := book.Command("v4/profile/portrait_set")
//	for _, fault := range cmd.Request.Check(body) {
//		fmt.Println(fault) // ProfileItem[1].Value: has the wrong type: bool in place of uint|string
//	}
//
// A required field is missing only where the object that it stands in is there. 0, "" and false are values; null is
// none, and of the wrong type.
package shape
