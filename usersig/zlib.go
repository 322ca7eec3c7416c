package usersig

import (
	"encoding/binary"
	"errors"
	"hash/adler32"
)

// Bounds on what is read. They leave room for the longest userbuf with every slash in it escaped, as the PHP library
// does, and nothing for a document that inflates to many times its size.
const (
	maxUserBuf  = 1<<16 + 64   // bytes; a PrivateMapKey with the longest room name needs 65,592
	maxDocument = 192 << 10    // bytes of JSON
	maxToken    = 256 << 10    // characters; 192 KiB before base64
	maxStored   = 1<<16 - 1    // bytes in one stored block
	zlibHeader  = "\x78\x01"   // deflate, 32 KiB window, fastest
	zlibPrefix  = 2 + 5        // header, and the head of the first stored block
	zlibMethod  = 8            // deflate
	zlibDict    = 0x20         // a preset dictionary follows the header
	firstGrowth = 2 << 10      // bytes, for the first document that a scratch inflates
	adlerBytes  = adler32.Size // behind the deflate data
)

// packStored turns a document that stands behind zlibPrefix free bytes into a zlib stream of stored blocks. Nothing
// is compressed: the vendor's servers do not ask for it, and deflating costs more than all the rest of signing.
func packStored(b []byte) []byte {
	doc := b[zlibPrefix:]
	sum := adler32.Checksum(doc)
	copy(b, zlibHeader)
	if len(doc) > maxStored {
		return packBlocks(doc, sum)
	}
	putStoredHead(b[2:zlibPrefix], len(doc), true)
	return binary.BigEndian.AppendUint32(b, sum)
}

// packBlocks is packStored for the rare document that one block cannot hold. Of others it would make the same, in
// memory of its own.
func packBlocks(doc []byte, sum uint32) []byte {
	b := append(make([]byte, 0, len(doc)+len(doc)/1024+64), zlibHeader...)
	for len(doc) > 0 {
		n := min(len(doc), maxStored)
		var head [5]byte
		putStoredHead(head[:], n, n == len(doc))
		b = append(b, head[:]...)
		b = append(b, doc[:n]...)
		doc = doc[n:]
	}
	return binary.BigEndian.AppendUint32(b, sum)
}

func putStoredHead(b []byte, size int, final bool) {
	b[0] = 0
	if final {
		b[0] = 1
	}
	binary.LittleEndian.PutUint16(b[1:], uint16(size))
	binary.LittleEndian.PutUint16(b[3:], ^uint16(size))
}

// unpack returns the document inside of the zlib stream z, which it may overwrite.
func (w *scratch) unpack(z []byte) ([]byte, error) {
	if len(z) < 2+1+adlerBytes { // so that the header can be read; inflate would find the rest
		return nil, malformed("cut short")
	}
	method, flags := z[0], z[1]
	if method&0x0f != zlibMethod || method>>4 > 7 || binary.BigEndian.Uint16(z)%31 != 0 {
		return nil, malformed("no zlib header")
	}
	if flags&zlibDict != 0 {
		return nil, malformed("the zlib stream needs a preset dictionary")
	}
	doc, ok, err := unstore(z[2:])
	if !ok && err == nil {
		doc, err = w.inflate(z[2:])
	}
	if err != nil {
		return nil, err
	}
	if adler32.Checksum(doc) != binary.BigEndian.Uint32(z[len(z)-adlerBytes:]) {
		return nil, malformed("the zlib checksum differs")
	}
	return doc, nil
}

// unstore joins the blocks of z in place, when all of them are stored and fill it up to the checksum. Otherwise it
// leaves z as it is and reports false.
func unstore(z []byte) (doc []byte, ok bool, err error) {
	end := len(z) - adlerBytes
	blocks := 0
	for i, final := 0, false; !final; blocks++ {
		if i+5 > end || z[i]&0x06 != 0 {
			return nil, false, nil
		}
		if z[i] > 1 {
			return nil, false, malformed("the bits that align a block are not zero")
		}
		size := binary.LittleEndian.Uint16(z[i+1:])
		if size != ^binary.LittleEndian.Uint16(z[i+3:]) {
			return nil, false, nil
		}
		final = z[i] == 1
		i += 5 + int(size)
		if i > end || final && i != end {
			return nil, false, nil
		}
	}
	next := 5 + int(binary.LittleEndian.Uint16(z[1:]))
	doc = z[5:next]
	for range blocks - 1 {
		size := int(binary.LittleEndian.Uint16(z[next+1:]))
		// What is written ends before the block that is read, so the heads still to come stay whole.
		doc = append(doc, z[next+5:next+5+size]...)
		next += 5 + size
	}
	// Never over maxDocument: the blocks only lose their heads, and the text was bounded.
	return doc, true, nil
}

// inflate decompresses z, whose last four bytes are the checksum.
func (w *scratch) inflate(z []byte) ([]byte, error) {
	doc, used, err := w.inflater.inflate(w.doc[:0], z, maxDocument)
	w.doc = doc
	switch {
	case errors.Is(err, errTooLong):
		return nil, malformed("the document is too long")
	case errors.Is(err, errPadding):
		return nil, malformed("the bits that align a block are not zero")
	case err != nil:
		return nil, malformed("bad zlib data")
	case len(z)-used < adlerBytes:
		return nil, malformed("cut short")
	case len(z)-used > adlerBytes:
		return nil, malformed("bytes behind the zlib stream")
	}
	return doc, nil
}
