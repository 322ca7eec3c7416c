package bot

import (
	"context"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A StreamMsg is one piece of what a chatbot says.
type StreamMsg struct {
	Chunk  string // the text that this piece adds
	MsgKey string // what the first piece returned; empty for that
	Finish bool   // it is the last piece
}

type streamRequest struct {
	FromAccount string       `json:"From_Account"`
	ToAccount   string       `json:"To_Account"`
	Chunk       string       `json:"Chunk"`
	MsgKey      string       `json:"MsgKey,omitempty"`
	Finish      message.Flag `json:"Finish,omitempty"`
}

// SendStream sends a piece of what a chatbot says to a user. The first one has no MsgKey and begins a message; what it
// returns is the MsgKey of those that follow, and all that another process needs to go on. The last one has Finish. One
// that has nothing but that may have an empty Chunk, which the vendor neither allows nor rules out.
//
// [restapi.CodeGroupInvalidParameter]: there is no such bot, user or message. 200 calls a second and app. Not repeated
// after a failure that leaves its outcome open, as the text could be there twice.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/71131
func (c *Client) SendStream(ctx context.Context, robotID, userID string, piece StreamMsg) (msgKey string, err error) {
	cmd := CommandSendStreamMsg
	if err := robot(cmd, "From_Account", robotID); err != nil {
		return "", err
	}
	if err := check.UserID(cmd, "To_Account", userID); err != nil {
		return "", err
	}
	if err := piece.check(cmd); err != nil {
		return "", err
	}
	req := streamRequest{robotID, userID, piece.Chunk, piece.MsgKey, message.Flag(piece.Finish)}
	resp, err := restapi.Do[struct{ MsgKey string }](ctx, c.caller, cmd, req)
	switch {
	case err != nil:
		return "", err
	case resp.MsgKey != "":
		return resp.MsgKey, nil
	case piece.MsgKey == "" && !piece.Finish: // the next piece would begin another message
		return "", check.Lacks(cmd, "MsgKey")
	}
	return piece.MsgKey, nil
}

func (m *StreamMsg) check(cmd restapi.Command) error {
	if err := check.Text(cmd, "Chunk", m.Chunk, len(m.Chunk)); err != nil {
		return err
	}
	switch {
	case m.Chunk == "" && !m.Finish:
		return check.Argument(cmd, "Chunk", "is empty, and the piece is not the last")
	case m.Chunk == "" && m.MsgKey == "":
		return check.Argument(cmd, "MsgKey", "is empty, and there is no Chunk that would begin a message")
	case m.MsgKey == "":
		return nil
	}
	return check.MsgKey(cmd, "MsgKey", m.MsgKey)
}
