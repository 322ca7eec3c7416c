package chat

import "github.com/go-tencentchat/tencentchat/restapi"

// A Refusal is an answer with a code: nothing was done.
type Refusal struct {
	Code restapi.Code
	Info string // why, in the words of this package, or of the backend that refused
}

func (r *Refusal) Error() string { return r.Info }

const infoAccountNotFound = "Err_TLS_PT_Open_Login_Account_Not_Exist"

// Words are what the service itself says of a code, where that was recorded. Elsewhere they are Info.
func (r *Refusal) Words() string {
	switch r.Code {
	case restapi.CodeProfileInvalidParameter:
		return "Err_Profile_Comm_Decode_Fail"
	case restapi.CodeAccountNotFound:
		return infoAccountNotFound
	case restapi.CodeMessageInvalidJSON:
		return "Fail to Parse json data of body, Please check it"
	}
	return r.Info
}

// Refuse returns a *Refusal.
func Refuse(code restapi.Code, info string) error { return &Refusal{code, info} }

func refuse(code restapi.Code, info string) error { return Refuse(code, info) }
