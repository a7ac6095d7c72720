// goroutines.go: as goroutines.c, for Go.
//
// Copyright (C) 2026 The Cairn developers.
// Licensed under the GNU General Public License version 3 or later (COPYING).

package main

import (
	"os"
	"runtime"
	"strconv"
	"sync"
)

var group sync.WaitGroup

//go:noinline
func recurse(depth int) int {
	if depth == 0 {
		return 0
	}
	return recurse(depth-1) + 1
}

//go:noinline
func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func park(there chan int, n int) {
	for i := 0; i < n; i++ {
		go func() { <-there }()
		if i%100 == 99 {
			runtime.Gosched()
		}
	}
	for runtime.NumGoroutine() < n {
		runtime.Gosched()
	}
}

func main() {
	n, _ := strconv.Atoi(os.Args[2])
	there, back := make(chan int), make(chan int)
	switch os.Args[1] {
	case "spawn":
		for i := 0; i < n; i++ {
			if i%100 == 0 {
				group.Wait()
				group.Add(100)
			}
			go func() { group.Done() }()
		}
		group.Wait()
	case "yield":
		group.Add(2)
		for k := 0; k < 2; k++ {
			go func() {
				for i := 0; i < n/2; i++ {
					runtime.Gosched()
				}
				group.Done()
			}()
		}
		group.Wait()
	case "pingpong":
		group.Add(2)
		go func() {
			for i := 0; i < n; i++ {
				back <- <-there
			}
			group.Done()
		}()
		go func() {
			for i := 0; i < n; i++ {
				there <- i
				if <-back != i {
					panic("wrong")
				}
			}
			group.Done()
		}()
		group.Wait()
	case "buffered":
		there = make(chan int, 100)
		group.Add(2)
		go func() {
			for i := 0; i < n; i++ {
				there <- i
			}
			group.Done()
		}()
		go func() {
			for i := 0; i < n; i++ {
				if <-there != i {
					panic("wrong")
				}
			}
			group.Done()
		}()
		group.Wait()
	case "parked":
		park(there, n)
	case "deep":
		park(there, n)
		group.Add(1)
		go func() {
			if recurse(4<<20) != 4<<20 {
				panic("wrong")
			}
			group.Done()
		}()
		group.Wait()
	case "compute":
		group.Add(n)
		for i := 0; i < n; i++ {
			go func() {
				if fib(32) != 2178309 {
					panic("wrong")
				}
				group.Done()
			}()
		}
		group.Wait()
	default:
		os.Exit(2)
	}
}
