package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// test is a test of the package, run alone without a mutant.
type test struct {
	name    string
	took    time.Duration
	reaches map[int]bool // numbers of mutants
}

// record runs each test once and gives them with the mutants that they reach, the quickest first. The file is for its own use.
func (b *testBinary) record(ctx context.Context, file string) ([]test, error) {
	list := exec.CommandContext(ctx, b.path, "-test.list", ".")
	list.Dir = b.folder
	names, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("list of tests: %w", err)
	}
	var tests []test
	for _, name := range strings.Fields(string(names)) {
		if strings.HasPrefix(name, "Benchmark") {
			continue
		}
		t := test{name: name}
		start := time.Now()
		if out, err := b.run(ctx, []string{name}, "MUTANTS_REACHED="+file).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s fails without a mutant: %w\n%s", name, err, out)
		}
		t.took = time.Since(start)
		if t.reaches, err = readNumbers(file); err != nil {
			return nil, err
		}
		tests = append(tests, t)
	}
	slices.SortFunc(tests, func(a, b test) int { return cmp.Compare(a.took, b.took) })
	return tests, nil
}

// readNumbers reads the numbers in a file, one a line.
func readNumbers(file string) (map[int]bool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	numbers := map[int]bool{}
	for _, field := range bytes.Fields(text) {
		number, err := strconv.Atoi(string(field))
		if err != nil {
			return nil, err
		}
		numbers[number] = true
	}
	return numbers, nil
}

// run is the command that runs some tests with another variable in the environment.
func (b *testBinary) run(ctx context.Context, names []string, variable string) *exec.Cmd {
	command := exec.CommandContext(ctx, b.path, append(b.flags, "-test.run", "^("+strings.Join(names, "|")+")$")...)
	command.Dir = b.folder
	command.Env = append(os.Environ(), variable)
	return command
}
