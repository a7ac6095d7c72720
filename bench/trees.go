// trees.go: as trees.c, for Go.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"fmt"
	"os"
	"strconv"
)

type node struct{ left, right *node }

func build(depth int) *node {
	n := new(node)
	if depth > 0 {
		n.left = build(depth - 1)
		n.right = build(depth - 1)
	}
	return n
}

func (n *node) count() int {
	if n == nil {
		return 0
	}
	return 1 + n.left.count() + n.right.count()
}

func main() {
	max, _ := strconv.Atoi(os.Args[1])
	stays := build(max)
	for depth := 4; depth <= max; depth += 2 {
		trees, nodes := 1<<(max-depth+4), 0
		for i := 0; i < trees; i++ {
			nodes += build(depth).count()
		}
		fmt.Println(trees, "trees of depth", depth, "nodes", nodes)
	}
	fmt.Println(stays.count(), "nodes stay")
}
