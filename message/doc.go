// Package message holds the elements that a message is made of: text, faces, places, custom payloads, voice, images,
// files, videos, bundles of forwarded messages and streams. Webhooks hand them over, see package
// [github.com/go-tencentchat/tencentchat/callback], and the commands that send or change messages take them.
//
//	body := message.Body{
//		&message.TextElem{Text: "hello "},
//		&message.FaceElem{Index: 1, Data: "smile"},
//	}
//	for _, elem := range body {
//		switch elem := elem.(type) {
//		case *message.TextElem:
//			fmt.Println(elem.Text)
//		case *message.UnknownElem:
//			fmt.Println("newer than this program:", elem.Type)
//		}
//	}
//
// A message is a [Body] of elements, each an [Elem]. Elements are pointers, so that a backend can change the text of
// one in place and send the same body on, as the example of [Body] does. Besides the elements there are the words about
// messages that webhooks and calls share: [Extension], [ExtensionOperation] and [MsgFlag].
//
// # What is newer than this package
//
// A kind of element that is not here is an [UnknownElem] with its type and its bytes, and a key that an element does
// not have is kept in its [Extra]: both are written back as they were read. An element whose content does not have the
// documented shape is an [UnknownElem] too, and one that is not an object or has no kind is in the Raw of one. Neither
// is ever a reason to refuse the message it is in: a client that sends a broken element must not get around a backend
// that moderates. An integer in quotes, or with a fraction of zeros, is read as the integer that it is.
//
// Keys are read in any case, as encoding/json does, and written in the vendor's spelling.
package message
