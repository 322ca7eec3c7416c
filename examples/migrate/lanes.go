package main

import (
	"hash/fnv"
	"iter"
	"strconv"
	"sync"
)

const (
	ahead   = 1024 // lines that a lane holds at most, to fill calls
	waiting = 64   // lines that wait for a lane which makes a call
)

// inLanes calls do with up to size lines of one key at a time, in their order, for many keys at once. Lines whose key
// is "" are taken together as they come. Whatever the number of lines, some are held only.
func inLanes(lines iter.Seq[*line], lanes, size int, do func([]*line)) {
	var running sync.WaitGroup
	defer running.Wait()
	into := make([]chan keyed, lanes)
	for i := range into {
		into[i] = make(chan keyed, waiting)
		running.Go(func() { collect(into[i], size, do) })
	}
	n := 0
	for l := range lines {
		key := l.item.key()
		if key == "" {
			key = strconv.Itoa(n / size)
		}
		n++
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(key))
		into[hash.Sum32()%uint32(lanes)] <- keyed{key, l}
	}
	for _, lane := range into {
		close(lane)
	}
}

// keyed is a line with what it is about.
type keyed struct {
	key  string
	line *line
}

// collect calls do with the lines of one lane: those of a key when there are size of them, and all when there are too
// many of different keys, or no more.
func collect(lane <-chan keyed, size int, do func([]*line)) {
	held := make(map[string][]*line)
	n := 0
	flush := func(key string) {
		batch := held[key]
		delete(held, key)
		n -= len(batch)
		do(batch)
	}
	flushAll := func() {
		for key := range held {
			flush(key)
		}
	}
	defer flushAll()
	for one := range lane {
		held[one.key] = append(held[one.key], one.line)
		switch n++; {
		case len(held[one.key]) == size:
			flush(one.key)
		case n >= ahead:
			flushAll()
		}
	}
}
