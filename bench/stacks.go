// stacks.go: as stacks.c, for Go.  There is no foreign code.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"os"
	"strconv"
	"time"
)

//go:noinline
func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

//go:noinline
func tak(x, y, z int) int {
	if y < x {
		return tak(tak(x-1, y, z), tak(y-1, z, x), tak(z-1, x, y))
	}
	return z
}

//go:noinline
func ackermann(m, n int) int {
	if m == 0 {
		return n + 1
	}
	if n == 0 {
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}

//go:noinline
func increment(n int) int {
	return n + 1
}

//go:noinline
func byPointer(n int, fn func(int) int) int {
	sum := 0
	for i := 0; i < n; i++ {
		sum = fn(sum)
	}
	return sum
}

//go:noinline
func incrementAt(p *int) {
	*p++
}

//go:noinline
func withAddress(n int) int {
	x := n
	incrementAt(&x)
	return x
}

func addressed(n int) int {
	sum := 0
	for i := 0; i < n; i++ {
		sum = withAddress(sum)
	}
	return sum
}

//go:noinline
func deep(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n-1) + 1
}

//go:noinline
func deepAddressed(n int, outer *int) int {
	mine := *outer + 1
	if n == 0 {
		return mine
	}
	return deepAddressed(n-1, &mine) + mine - mine
}

//go:noinline
func callee(n int) int {
	var words [20]int
	words[0] = n
	words[19] = deep(0)
	return words[n&15] + words[n&3+16]
}

//go:noinline
func calleeAddressed(n int) int {
	var words [20]int
	words[0] = n
	incrementAt(&words[0])
	return words[0]
}

//go:noinline
func timeAt(depth, count int, fn func(int) int) time.Duration {
	if depth > 0 {
		return timeAt(depth-1, count, fn) + 0
	}
	least := time.Hour
	for i := 0; i < 3; i++ {
		begin := time.Now()
		sum := 0
		for j := 0; j < count; j++ {
			sum += fn(j)
		}
		if taken := time.Since(begin); taken < least {
			least = taken
		}
	}
	return least
}

func boundary(count int, fn func(int) int, worst bool) {
	found, extreme := 0, time.Duration(0)
	for depth := 0; depth < 500; depth++ {
		taken := timeAt(depth, 300, fn)
		if depth == 0 || worst && taken > extreme || !worst && taken < extreme {
			extreme, found = taken, depth
		}
	}
	timeAt(found, count/3, fn)
}

var pointer = increment

func main() {
	work := os.Args[1]
	count, _ := strconv.Atoi(os.Args[2])
	rounds, _ := strconv.Atoi(os.Args[3])
	for i := 0; i < rounds; i++ {
		switch work {
		case "fib":
			fib(32)
		case "tak":
			tak(18, 12, 6)
		case "ackermann":
			ackermann(3, 8)
		case "indirect":
			byPointer(count, pointer)
		case "addressed":
			addressed(count)
		case "deep":
			deep(count)
		case "deep-addressed":
			zero := 0
			deepAddressed(count, &zero)
		case "boundary":
			boundary(count, callee, true)
		case "boundary-addressed":
			boundary(count, calleeAddressed, true)
		case "elsewhere":
			boundary(count, callee, false)
		case "elsewhere-addressed":
			boundary(count, calleeAddressed, false)
		default:
			os.Exit(2)
		}
	}
}
