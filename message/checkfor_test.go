package message_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/go-tencentchat/tencentchat/internal/spec"
	"github.com/go-tencentchat/tencentchat/message"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// fields set one field of a Message each, by the names that requests have for it.
var fields = map[string]func(m *message.Message){
	"From_Account":            func(m *message.Message) { m.FromAccount = "ana" },
	"MsgBody":                 func(m *message.Message) { m.MsgBody = message.Text("hi") },
	"CloudCustomData":         func(m *message.Message) { m.CloudCustomData = "c" },
	"OfflinePushInfo":         func(m *message.Message) { m.OfflinePushInfo = &message.OfflinePushInfo{Desc: "d"} },
	"SendMsgControl":          func(m *message.Message) { m.SendMsgControl = []message.SendControl{message.NoLastMsg} },
	"ForbidCallbackControl":   func(m *message.Message) { m.ForbidCallbackControl = []message.ForbidCallback{"Newer"} },
	"OnlineOnlyFlag":          func(m *message.Message) { m.OnlineOnlyFlag = true },
	"SupportMessageExtension": func(m *message.Message) { m.SupportMessageExtension = true },
	"NeedReadReceipt":         func(m *message.Message) { m.NeedReadReceipt = true },
}

// sender is what a documented command carries of a Message: whether the field is required.
func sender(doc spec.Command) (carries map[string]bool, sends bool) {
	carries = map[string]bool{}
	for _, f := range doc.Request {
		name := strings.TrimPrefix(strings.TrimPrefix(f.Path, "MsgList[]."), "Is")
		sends = sends || name == "MsgRandom" || name == "Random"
		if _, ofMessage := fields[name]; ofMessage {
			carries[name] = f.Required
		}
	}
	return carries, sends
}

func command(doc spec.Command) restapi.Command {
	service, name, _ := strings.Cut(doc.Name(), "/")
	return restapi.Command{Service: service, Name: name}
}

func refusedField(t *testing.T, err error) string {
	t.Helper()
	argument, ok := errors.AsType[*restapi.ArgumentError](err)
	require.True(t, ok, "%v", err)
	return argument.Field
}

// CheckFor goes by the documented fields of every command that sends, and knows no other one.
func TestCheckForIsAsDocumented(t *testing.T) {
	t.Parallel()
	docs, err := spec.Commands()
	require.NoError(t, err)
	senders := 0
	for _, doc := range docs {
		cmd := command(doc)
		carries, sends := sender(doc)
		if !sends {
			require.Equal(t, "Message", refusedField(t, full().CheckFor(cmd)), doc.Path)
			continue
		}
		senders++
		base := func(without string) (m message.Message) {
			for name, required := range carries {
				if required && name != without {
					fields[name](&m)
				}
			}
			if cmd.Service == "stream_msg" && without != "MsgBody" {
				m.MsgBody = stream("hi").MsgBody
			}
			return m
		}
		require.NoError(t, base("").CheckFor(cmd), doc.Path)
		for name, set := range fields {
			required, carried := carries[name]
			if required {
				assert.Equal(t, name, refusedField(t, base(name).CheckFor(cmd)), "%s without %s", doc.Path, name)
				continue
			}
			m := base("")
			set(&m)
			if carried {
				assert.NoError(t, m.CheckFor(cmd), "%s with %s", doc.Path, name)
			} else {
				assert.Equal(t, name, refusedField(t, m.CheckFor(cmd)), "%s with %s", doc.Path, name)
			}
		}
	}
	assert.Equal(t, 12, senders)
}

func TestControlsThatDoNotGoTogether(t *testing.T) {
	t.Parallel()
	group := restapi.Command{Service: "group_open_http_svc", Name: "send_group_msg"}
	official := restapi.Command{Service: "official_account_open_http_svc", Name: "send_official_account_msg"}
	m := message.Message{
		MsgBody: message.Text("hi"), SendMsgControl: []message.SendControl{message.NoLastMsg}, OnlineOnlyFlag: true,
	}
	require.NoError(t, m.CheckFor(message.CommandSendMsg))
	assert.Equal(t, "SendMsgControl", refusedField(t, m.CheckFor(group)))
	assert.Equal(t, "SendMsgControl", refusedField(t, m.CheckFor(official)))
	m.OnlineOnlyFlag = false
	require.NoError(t, m.CheckFor(official))
	m.SendMsgControl = append(m.SendMsgControl, "Newer")
	require.NoError(t, m.CheckFor(group))
	assert.Equal(t, "SendMsgControl[1]", refusedField(t, m.CheckFor(official)))
}

