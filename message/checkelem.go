package message

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/go-tencentchat/tencentchat/internal/check"
	"github.com/go-tencentchat/tencentchat/restapi"
)

// checkBody refuses elements that cannot be sent.
func checkBody(cmd restapi.Command, body Body) error {
	custom := false
	for i, e := range body {
		name := "MsgBody[" + strconv.Itoa(i) + "]"
		if isNil(e) {
			return check.Argument(cmd, name, "is nil")
		}
		if _, isCustom := e.(*CustomElem); isCustom {
			if custom {
				return check.Argument(cmd, name, "is a second TIMCustomElem, one is allowed")
			}
			custom = true
		}
		if field, reason := unsendable(e); reason != "" {
			return check.Argument(cmd, name+field, "%s", reason)
		}
	}
	return nil
}

// unsendable returns what is wrong with an element, worded to follow the name of its field, and "" where nothing is.
func unsendable(e Elem) (field, reason string) {
	switch e := e.(type) {
	case *TextElem:
		return invalidText("Text", e.Text)
	case *FaceElem:
		return invalidText("Data", e.Data)
	case *LocationElem:
		return invalidText("Desc", e.Desc)
	case *CustomElem:
		return invalidText("Data", e.Data, "Desc", e.Desc, "Ext", e.Ext, "Sound", e.Sound)
	case *SoundElem:
		return missing("Url", e.URL, "UUID", e.UUID, "Download_Flag", flagged(e.DownloadFlag))
	case *FileElem:
		if field, reason := invalidText("FileName", e.FileName); reason != "" {
			return field, reason
		}
		return missing("Url", e.URL, "UUID", e.UUID, "Download_Flag", flagged(e.DownloadFlag))
	case *ImageElem:
		return unsendableImage(e)
	case *VideoFileElem:
		return missing(
			"VideoUrl", e.VideoURL, "VideoUUID", e.VideoUUID, "VideoDownloadFlag", flagged(e.VideoDownloadFlag),
			"ThumbUrl", e.ThumbURL, "ThumbUUID", e.ThumbUUID, "ThumbDownloadFlag", flagged(e.ThumbDownloadFlag),
		)
	case *RelayElem:
		return "", "is a TIMRelayElem, only clients can send one"
	case *UnknownElem:
		return unsendableUnknown(e)
	}
	return "", ""
}

func unsendableImage(e *ImageElem) (field, reason string) {
	if field, reason := missing("UUID", e.UUID); reason != "" {
		return field, reason
	}
	if len(e.ImageInfoArray) == 0 {
		return ".ImageInfoArray", "is empty"
	}
	for i := range e.ImageInfoArray {
		if e.ImageInfoArray[i].URL == "" {
			return ".ImageInfoArray[" + strconv.Itoa(i) + "].URL", "is empty"
		}
	}
	return "", ""
}

func unsendableUnknown(e *UnknownElem) (field, reason string) {
	switch {
	case len(e.Raw) > 0 && !json.Valid(e.Raw):
		return "", "is not valid JSON"
	case len(e.Raw) == 0 && e.Type == "":
		return ".MsgType", "is empty"
	case len(e.Raw) == 0 && len(e.Content) > 0 && !json.Valid(e.Content):
		return ".MsgContent", "is not valid JSON"
	}
	return "", ""
}

// missing returns the first of the fields, each a name and a value, that is empty or no text.
func missing(fields ...string) (field, reason string) {
	for pair := range slices.Chunk(fields, 2) {
		if pair[1] == "" {
			return "." + pair[0], "is empty, who sends over REST must fill it"
		}
	}
	return invalidText(fields...)
}

// flagged is a download flag as missing takes it.
func flagged(flag int) string {
	if flag == 0 {
		return ""
	}
	return "given"
}

// invalidText returns the first of the fields, each a name and a value, that would not arrive as it is.
func invalidText(fields ...string) (field, reason string) {
	for pair := range slices.Chunk(fields, 2) {
		if !utf8.ValidString(pair[1]) {
			return "." + pair[0], "is not valid UTF-8"
		}
	}
	return "", ""
}

// checkStream refuses a body that is not one piece, or several, of a stream.
func checkStream(cmd restapi.Command, body Body) error {
	stream, ok := body[0].(*StreamElem)
	switch {
	case len(body) != 1 || !ok:
		return check.Argument(cmd, "MsgBody", "is not one TIMStreamElem")
	case len(stream.Chunks) == 0:
		return check.Argument(cmd, "MsgBody[0].Chunks", "is empty")
	}
	for i := range stream.Chunks {
		name := "MsgBody[0].Chunks[" + strconv.Itoa(i) + "]"
		if stream.Chunks[i].Index == 0 {
			return check.Argument(cmd, name+".Index", "is 0, pieces are numbered from 1")
		}
		if !utf8.ValidString(stream.Chunks[i].Markdown) {
			return check.Argument(cmd, name+".Markdown", "is not valid UTF-8")
		}
	}
	return nil
}
