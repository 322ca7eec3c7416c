package usersig

import "math/bits"

// A huffman is the canonical code that the sizes of its symbols make up.
type huffman struct {
	fast    [1 << fastBits]uint16 // by the next bits: the symbol and, in the low four bits, its size; 0 if it is longer
	mask    uint64
	count   [maxCodeBits + 1]uint16 // how many symbols have each size
	symbols [288]uint16             // by size, then by value
}

const (
	fastBits    = 9
	maxCodeBits = 15
)

// build makes the tables. It reports false for sizes that leave codes without a symbol or would need more, except that
// a code may have one symbol of one bit, or none.
func (h *huffman) build(sizes []byte) bool {
	h.count = [maxCodeBits + 1]uint16{}
	longest := byte(0)
	for _, size := range sizes {
		if size != 0 { // most are
			h.count[size]++
			longest = max(longest, size)
		}
	}
	var code, index [maxCodeBits + 1]uint16
	next, total := 0, uint16(0)
	for size := 1; size <= int(longest); size++ {
		next <<= 1
		code[size], index[size] = uint16(next), total
		next += int(h.count[size])
		total += h.count[size]
	}
	single := next == 1 && longest == 1
	if longest > 0 && next != 1<<longest && !single {
		return false
	}
	width := 1 << min(longest, fastBits)
	h.mask = uint64(width - 1)
	if longest <= 1 || longest > fastBits {
		clear(h.fast[:width]) // otherwise every entry is written below
	}
	for symbol, size := range sizes {
		if size == 0 {
			continue
		}
		h.symbols[index[size]] = uint16(symbol)
		index[size]++
		if size <= fastBits {
			entry := uint16(symbol)<<4 | uint16(size)
			for i := int(bits.Reverse16(code[size]) >> (16 - size)); i < width; i += 1 << size {
				h.fast[i] = entry
			}
		}
		code[size]++
	}
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
			return uint32(h.symbols[index+code-first])
		}
		index += count
		first = (first + count) << 1
		code <<= 1
	}
	return missing
}
