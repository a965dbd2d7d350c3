package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os/exec"
	"sync"
	"time"
)

// status is what became of a mutant.
type status string

const (
	killed    status = "killed"
	timedOut  status = "timed out"
	lived     status = "no test notices"
	unreached status = "no test reaches it"
)

// trial is a mutant and what became of it.
type trial struct {
	mutant mutant
	status status
}

// Tests run together in groups: the first is small, since most mutants fail at once, and each further one is twice as large.
const firstGroup = 4

// A group with a mutant may take this time of the processor and some times what it takes without one. It may wait longer, for other
// processes, but not for ever.
const (
	spareTime   = 5 * time.Second
	timesLonger = 5
	waitFactor  = 30
)

// tryAll gives the mutants in their order, each as soon as it and those before it are done.
func (b *testBinary) tryAll(ctx context.Context, mutants []mutant, tests []test, processes int) iter.Seq[trial] {
	return func(yield func(trial) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		done := make([]chan status, len(mutants))
		for i := range done {
			done[i] = make(chan status, 1)
		}
		var workers sync.WaitGroup
		defer workers.Wait()
		defer cancel()
		next := make(chan int, len(mutants))
		for i := range mutants {
			next <- i
		}
		close(next)
		for range processes {
			workers.Go(func() {
				for i := range next {
					done[i] <- b.try(ctx, mutants[i], tests)
				}
			})
		}
		for i, m := range mutants {
			if s := <-done[i]; ctx.Err() != nil || !yield(trial{m, s}) {
				return
			}
		}
	}
}

// try runs the tests that reach a mutant until one fails.
func (b *testBinary) try(ctx context.Context, m mutant, tests []test) status {
	reached := unreached
	for names, took := range groups(inOrder(m, tests)) {
		limit := spareTime + timesLonger*took
		waiting, cancel := context.WithTimeout(ctx, waitFactor*limit)
		err := b.run(waiting, names, limit, fmt.Sprint("MUTANT=", m.number)).Run()
		cancel()
		switch {
		case isKilled(err):
			return timedOut
		case err != nil:
			return killed
		}
		reached = lived
	}
	return reached
}

// isKilled says whether tests did not end by themselves, but took or waited too long.
func isKilled(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.ExitCode() < 0
}

// groups divides tests into groups of names, and gives how long each group takes without a mutant.
func groups(tests []test) iter.Seq2[[]string, time.Duration] {
	return func(yield func([]string, time.Duration) bool) {
		var names []string
		var took time.Duration
		size := firstGroup
		for _, t := range tests {
			names, took = append(names, t.name), took+t.took
			if len(names) < size {
				continue
			}
			if !yield(names, took) {
				return
			}
			names, took, size = nil, 0, 2*size
		}
		if len(names) > 0 {
			yield(names, took)
		}
	}
}
