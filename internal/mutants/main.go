// Command mutants changes the code of packages in many places, one at a time, and names the changes (mutants) that the
// package's own tests do not notice. Run it from the root of the module:
//
//	mutants [-files a.go,b.go] [-run Pattern] [-longest 500ms] [-processes 2] ./internal/conflict ...
//
// Tools that build and run all tests for each mutant need hours for the larger packages. Here all mutants of a package are
// compiled into one test binary, where the environment variable MUTANT switches one of them on, and a mutant runs only the
// tests that reach it: those of a_test.go first for a mutant in a.go, then the quickest. It also changes the conditions of "case",
// which Go's coverage does not count.
//
// Interrupt it to see the figures of what is done by then. With -run or -longest, fewer mutants are noticed than by all tests, never more.
//
// Tests run with -short, in the package's folder; no file of it is changed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	files := flags.String("files", "", "only mutants of these `files`, separated by commas")
	tests := flags.String("run", ".", "only tests whose names match this `pattern`")
	longest := flags.Duration("longest", time.Hour, "leave out tests that take more `time` of the processor")
	processes := flags.Int("processes", 2, "how many tests run at the same time")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 || *processes < 1 {
		return errors.New("want at least one package and one process")
	}
	var all []result
	for _, path := range flags.Args() {
		r, err := examine(ctx, path, options{fileFilter(*files), *tests, *longest, *processes}, out)
		if r.counts != nil {
			all = append(all, r)
		}
		if err != nil {
			_, also := io.WriteString(out, table(all)) // of what was examined until then
			return errors.Join(fmt.Errorf("%s: %w", path, err), also)
		}
	}
	_, err := io.WriteString(out, table(all))
	return err
}

// fileFilter accepts the files of a list that is separated by commas, or all files if it is empty.
func fileFilter(list string) func(file string) bool {
	return func(file string) bool { return list == "" || slices.Contains(strings.Split(list, ","), file) }
}

// options limit what is examined.
type options struct {
	accepted  func(file string) bool
	tests     string // a pattern of their names
	longest   time.Duration
	processes int
}

// examine runs all mutants of a package in the accepted files, and writes those that no test notices or reaches in time.
func examine(ctx context.Context, path string, limits options, out io.Writer) (result, error) {
	folder, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return result{}, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	pkg, err := load(ctx, path)
	if err != nil {
		return result{}, err
	}
	mutants, changed := pkg.mutate()
	binary, err := pkg.build(ctx, folder, changed, len(mutants))
	if err != nil {
		return result{}, err
	}
	tests, err := binary.record(ctx, limits.tests, filepath.Join(folder, "reached"))
	if err != nil {
		return result{}, err
	}
	if err := pkg.locate(tests); err != nil {
		return result{}, err
	}
	tests = slices.DeleteFunc(tests, func(t test) bool { return t.took > limits.longest })
	mutants = slices.DeleteFunc(mutants, func(m mutant) bool { return !limits.accepted(m.file) })
	r := result{name: pkg.Name, counts: map[status]int{}}
	for t := range binary.tryAll(ctx, mutants, tests, limits.processes) {
		r.counts[t.status]++
		if t.status != killed {
			line := fmt.Sprintf("%s: %s: %s\n", filepath.Join(path, t.mutant.position()), t.mutant.change, t.status)
			if _, err := io.WriteString(out, line); err != nil {
				return result{}, err
			}
		}
	}
	return r, ctx.Err()
}
