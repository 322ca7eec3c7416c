package usersig

// Unpack is the zlib layer alone, ParseDocument the JSON layer alone, for the tests that compare them with the standard
// library.
func Unpack(z []byte) ([]byte, error) {
	var w scratch
	return w.unpack(z)
}

// A Document is what ParseDocument returns.
type Document struct {
	Version, UserID string
	SDKAppID        uint64
	Time, Expire    int64
	UserBuf         []byte
	Sig             []byte
}

func ParseDocument(text []byte) (Document, error) {
	var w scratch
	var d document
	if err := w.parse(text, &d); err != nil {
		return Document{}, err
	}
	out := Document{
		Version: string(d.version), UserID: string(d.userID), SDKAppID: d.app, Time: d.made, Expire: d.life, Sig: d.sig,
	}
	if d.hasUserBuf {
		out.UserBuf = append([]byte{}, w.userBuf...)
	}
	return out, nil
}

// Kept is how much memory the Signer holds for its next call, in the buffers of one scratch.
func (s *Signer) Kept() int {
	w := s.get()
	defer s.put(w)
	return cap(w.read.userID) + cap(w.read.userBuf) + cap(w.text) + cap(w.packed) + cap(w.doc) + cap(w.userBuf) + cap(w.base64) + cap(w.out) + cap(w.fields)
}

// ErrPadding is the one rule of the deflate layer that compress/flate does not have.
var ErrPadding = errPadding

// ErrTooLong is what Inflate returns when it reaches its limit.
var ErrTooLong = errTooLong

// Inflate is the deflate layer alone.
func Inflate(src []byte, limit int) (out []byte, used int, err error) {
	var f inflater
	return f.inflate(nil, src, limit)
}
