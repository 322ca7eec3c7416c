package friend

// A Request is one user to add to a friend list, with what the list and the user are to be told.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/34902
type Request struct {
	ToAccount  string `json:"To_Account"`           // the user to add
	Remark     string `json:"Remark,omitempty"`     // what the owner of the list calls the user, at most 96 bytes
	GroupName  string `json:"GroupName,omitempty"`  // the friend group for the user, at most 30 bytes
	AddSource  string `json:"AddSource,omitempty"`  // where the request comes from: AddSource_Type_ and 1 to 8 letters
	AddWording string `json:"AddWording,omitempty"` // the words with the request, at most 256 bytes
}
