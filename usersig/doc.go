// Package usersig makes and checks UserSigs, the tokens with which users sign in to Tencent Cloud Chat, and
// PrivateMapKeys, the tokens that let them into the rooms of TRTC.
//
// A UserSig says that whoever holds the app's secret key lets a user in for a while. It is made on a server, for a user
// that the server has signed in by its own means, and handed to the client. The secret key never leaves the server.
//
//	signer, err := usersig.New(1400506071, secretKey)
//	if err != nil {
//		return err
//	}
//	sig, err := signer.Sign("leckie", 24*time.Hour) // for the client
//	if err != nil {
//		return err
//	}
//	err = signer.Verify("leckie", sig) // nil
//
// A [Signer] is safe for concurrent use. Make one for each app and keep it: it holds the key ready for use. Calls of
// the REST API need none of this, package restapi signs them by itself. Example (Handler) hands tokens to clients.
//
// # Lifetime
//
// A UserSig holds from when it was made until the end of its last second, and the vendor's advice is to let it live for
// 24 hours or more. Clients ask for a new one before then. Signing takes less than a microsecond and calls nobody, so
// there is no need to store tokens.
//
// A token cannot be taken back by whoever made it. The vendor can void all the tokens of a user (the REST command
// kick), which [Signer.Verify] has no way to know.
//
// # What is read
//
// The official libraries do not write a token in the same way: the order of the keys, the escapes, the spaces and the
// compression all differ. Verify and [Parse] read every one of these forms. What no library writes, and what would give
// one token many spellings, is refused: bytes or text behind the end, line breaks or another alphabet in the base64, a
// key twice or in another case, numbers with a fraction, half a surrogate pair, a line break in the user ID.
//
// A token may have 256 KiB of text and 192 KiB of JSON inside. That is room for the longest PrivateMapKey in its
// longest form, and no more is ever inflated, whatever a token claims. A server that takes UserSigs alone, of 200 to
// 400 characters, does well to refuse longer ones on its own.
//
// Tokens of the scheme before 2019 (TLS 1.0, with a key pair) are not read.
//
// # Errors
//
// A refused token is one of [ErrMalformed], [ErrBadSignature], [ErrWrongApp], [ErrWrongUser], [ErrWrongUserBuf] and
// [ErrExpired], looked for in this order: nothing that a token says is used before its signature is checked, and that
// takes the same time whatever the signature. To a client all six should look the same. Arguments that cannot be signed
// give [ErrInvalid]. Match them with [errors.Is]. No error has a key or a part of a token in it.
//
// # Rooms
//
// [Signer.PrivateMapKey] makes the second token that an app's clients need to enter a room of TRTC, once the console
// asks for room permissions. It is a UserSig that carries a userbuf, here the room and what may be done in it. Verify
// refuses a token that carries one, so that a room's key does not pass as the user's own.
//
// # Testing
//
// [WithClock] sets the time, and inside of a testing/synctest bubble nothing has to be set. Any text is a key, so tests
// need no account: the local server of restapi/restapitest checks the tokens that are made with the key it was given.
//
// https://www.tencentcloud.com/document/product/1047/34385
package usersig
