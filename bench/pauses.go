// pauses.go: as pauses.c, for Go.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"sync"
	"time"
)

type object struct {
	link  *object
	words [7]int
}

var table []*object
var last [16]*object

//go:noinline
func create(link *object) *object {
	return &object{link: link}
}

func main() {
	megabytes, _ := strconv.Atoi(os.Args[1])
	threads, _ := strconv.Atoi(os.Args[2])
	seconds, _ := strconv.ParseFloat(os.Args[3], 64)
	count := uint64(megabytes) << 14
	table = make([]*object, count)
	for i := range table {
		table[i] = create(nil)
	}
	end := time.Now().Add(time.Duration(seconds * 1e9))
	var all []float64
	var lock sync.Mutex
	var wait sync.WaitGroup
	for i := 0; i < threads; i++ {
		wait.Add(1)
		go func(me int) {
			defer wait.Done()
			var gaps []float64
			at := uint64(me)
			for then := time.Now(); then.Before(end); {
				create(table[at])
				at = (at*6364136223846793005 + 1442695040888963407) % count
				now := time.Now()
				if gap := float64(now.Sub(then).Nanoseconds()); gap > 50e3 {
					gaps = append(gaps, gap)
				}
				then = now
			}
			lock.Lock()
			all = append(all, gaps...)
			lock.Unlock()
		}(i)
	}
	wait.Wait()
	sort.Float64s(all)
	at := func(f float64) float64 {
		if len(all) == 0 {
			return 0
		}
		return all[int(f*float64(len(all)-1))] / 1e6
	}
	fmt.Printf("measured p50=%.3f p99=%.3f max=%.3f\n", at(0.5), at(0.99), at(1))
}
