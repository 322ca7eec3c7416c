package chat

import (
	"bytes"
	"compress/gzip"
	"crypto/md5" //nolint:gosec // the service names its files by it
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/go-tencentchat/tencentchat/internal/wire"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/operation"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// beijing is the zone of the service's hours and days.
var beijing = time.FixedZone("UTC+8", 8*60*60)

const (
	hourFormat = "2006010215"
	madeAfter  = time.Hour          // a log is made when its hour is over for that long
	logsKept   = 7 * 24 * time.Hour // how long logs can be asked for
	urlLife    = 24 * time.Hour     // how long an address is good
)

// HistoryPath is where the logs of messages are, below the server's address.
const HistoryPath = "/history/"

func history() area {
	return area{
		admin:    restapi.CodeOperationInvalidParameter,
		syntax:   restapi.CodeOperationInvalidRequest,
		invalid:  restapi.CodeOperationInvalidParameter,
		commands: []command{{Cmd: operation.CommandGetHistory, run: getHistory}},
	}
}

// A logKey is what a log has.
type logKey struct {
	chat operation.ChatType
	hour int64 // when it begins
}

// A logFile is a log that was made.
type logFile struct {
	name    string // by which it is found: random, as whoever knows it has the messages
	packed  []byte
	sum     string
	expires time.Time
}

// A logged message is one of a log. Its body is shared with the state, where another takes its place.
type logged struct {
	FromAccount     string `json:"From_Account"`
	ToAccount       string `json:"To_Account"`
	MsgTimestamp    int64  // spelled so in logs alone
	MsgSeq          uint64
	MsgRandom       uint64
	MsgBody         json.RawMessage
	CloudCustomData string `json:",omitempty"`

	body message.Body
}

type madeFile struct {
	URL        string
	ExpireTime string
	FileSize   int
	FileMD5    string
	GzipSize   int
	GzipMD5    string
}

// getHistory makes the log of an hour of the messages that are kept. Those are written while the state is not locked:
// there can be many.
func getHistory(a *App, c *call, body []byte) (any, error) {
	var req struct {
		ChatType operation.ChatType `json:"ChatType"`
		MsgTime  string             `json:"MsgTime"`
	}
	if err := json.Unmarshal(body, &req); err != nil {
		return nil, errBody
	}
	hour, err := checkHour(req.ChatType, req.MsgTime, c.now)
	if err != nil {
		return nil, err
	}
	key := logKey{req.ChatType, hour.Unix()}
	list := a.logOf(key, c.now)
	if len(list) == 0 {
		return nil, refuse(restapi.CodeOperationFileNotReady, "there are no messages of that hour")
	}
	text, err := a.writeLog(req.ChatType, req.MsgTime, list)
	if err != nil {
		return nil, refuse(restapi.CodeOperationSystemError, err.Error())
	}
	packed := pack(text)
	file := a.keepLog(key, packed, c.now)
	return struct{ File []madeFile }{[]madeFile{{
		URL: c.base + HistoryPath + file.name, ExpireTime: file.expires.In(beijing).Format(time.DateTime),
		FileSize: len(text), FileMD5: sumText(text), GzipSize: len(packed), GzipMD5: file.sum,
	}}}, nil
}

// checkHour reads the hour, and refuses one of which there is no log.
func checkHour(chat operation.ChatType, text string, now time.Time) (time.Time, error) {
	hour, err := time.ParseInLocation(hourFormat, text, beijing)
	switch {
	case chat != operation.C2C && chat != operation.Group:
		return hour, refuse(restapi.CodeOperationInvalidParameter, "ChatType is not C2C or Group")
	case err != nil:
		return hour, refuse(restapi.CodeOperationInvalidParameter, "MsgTime is not an hour")
	case now.Sub(hour) > logsKept:
		return hour, refuse(restapi.CodeOperationFileExpired, "the hour is over 7 days ago")
	case now.Sub(hour) < time.Hour+madeAfter:
		return hour, refuse(restapi.CodeOperationFileNotReady, "the log of that hour is not made yet")
	}
	return hour, nil
}

// logOf copies what a log has.
func (a *App) logOf(key logKey, now time.Time) (list []*logged) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.talks.expire(now.Unix())
	if key.chat != operation.C2C {
		return nil
	}
	end := key.hour + int64(time.Hour/time.Second)
	for m := a.talks.oldest; m != nil; m = m.newer {
		if key.hour <= m.key.time && m.key.time < end {
			list = append(list, &logged{
				FromAccount: m.sender(), ToAccount: m.receiver(), MsgTimestamp: m.key.time,
				MsgSeq: m.key.seq, MsgRandom: m.key.random, CloudCustomData: m.cloud, body: m.body,
			})
		}
	}
	slices.SortStableFunc(list, func(a, b *logged) int { return int(a.MsgTimestamp - b.MsgTimestamp) })
	return list
}

// writeLog writes a log as the service does: a message a line, with a comma behind each.
func (a *App) writeLog(chat operation.ChatType, hour string, list []*logged) ([]byte, error) {
	head, err := wire.Marshal(struct {
		SDKAppID string `json:"SdkAppId"`
		ChatType operation.ChatType
		MsgTime  string
	}{strconv.FormatUint(a.cfg.SDKAppID, 10), chat, hour})
	if err != nil {
		return nil, err
	}
	out := slices.Concat(head[:len(head)-1], []byte(",\"MsgList\":[\n"))
	for i, m := range list {
		if m.MsgBody, err = m.body.MarshalJSON(); err != nil {
			return nil, err
		}
		line, err := wire.Marshal(m)
		if err != nil {
			return nil, err
		}
		if i < len(list)-1 { // as JSON has it; whether the service leaves it out behind the last one is not documented
			line = append(line, ',')
		}
		out = append(append(out, line...), '\n')
	}
	return append(out, "]}\n"...), nil
}

func pack(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text) // a buffer does not fail
	_ = w.Close()
	return b.Bytes()
}

func sumText(data []byte) string {
	sum := md5.Sum(data) //nolint:gosec // see the import
	return hex.EncodeToString(sum[:])
}

// keepLog keeps a log, in place of the one of that hour before. Where nothing has changed since, its address stays.
func (a *App) keepLog(key logKey, packed []byte, now time.Time) logFile {
	sum := sumText(packed)
	a.mu.Lock()
	defer a.mu.Unlock()
	for k, old := range a.logs {
		if now.After(old.expires) {
			delete(a.logs, k)
		}
	}
	if old, there := a.logs[key]; there && old.sum == sum {
		return old
	}
	file := logFile{name: rand.Text() + ".gz", packed: packed, sum: sum, expires: now.Add(urlLife)}
	put(&a.logs, key, file)
	return file
}

// HistoryFile returns the log of that name and its MD5, and false where there is none, or its address is good no more.
func (a *App) HistoryFile(name string) (packed []byte, sum string, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, file := range a.logs {
		if file.name == name && !a.cfg.Now().After(file.expires) {
			return file.packed, file.sum, true
		}
	}
	return nil, "", false
}
