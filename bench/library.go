// library.go: as library.c, for Go.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

const nentries = 1000000

var pool = sync.Pool{New: func() any { return new([4096]byte) }}
var sink int
var texts []string

func doPool(count int) {
	for i := 0; i < count; i++ {
		p := pool.Get().(*[4096]byte)
		p[0] = byte(i)
		pool.Put(p)
	}
}

//go:noinline
func appendTo(room int) {
	s := make([]int64, 0, room)
	for i := int64(0); i < 1000; i++ {
		s = append(s, i)
	}
	sink = int(s[999])
}

//go:noinline
func build(room int) {
	var b strings.Builder
	if room > 0 {
		b.Grow(room)
	}
	for _, s := range texts {
		b.WriteString(s)
	}
	sink = len(b.String())
}

func makeTable() map[int64]int64 {
	m := make(map[int64]int64)
	for i := int64(0); i < nentries; i++ {
		m[i*7] = i
	}
	return m
}

func main() {
	for i := 0; i < 1000; i++ {
		texts = append(texts, fmt.Sprintf("string%03d", i))
	}
	count, _ := strconv.Atoi(os.Args[2])
	switch os.Args[1] {
	case "pool":
		doPool(count)
	case "append":
		for i := 0; i < count; i++ {
			appendTo(0)
		}
	case "append-room":
		for i := 0; i < count; i++ {
			appendTo(1000)
		}
	case "builder":
		for i := 0; i < count; i++ {
			build(0)
		}
	case "builder-grow":
		for i := 0; i < count; i++ {
			build(9000)
		}
	case "join":
		for i := 0; i < count; i++ {
			sink = len(strings.Join(texts, ","))
		}
	case "map-insert":
		for i := 0; i < count; i += nentries {
			sink = len(makeTable())
		}
	case "map-lookup":
		m := makeTable()
		sum, at := int64(0), int64(0)
		for i := 0; i < count; i++ {
			at = (at + 387420489) % nentries
			sum += m[at*7]
		}
		sink = int(sum)
	case "map-iterate":
		m := makeTable()
		sum := int64(0)
		for i := 0; i < count; i += nentries {
			for _, v := range m {
				sum += v
			}
		}
		sink = int(sum)
	case "words":
		for k := 0; k < count; k++ {
			m := make(map[string]int64)
			for i := 0; i < 1000; i++ {
				m[texts[i%100]]++
			}
			sink = len(m)
		}
	default:
		os.Exit(1)
	}
}
