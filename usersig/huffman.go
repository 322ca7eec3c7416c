package usersig

import "math/bits"

// A huffman is the canonical code that the sizes of its symbols make up. A symbol and its size are one number here,
// with the size in the low four bits.
type huffman struct {
	fast    [1 << fastBits]uint16 // by the next bits; 0 where the symbol is longer than that, or none
	mask    uint64
	count   [maxCodeBits + 1]uint16 // how many symbols have each size
	symbols [288]uint16             // by size, then by value
}

const (
	fastBits    = 9
	maxCodeBits = 15
)

// build makes the tables for the symbols that have a code, which come in their order. It reports false for sizes that
// leave codes without a symbol or would need more, except that a code may have one symbol of one bit, or none.
func (h *huffman) build(used []uint16) bool {
	h.count = [maxCodeBits + 1]uint16{}
	for _, entry := range used {
		h.count[entry&0x0f]++
	}
	var index [maxCodeBits + 1]uint16
	taken, total, longest := 0, uint16(0), 0
	for size := 1; size <= maxCodeBits; size++ {
		count := h.count[size]
		index[size] = total
		total += count
		taken += int(count) << (maxCodeBits - size)
		if count > 0 {
			longest = size
		}
	}
	single := total == 1 && longest == 1
	if taken != 1<<maxCodeBits && !single && total > 0 {
		return false
	}
	for _, entry := range used {
		h.symbols[index[entry&0x0f]] = entry
		index[entry&0x0f]++
	}
	// The table for codes of one size is the one for those a bit shorter, twice, with the new codes written over what had
	// none. So each symbol is written once, whatever its size. What the table lacks, longSymbol finds.
	width, code, next := 1, uint16(0), 0
	h.fast[0] = 0
	for size := 1; size <= min(longest, fastBits); size++ {
		copy(h.fast[width:], h.fast[:width])
		width <<= 1
		code <<= 1
		for _, entry := range h.symbols[next : next+int(h.count[size])] {
			h.fast[bits.Reverse16(code)>>(16-size)] = entry
			code++
		}
		next += int(h.count[size])
	}
	h.mask = uint64(width - 1)
	return true
}

// symbol reads the next symbol of a code, missing if there is none.
func (f *inflater) symbol(h *huffman) uint32 {
	entry := h.fast[f.acc&h.mask&(1<<fastBits-1)]
	size := uint(entry & 0x0f)
	if size-1 >= f.n { // more than there is, or 0
		return f.longSymbol(h)
	}
	f.acc >>= size
	f.n -= size
	return uint32(entry >> 4)
}

// longSymbol is symbol for those that are too long for the table. It compares the bits, one more at a time, with the
// codes of that length, which follow each other.
func (f *inflater) longSymbol(h *huffman) uint32 {
	code, first, index := uint32(0), uint32(0), uint32(0)
	for size := uint(1); size <= min(maxCodeBits, f.n); size++ {
		code |= uint32(f.acc>>(size-1)) & 1
		count := uint32(h.count[size])
		if code < first+count {
			f.acc >>= size
			f.n -= size
			return uint32(h.symbols[index+code-first] >> 4)
		}
		index += count
		first = (first + count) << 1
		code <<= 1
	}
	return missing
}