func TestElementsThatCannotBeSent(t *testing.T) {
	t.Parallel()
	const u = message.DownloadByURL
	var none *message.TextElem
	sound := message.SoundElem{URL: "u", UUID: "id", DownloadFlag: u}
	file := message.FileElem{URL: "u", UUID: "id", DownloadFlag: u}
	video := message.VideoFileElem{
		VideoURL: "u", VideoUUID: "id", VideoDownloadFlag: u, ThumbURL: "u", ThumbUUID: "id", ThumbDownloadFlag: u,
	}
	image := message.ImageElem{UUID: "id", ImageInfoArray: []message.ImageInfo{{URL: "u"}, {URL: "v"}}}
	change := func(f func(s *message.SoundElem)) *message.SoundElem { s := sound; f(&s); return &s }
	changeFile := func(f func(s *message.FileElem)) *message.FileElem { s := file; f(&s); return &s }
	changeVideo := func(f func(s *message.VideoFileElem)) *message.VideoFileElem { s := video; f(&s); return &s }
	for name, elem := range map[string]message.Elem{
		"sound": &sound, "file": &file, "video": &video, "image": &image,
		"text": &message.TextElem{}, "face": &message.FaceElem{Index: 1}, "place": &message.LocationElem{},
		"one custom": &message.CustomElem{Data: "d"},
		"newer":      &message.UnknownElem{Type: "TIMNewElem", Content: json.RawMessage(`{"a":1}`)},
		"raw":        &message.UnknownElem{Raw: json.RawMessage(`{"MsgType":"TIMNewElem"}`)},
	} {
		require.NoError(t, message.Message{MsgBody: message.Body{elem}}.CheckFor(message.CommandSendMsg), name)
	}
	for field, elems := range map[string][]message.Elem{
		"":                {nil, none, &message.RelayElem{}, &message.UnknownElem{Raw: []byte(`{`)}},
		".MsgType":        {&message.UnknownElem{}},
		".MsgContent":     {&message.UnknownElem{Type: "TIMNewElem", Content: []byte(`{`)}},
		".Text":           {&message.TextElem{Text: "\xff"}},
		".Data":           {&message.FaceElem{Data: "\xff"}, &message.CustomElem{Data: "\xff"}},
		".Desc":           {&message.LocationElem{Desc: "\xff"}, &message.CustomElem{Desc: "\xff"}},
		".Ext":            {&message.CustomElem{Ext: "\xff"}},
		".Sound":          {&message.CustomElem{Sound: "\xff"}},
		".FileName":       {changeFile(func(f *message.FileElem) { f.FileName = "\xff" })},
		".ImageInfoArray": {&message.ImageElem{UUID: "id"}},
		".ImageInfoArray[1].URL": {
			&message.ImageElem{UUID: "id", ImageInfoArray: []message.ImageInfo{{URL: "u"}, {}}},
		},
		".Url": {
			change(func(s *message.SoundElem) { s.URL = "" }), change(func(s *message.SoundElem) { s.URL = "\xff" }),
			changeFile(func(f *message.FileElem) { f.URL = "" }),
		},
		".UUID": {
			change(func(s *message.SoundElem) { s.UUID = "" }), changeFile(func(f *message.FileElem) { f.UUID = "" }),
			&message.ImageElem{ImageInfoArray: image.ImageInfoArray},
		},
		".Download_Flag": {
			change(func(s *message.SoundElem) { s.DownloadFlag = 0 }),
			changeFile(func(f *message.FileElem) { f.DownloadFlag = 0 }),
		},
		".VideoUrl":          {changeVideo(func(v *message.VideoFileElem) { v.VideoURL = "" })},
		".VideoUUID":         {changeVideo(func(v *message.VideoFileElem) { v.VideoUUID = "" })},
		".VideoDownloadFlag": {changeVideo(func(v *message.VideoFileElem) { v.VideoDownloadFlag = 0 })},
		".ThumbUrl":          {changeVideo(func(v *message.VideoFileElem) { v.ThumbURL = "" })},
		".ThumbUUID":         {changeVideo(func(v *message.VideoFileElem) { v.ThumbUUID = "" })},
		".ThumbDownloadFlag": {changeVideo(func(v *message.VideoFileElem) { v.ThumbDownloadFlag = 0 })},
	} {
		for _, elem := range elems {
			m := message.Message{MsgBody: message.Body{&message.TextElem{Text: "x"}, elem}}
			assert.Equal(t, "MsgBody[1]"+field, refusedField(t, m.CheckFor(message.CommandSendMsg)), "%T", elem)
		}
	}
	two := message.Message{MsgBody: message.Body{&message.CustomElem{Data: "d"}, &message.CustomElem{Data: "e"}}}
	require.ErrorContains(t, two.CheckFor(message.CommandSendMsg), "MsgBody[1] is a second TIMCustomElem")
}

