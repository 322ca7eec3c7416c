package message

import "github.com/go-tencentchat/tencentchat/internal/wire"

var (
	imageShape = wire.Shape{
		Keys: []string{"UUID", "ImageFormat", "ImageInfoArray"},
	}
	imageInfoShape = wire.Shape{
		Keys: []string{"Type", "Size", "Width", "Height", "URL"},
	}
)

// ImageFormat is the file format of an image.
type ImageFormat int

// The documented image formats.
const (
	ImageFormatJPG   ImageFormat = 1
	ImageFormatGIF   ImageFormat = 2
	ImageFormatPNG   ImageFormat = 3
	ImageFormatBMP   ImageFormat = 4
	ImageFormatOther ImageFormat = 255
)

// ImageType says which of the sizes of an image one is.
type ImageType int

// The sizes of an image.
const (
	ImageTypeOriginal  ImageType = 1
	ImageTypeLarge     ImageType = 2
	ImageTypeThumbnail ImageType = 3
)

// ImageElem is an image, in up to three sizes.
//
// Vendor page: https://www.tencentcloud.com/document/product/1047/33527
type ImageElem struct {
	UUID           string      `json:"UUID"` // unique key, usually the MD5 of the image
	ImageFormat    ImageFormat `json:"ImageFormat"`
	ImageInfoArray []ImageInfo `json:"ImageInfoArray,omitzero"`
	Extra          Extra       `json:"-"` // keys newer than this package
}

// MsgType returns "TIMImageElem".
func (*ImageElem) MsgType() string { return typeImage }

func (*ImageElem) elem() {}

// MarshalJSON writes the content of the element, without its kind.
func (e *ImageElem) MarshalJSON() ([]byte, error) {
	type fields ImageElem
	return encode((*fields)(e), e.Extra, &imageShape)
}

// UnmarshalJSON reads the content of the element, without its kind.
func (e *ImageElem) UnmarshalJSON(data []byte) (err error) {
	type fields ImageElem
	e.Extra, err = decode(data, (*fields)(e), &imageShape)
	return err
}

// ImageInfo is one size of an ImageElem.
type ImageInfo struct {
	Type   ImageType `json:"Type"`
	Size   uint64    `json:"Size"`   // bytes
	Width  uint64    `json:"Width"`  // pixels; can be 0 for the large one and the thumbnail
	Height uint64    `json:"Height"` // pixels; the same
	URL    string    `json:"URL"`    // where to download it
	Extra  Extra     `json:"-"`      // keys newer than this package
}

// MarshalJSON writes the object with its Extra keys.
func (i ImageInfo) MarshalJSON() ([]byte, error) {
	type fields ImageInfo
	return encode((*fields)(&i), i.Extra, &imageInfoShape)
}

// UnmarshalJSON reads the object and keeps the keys it does not know in Extra.
func (i *ImageInfo) UnmarshalJSON(data []byte) (err error) {
	type fields ImageInfo
	i.Extra, err = decode(data, (*fields)(i), &imageInfoShape)
	return err
}
