// pauses.go: as pauses.c, for Go.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"fmt"
	"os"
	"runtime"
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

// show prints the median, the 99th of a hundred and the largest of all, which are
// nanoseconds, as prefix says.
func show(prefix string, all []float64) {
	sort.Float64s(all)
	at := func(f float64) float64 {
		if len(all) == 0 {
			return 0
		}
		return all[int(f*float64(len(all)-1))] / 1e6
	}
	fmt.Printf(" %sp50=%.3f %sp99=%.3f %smax=%.3f", prefix, at(0.5), prefix, at(0.99), prefix, at(1))
}

func main() {
	megabytes, _ := strconv.Atoi(os.Args[1])
	threads, _ := strconv.Atoi(os.Args[2])
	seconds, _ := strconv.ParseFloat(os.Args[3], 64)
	writes := len(os.Args) > 4 && os.Args[4] == "1"
	count := uint64(megabytes) << 14
	table = make([]*object, count)
	for i := range table {
		table[i] = create(nil)
	}
	var before, stats runtime.MemStats
	runtime.ReadMemStats(&before)
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
				if writes {
					table[at].link = table[count-1-at]
				}
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
	fmt.Printf("measured")
	show("", all)
	runtime.ReadMemStats(&stats)
	var stops []float64
	for i := uint32(0); i < 256 && i < stats.NumGC-before.NumGC; i++ {
		stops = append(stops, float64(stats.PauseNs[(stats.NumGC-1-i)%256]))
	}
	show("stop-", stops)
	fmt.Println()
}
