package message

import "github.com/go-tencentchat/tencentchat/internal/wire"

var (
	soundShape = wire.Shape{
		Keys: []string{"UUID", "Size", "Second"},
		Omit: []string{"Url", "Download_Flag"},
	}
	fileShape = wire.Shape{
		Keys: []string{"UUID", "FileSize", "FileName"},
		Omit: []string{"Url", "Download_Flag"},
	}
	videoFileShape = wire.Shape{
		Keys: []string{
			"VideoUUID", "VideoSize", "VideoSecond", "VideoFormat",
			"ThumbUUID", "ThumbSize", "ThumbWidth", "ThumbHeight", "ThumbFormat",
		},
		Omit: []string{"VideoUrl", "VideoDownloadFlag", "ThumbUrl", "ThumbDownloadFlag"},
	}
)

// DownloadByURL is the only documented value of the download flags: the file is fetched from the address of its
// element. Client SDKs 2.x and 3.x sent neither address nor flag, so that both are empty in what they sent, and such a
// file cannot be downloaded. Whoever sends over REST must fill both.
const DownloadByURL = 2

// SoundElem is a voice message.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type SoundElem struct {
	URL          string `json:"Url,omitempty"`           // where to download it
	UUID         string `json:"UUID"`                    // unique key, usually the MD5 of the voice
	Size         uint64 `json:"Size"`                    // bytes
	Second       uint64 `json:"Second"`                  // length in seconds
	DownloadFlag int    `json:"Download_Flag,omitempty"` // DownloadByURL
	Extra        Extra  `json:"-"`                       // keys newer than this package
}

// MsgType returns "TIMSoundElem".
func (*SoundElem) MsgType() string { return typeSound }

func (*SoundElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *SoundElem) MarshalJSON() ([]byte, error) {
	type fields SoundElem
	return encode((*fields)(e), e.Extra, &soundShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *SoundElem) UnmarshalJSON(data []byte) (err error) {
	type fields SoundElem
	e.Extra, err = decode(data, (*fields)(e), &soundShape)
	return err
}

// FileElem is a file.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type FileElem struct {
	URL          string `json:"Url,omitempty"`           // where to download it
	UUID         string `json:"UUID"`                    // unique key, usually the MD5 of the file
	FileSize     uint64 `json:"FileSize"`                // bytes
	FileName     string `json:"FileName"`                // read as fileName too, as one table of the vendor has it
	DownloadFlag int    `json:"Download_Flag,omitempty"` // DownloadByURL
	Extra        Extra  `json:"-"`                       // keys newer than this package
}

// MsgType returns "TIMFileElem".
func (*FileElem) MsgType() string { return typeFile }

func (*FileElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *FileElem) MarshalJSON() ([]byte, error) {
	type fields FileElem
	return encode((*fields)(e), e.Extra, &fileShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *FileElem) UnmarshalJSON(data []byte) (err error) {
	type fields FileElem
	e.Extra, err = decode(data, (*fields)(e), &fileShape)
	return err
}

// VideoFileElem is a video with its cover picture.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type VideoFileElem struct {
	VideoURL          string `json:"VideoUrl,omitempty"`          // where to download the video
	VideoUUID         string `json:"VideoUUID"`                   // unique key of the video
	VideoSize         uint64 `json:"VideoSize"`                   // bytes
	VideoSecond       uint64 `json:"VideoSecond"`                 // length in seconds; web clients send 0
	VideoFormat       string `json:"VideoFormat"`                 // such as mp4
	VideoDownloadFlag int    `json:"VideoDownloadFlag,omitempty"` // DownloadByURL
	ThumbURL          string `json:"ThumbUrl,omitempty"`          // where to download the cover
	ThumbUUID         string `json:"ThumbUUID"`                   // unique key of the cover
	ThumbSize         uint64 `json:"ThumbSize"`                   // bytes
	ThumbWidth        uint64 `json:"ThumbWidth"`                  // pixels
	ThumbHeight       uint64 `json:"ThumbHeight"`                 // pixels
	ThumbFormat       string `json:"ThumbFormat"`                 // such as JPG
	ThumbDownloadFlag int    `json:"ThumbDownloadFlag,omitempty"` // DownloadByURL
	Extra             Extra  `json:"-"`                           // keys newer than this package
}

// MsgType returns "TIMVideoFileElem".
func (*VideoFileElem) MsgType() string { return typeVideoFile }

func (*VideoFileElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *VideoFileElem) MarshalJSON() ([]byte, error) {
	type fields VideoFileElem
	return encode((*fields)(e), e.Extra, &videoFileShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *VideoFileElem) UnmarshalJSON(data []byte) (err error) {
	type fields VideoFileElem
	e.Extra, err = decode(data, (*fields)(e), &videoFileShape)
	return err
}
