// mark.go: as mark.c, for Go.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

type object struct {
	links [2]*object
	words [6]int
}

var seed uint64 = 1

func nextRandom() uint64 {
	seed = seed*6364136223846793005 + 1442695040888963407
	return seed >> 33
}

func cpuNow() float64 {
	var u syscall.Rusage
	syscall.Getrusage(0, &u)
	return float64(u.Utime.Nano() + u.Stime.Nano())
}

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	cycles, _ := strconv.Atoi(os.Args[2])
	table := make([]*object, count)
	for i := range table {
		table[i] = new(object)
	}
	for _, o := range table {
		for k := range o.links {
			o.links[k] = table[nextRandom()%uint64(count)]
		}
	}
	for i := count - 1; i > 0; i-- {
		j := nextRandom() % uint64(i+1)
		table[i], table[j] = table[j], table[i]
	}
	runtime.GC()
	cpu, wall := 1e30, 1e30
	for i := 0; i < cycles; i++ {
		then, cpuThen := time.Now(), cpuNow()
		runtime.GC()
		if c := cpuNow() - cpuThen; c < cpu {
			cpu = c
		}
		if w := float64(time.Since(then).Nanoseconds()); w < wall {
			wall = w
		}
	}
	fmt.Printf("measured cpu=%.3f wall=%.3f\n", cpu/float64(count),
		wall/float64(count))
	runtime.KeepAlive(table)
}
