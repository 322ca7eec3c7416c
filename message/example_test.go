package message_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-tencentchat/tencentchat/message"
)

func ExampleBody_marshal() {
	body := message.Body{
		&message.TextElem{Text: "hello "},
		&message.FaceElem{Index: 1, Data: "smile"},
	}
	out, err := json.Marshal(body)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(string(out))
	// Output:
	// [{"MsgType":"TIMTextElem","MsgContent":{"Text":"hello "}},{"MsgType":"TIMFaceElem","MsgContent":{"Index":1,"Data":"smile"}}]
}

// Elements can be changed in place; those that the program does not know go through as they are.
func ExampleBody() {
	var body message.Body
	err := json.Unmarshal([]byte(`[
		{"MsgType": "TIMTextElem", "MsgContent": {"Text": "well, damn"}},
		{"MsgType": "TIMHologramElem", "MsgContent": {"Frames": 12}}
	]`), &body)
	if err != nil {
		fmt.Println(err)
	}
	for _, elem := range body {
		switch elem := elem.(type) {
		case *message.TextElem:
			elem.Text = strings.ReplaceAll(elem.Text, "damn", "****")
		case *message.UnknownElem:
			fmt.Println("kept:", elem.Type)
		}
	}
	out, err := json.Marshal(body)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(string(out))
	// Output:
	// kept: TIMHologramElem
	// [{"MsgType":"TIMTextElem","MsgContent":{"Text":"well, ****"}},{"MsgType":"TIMHologramElem","MsgContent":{"Frames":12}}]
}
