// live.go: as live.c, for Go.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"fmt"
	"os"
	"strconv"
)

type object struct {
	link  *object
	words [7]int
}

var seed uint64 = 1

func nextRandom() uint64 {
	seed = seed*6364136223846793005 + 1442695040888963407
	return seed >> 33
}

//go:noinline
func create(n int) *object {
	o := new(object)
	o.words[0] = n
	return o
}

func main() {
	megabytes, _ := strconv.Atoi(os.Args[1])
	count := megabytes << 14
	table := make([]*object, count)
	for i := range table {
		table[i] = create(i)
	}
	for i := 0; i < 4*count; i++ {
		o := create(i)
		if i%8 == 0 {
			table[nextRandom()%uint64(count)] = o
		}
	}
	sum := 0
	for _, o := range table {
		sum += o.words[0]
	}
	fmt.Println(sum)
}
