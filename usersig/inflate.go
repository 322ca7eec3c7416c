package usersig

import (
	"encoding/binary"
	"errors"
	"slices"
)

// An inflater decompresses deflate data (RFC 1951) into memory, with a bound on how much. The reader of compress/flate
// makes tables for streams without end and takes longer to make them than to read a token; these are made for texts of
// a few hundred bytes. An inflater holds nothing from one call to the next but its memory.
type inflater struct {
	src  []byte
	next int    // of the bytes of src that are not yet in acc
	acc  uint64 // bits to come, the first one lowest
	n    uint   // how many bits of acc count

	out   []byte
	limit int

	literals  huffman // and lengths
	distances huffman
	used      [maxLiterals + maxDistances]uint16 // room for the symbols of a code, as build takes them
}

const (
	maxLiterals  = 286
	maxDistances = 30
	longestMatch = 258
	matchBits    = 15 + 5 + 15 + 13 // most that a length and a distance take, with what is added to them
	endOfBlock   = 256
)

var (
	errTooLong = errors.New("too long")
	errCorrupt = errors.New("corrupt")
	errPadding = errors.New("padding that is not zero")
)

// The base of each length and distance symbol, and how many bits are added to it. These are never written.
var (
	lengthBase = [...]uint16{
		3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
	}
	lengthExtra  = [...]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceBase = [...]uint16{
		1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
		8193, 12289, 16385, 24577,
	}
	sizeOrder = [...]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
)

// inflate appends to dst what the deflate data at the start of src stands for, and returns how many bytes of src that
// took. It fails when dst would become longer than limit.
func (f *inflater) inflate(dst, src []byte, limit int) (out []byte, used int, err error) {
	f.src, f.next, f.acc, f.n, f.out, f.limit = src, 0, 0, 0, dst, limit
	for final := false; !final && err == nil; {
		f.fill()
		head := f.take(3)
		final = head&1 != 0
		switch head >> 1 {
		case 0:
			err = f.storedBlock()
		case 1:
			f.fixedTables()
			err = f.block()
		case 2:
			if err = f.dynamicTables(); err == nil {
				err = f.block()
			}
		default: // also when there is no head
			err = errCorrupt
		}
	}
	if err == nil && !f.padded() {
		err = errPadding
	}
	out, used = f.out, f.next-int(f.n/8)
	f.src, f.out = nil, nil
	return out, used, err
}

// fill makes sure that acc holds 56 bits or all that are left. It does no harm to call it too early.
func (f *inflater) fill() {
	if f.next+8 <= len(f.src) {
		// The bits over n are those that come next, so writing them twice changes nothing.
		f.acc |= binary.LittleEndian.Uint64(f.src[f.next:]) << f.n
		added := (63 - f.n) / 8
		f.next += int(added)
		f.n += added * 8
		return
	}
	for f.n < 56 && f.next < len(f.src) {
		f.acc |= uint64(f.src[f.next]) << f.n
		f.next++
		f.n += 8
	}
}

// padded says whether the rest of the byte that was begun is zero. Nothing reads those bits, so that a text with others
// would be a second spelling of the same token.
func (f *inflater) padded() bool { return f.acc&(1<<(f.n%8)-1) == 0 }

// missing is more than any number that take returns.
const missing = 1 << 31

// take removes the next bits from acc, missing if there are not so many. They are never the last: the end of a block is
// still to come.
func (f *inflater) take(count uint) uint32 {
	if count > f.n {
		return missing
	}
	v := uint32(f.acc & (1<<count - 1))
	f.acc >>= count
	f.n -= count
	return v
}

// room makes sure that count bytes can be appended to out without more memory, or fails if they would be too many. What
// it asks for is bounded by what has been read so far; with less, append would ask again.
func (f *inflater) room(count int) error {
	if len(f.out)+count > f.limit {
		return errTooLong
	}
	if cap(f.out)-len(f.out) < count {
		f.out = slices.Grow(f.out, max(count, firstGrowth, min(3*len(f.out), f.limit-len(f.out))))
	}
	return nil
}

// storedBlock copies a block that is not compressed.
func (f *inflater) storedBlock() error {
	start := f.next - int(f.n/8)
	if !f.padded() {
		return errPadding
	}
	f.acc, f.n = 0, 0
	if len(f.src)-start < 4 {
		return errCorrupt
	}
	size := binary.LittleEndian.Uint16(f.src[start:])
	start += 4
	f.next = start + int(size)
	if size != ^binary.LittleEndian.Uint16(f.src[start-2:]) || f.next > len(f.src) {
		f.next = start
		return errCorrupt
	}
	if err := f.room(int(size)); err != nil {
		return err
	}
	f.out = append(f.out, f.src[start:f.next]...)
	return nil
}