func TestPushesThatCannotBe(t *testing.T) {
	t.Parallel()
	require.NoError(t, full().CheckFor(message.CommandSendMsg))
	for field, change := range map[string]func(i *message.OfflinePushInfo){
		"Title":                        func(i *message.OfflinePushInfo) { i.Title = "\xff" },
		"Ext":                          func(i *message.OfflinePushInfo) { i.Ext = "\xff" },
		"MultiLanguageContent[0].Desc": func(i *message.OfflinePushInfo) { i.MultiLanguageContent[0].Desc = "\xff" },
		"BadgeAddNum":                  func(i *message.OfflinePushInfo) { i.BadgeAddNum = 100 },
		"BadgeSetNum":                  func(i *message.OfflinePushInfo) { i.BadgeSetNum = restapi.Some(-1) },
		"ApnsInfo.LiveActivity.LaId": func(i *message.OfflinePushInfo) {
			i.ApnsInfo.LiveActivity.LaID = strings.Repeat("x", 65)
		},
		"ApnsInfo.LiveActivity.Event": func(i *message.OfflinePushInfo) { i.ApnsInfo.LiveActivity.Event = "" },
		"ApnsInfo.LiveActivity.ContentState": func(i *message.OfflinePushInfo) {
			i.ApnsInfo.LiveActivity.ContentState = json.RawMessage(`null`)
		},
		"ApnsInfo.LiveActivity.DismissalDate": func(i *message.OfflinePushInfo) {
			i.ApnsInfo.LiveActivity.DismissalDate = time.Unix(-1, 0)
		},
		"HarmonyInfo.SoundDuration": func(i *message.OfflinePushInfo) { i.HarmonyInfo.SoundDuration += time.Millisecond },
	} {
		m := full()
		change(m.OfflinePushInfo)
		assert.Equal(t, "OfflinePushInfo."+field, refusedField(t, m.CheckFor(message.CommandSendMsg)))
	}
	for _, d := range []time.Duration{-time.Second, time.Millisecond, 61 * time.Second} {
		m := full()
		m.OfflinePushInfo.HarmonyInfo.SoundDuration = d
		require.ErrorContains(t, m.CheckFor(message.CommandSendMsg), "not 1 to 60 whole seconds")
	}
	m := full()
	m.OfflinePushInfo.HarmonyInfo.Sound = ""
	require.ErrorContains(t, m.CheckFor(message.CommandSendMsg), "SoundDuration has no Sound")
	m.OfflinePushInfo.HarmonyInfo.SoundDuration = 0
	m.OfflinePushInfo.ApnsInfo.LiveActivity.LaID = ""
	require.ErrorContains(t, m.CheckFor(message.CommandSendMsg), "LaId is empty")
}

func TestStreamsThatCannotBe(t *testing.T) {
	t.Parallel()
	piece := func(index uint64, markdown string) message.Elem {
		return &message.StreamElem{Chunks: []message.StreamChunk{{Index: index, Markdown: markdown}}}
	}
	for field, bodies := range map[string][]message.Body{
		"MsgBody":                       {message.Text("hi"), {piece(1, "x"), piece(2, "y")}, {piece(1, "x"), &message.TextElem{}}},
		"MsgBody[0].Chunks":             {{&message.StreamElem{}}},
		"MsgBody[0].Chunks[0].Index":    {{piece(0, "x")}},
		"MsgBody[0].Chunks[0].Markdown": {{piece(1, "\xff")}},
	} {
		for _, body := range bodies {
			err := message.Message{MsgBody: body}.CheckFor(message.CommandSendC2CStreamMsg)
			assert.Equal(t, field, refusedField(t, err))
		}
	}
}
