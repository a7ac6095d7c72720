// small.go: as small.c, for Go.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"os"
	"strconv"
)

var last *byte

func main() {
	nbytes, _ := strconv.Atoi(os.Args[1])
	count, _ := strconv.Atoi(os.Args[2])
	for i := 0; i < count; i++ {
		var p *byte
		switch nbytes {
		case 16:
			p = &new([16]byte)[0]
		case 64:
			p = &new([64]byte)[0]
		default:
			p = &new([1024]byte)[0]
		}
		*p = byte(i)
		last = p
	}
}