// block reads a compressed block with the tables as they are.
func (f *inflater) block() error {
	for {
		f.literalRun()
		if f.n < matchBits {
			f.fill()
		}
		symbol := f.symbol(&f.literals)
		switch {
		case symbol < endOfBlock:
			if len(f.out) == cap(f.out) || len(f.out) == f.limit {
				if err := f.room(1); err != nil {
					return err
				}
			}
			f.out = append(f.out, byte(symbol))
		case symbol == endOfBlock:
			return nil
		default:
			if err := f.match(symbol - endOfBlock - 1); err != nil {
				return err
			}
		}
	}
}

// literalRun reads the literals that come next, as far as they take neither memory nor bits nor codes of another kind.
// Most symbols are such, and here they keep the bits in registers.
func (f *inflater) literalRun() {
	table, mask := &f.literals.fast, f.literals.mask
	acc, n, out := f.acc, f.n, f.out
	most := min(cap(out), f.limit)
	for len(out) < most {
		entry := table[acc&mask&(1<<fastBits-1)]
		size := uint(entry & 0x0f)
		if size-1 >= n || entry >= endOfBlock<<4 { // the end's is larger still, by its size
			break
		}
		acc >>= size
		n -= size
		out = append(out, byte(entry>>4))
	}
	f.acc, f.n, f.out = acc, n, out
}

// match copies what is there once more.
func (f *inflater) match(symbol uint32) error {
	if symbol >= uint32(len(lengthBase)) {
		return errCorrupt
	}
	length := uint32(lengthBase[symbol]) + f.take(uint(lengthExtra[symbol]))
	symbol = f.symbol(&f.distances)
	if symbol >= maxDistances || length > longestMatch {
		return errCorrupt
	}
	distance := uint32(distanceBase[symbol]) + f.take(uint(max(symbol, 2)/2-1))
	if distance > uint32(len(f.out)) {
		return errCorrupt
	}
	if err := f.room(int(length)); err != nil {
		return err
	}
	// A match may run into what it writes, and repeats it then.
	for from := len(f.out) - int(distance); length > 0; {
		n := min(int(length), len(f.out)-from)
		f.out = append(f.out, f.out[from:from+n]...)
		length -= uint32(n)
	}
	return nil
}

// dynamicTables reads the two codes of a block, which are coded themselves.
func (f *inflater) dynamicTables() error {
	literals, distances, sizes := f.take(5)+257, f.take(5)+1, f.take(4)+4
	if literals > maxLiterals || distances > maxDistances || sizes > uint32(len(sizeOrder)) {
		return errCorrupt
	}
	var own [len(sizeOrder)]byte
	for i := range sizes {
		if f.n < matchBits {
			f.fill()
		}
		size := f.take(3)
		if size == missing {
			return errCorrupt
		}
		own[sizeOrder[i]] = byte(size)
	}
	used := f.used[:0]
	for symbol, size := range own {
		if size != 0 {
			used = append(used, uint16(symbol)<<4|uint16(size))
		}
	}
	code := &f.distances // its turn comes later
	if !code.build(used) {
		return errCorrupt
	}
	used = used[:0]
	size := uint32(0)
	for i := uint32(0); i < literals+distances; {
		if f.n < matchBits {
			f.fill()
		}
		symbol := f.symbol(code)
		times := uint32(1)
		switch {
		case symbol < 16:
			size = symbol
		case symbol == 16 && i > 0:
			times = 3 + f.take(2)
		case symbol == 17:
			size, times = 0, 3+f.take(3)
		case symbol == 18:
			size, times = 0, 11+f.take(7)
		default:
			return errCorrupt
		}
		if times > literals+distances-i {
			return errCorrupt
		}
		end := i + times
		for ; size != 0 && i < end; i++ {
			used = append(used, uint16(i<<4|size))
		}
		i = end
	}
	split := len(used)
	for split > 0 && uint32(used[split-1]>>4) >= literals {
		split--
		used[split] -= uint16(literals << 4)
	}
	if !f.literals.build(used[:split]) || !f.distances.build(used[split:]) {
		return errCorrupt
	}
	return nil
}

// fixedTables sets the codes that the format itself names.
func (f *inflater) fixedTables() {
	used := f.used[:0]
	for i := range uint16(288) {
		size := uint16(8)
		switch {
		case 144 <= i && i < 256:
			size = 9
		case 256 <= i && i < 280:
			size = 7
		}
		used = append(used, i<<4|size)
	}
	f.literals.build(used)
	used = used[:0]
	for i := range uint16(32) {
		used = append(used, i<<4|5)
	}
	f.distances.build(used)
}
