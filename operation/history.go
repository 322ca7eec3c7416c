package operation

import (
	"context"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// A ChatType is what kind of messages a log has.
type ChatType string

// The documented types.
const (
	C2C   ChatType = "C2C"
	Group ChatType = "Group"
)

// A HistoryFile is a log of messages, to be fetched with [HistoryFile.Download] and read with [ReadHistory]. Its URL
// gives the messages to whoever has it, until ExpireTime, and is to be kept like a secret.
type HistoryFile struct {
	URL        string
	ExpireTime time.Time // when the URL ends; read as Beijing time, which is not documented
	FileSize   int64     // bytes unpacked
	FileMD5    string    // in hexadecimal, unpacked
	GzipSize   int64     // bytes as it is fetched
	GzipMD5    string    // in hexadecimal, as it is fetched
}

// beijing is the zone of the service's hours.
var beijing = time.FixedZone("UTC+8", 8*60*60)

type historyRequest struct {
	ChatType ChatType `json:"ChatType"`
	MsgTime  string   `json:"MsgTime"`
}

type historyAnswer struct {
	File []struct {
		HistoryFile

		ExpireTime string // hides the field of the same name
	}
}

// GetHistory returns the logs of all messages of one kind that were sent in the hour, by Beijing time, that this moment
// is in. There may be several. A log is made when its hour is over, in an hour as a rule and later where there is much
// in it, and is there for seven days.
//
// [restapi.CodeOperationFileNotReady]: there are no messages of that hour, or the log is not made yet.
// [restapi.CodeOperationFileExpired]: the hour is over seven days ago. 10 calls a second and app. Repeated after a
// failure on the way.
//
// Vendor page: https://cloud.tencent.com/document/product/269/1650
func (c *Client) GetHistory(ctx context.Context, chat ChatType, hour time.Time) ([]HistoryFile, error) {
	if err := check.Filled(CommandGetHistory, "ChatType", string(chat)); err != nil {
		return nil, err
	}
	if hour.IsZero() || hour.Unix() < 0 {
		return nil, check.Argument(CommandGetHistory, "MsgTime", "is not a moment since 1970")
	}
	req := historyRequest{chat, hour.In(beijing).Format("2006010215")}
	resp, err := restapi.Do[historyAnswer](ctx, c.caller, CommandGetHistory, req)
	if err != nil {
		return nil, err
	}
	files := make([]HistoryFile, len(resp.File))
	for i, file := range resp.File {
		files[i] = file.HistoryFile
		// One that is written in another way is no reason to do without the file.
		files[i].ExpireTime, _ = time.ParseInLocation(time.DateTime, file.ExpireTime, beijing)
	}
	return files, nil
}
