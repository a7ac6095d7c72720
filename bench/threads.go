// threads.go: as threads.c, for Go.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

//go:noinline
func create(i int) *[6]int {
	p := new([6]int)
	p[0] = i
	return p
}

func main() {
	threads, _ := strconv.Atoi(os.Args[1])
	count, _ := strconv.Atoi(os.Args[2])
	then := time.Now()
	var wait sync.WaitGroup
	for t := 0; t < threads; t++ {
		wait.Add(1)
		go func() {
			for i := 0; i < count; i++ {
				create(i)
			}
			wait.Done()
		}()
	}
	wait.Wait()
	fmt.Printf("measured wall=%.3f\n",
		float64(time.Since(then).Nanoseconds())/float64(threads*count))
}
