package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// test is a test of the package, run alone without a mutant.
type test struct {
	name    string
	file    string        // such as a_test.go
	took    time.Duration // of the processor: others may keep it busy
	reaches map[int]bool  // numbers of mutants
}

// record runs each test whose name matches a pattern once and gives them with the mutants that they reach, the quickest first. The file
// is for its own use.
func (b *testBinary) record(ctx context.Context, pattern, file string) ([]test, error) {
	list := exec.CommandContext(ctx, b.path, "-test.list", pattern)
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
		command := b.run(ctx, []string{name}, longest, "MUTANTS_REACHED="+file)
		if out, err := command.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s fails without a mutant: %w\n%s", name, err, out)
		}
		t.took = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
		if t.reaches, err = readNumbers(file); err != nil {
			return nil, err
		}
		tests = append(tests, t)
	}
	slices.SortFunc(tests, func(a, b test) int { return cmp.Compare(a.took, b.took) })
	return tests, nil
}

// testFunctions are the tests, examples and fuzz tests of a file.
var testFunctions = regexp.MustCompile(`(?m)^func ((?:Test|Example|Fuzz)\w*)\(`)

// locate finds the files of tests.
func (p *sourcePackage) locate(tests []test) error {
	files := map[string]string{}
	for _, file := range slices.Concat(p.TestGoFiles, p.XTestGoFiles) {
		text, err := os.ReadFile(filepath.Join(p.Dir, file))
		if err != nil {
			return err
		}
		for _, found := range testFunctions.FindAllSubmatch(text, -1) {
			files[string(found[1])] = file
		}
	}
	for i := range tests {
		tests[i].file = files[tests[i].name]
	}
	return nil
}

// inOrder gives the tests that reach a mutant: those beside its code, then the others.
func inOrder(m mutant, tests []test) []test {
	var beside, others []test
	for _, t := range tests {
		switch {
		case !t.reaches[m.number]:
		case t.file == strings.TrimSuffix(m.file, ".go")+"_test.go":
			beside = append(beside, t)
		default:
			others = append(others, t)
		}
	}
	return append(beside, others...)
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

// longest is how much time of the processor one test may take.
const longest = time.Hour

// run is the command that runs some tests with another variable in the environment, and kills them after so much time of the processor.
func (b *testBinary) run(ctx context.Context, names []string, limit time.Duration, variable string) *exec.Cmd {
	limited := []string{"-c", `ulimit -t "$0" && exec "$@"`, fmt.Sprint(int(limit.Seconds())), b.path}
	args := slices.Concat(limited, b.flags, []string{"-test.run=^(" + strings.Join(names, "|") + ")$"})
	command := exec.CommandContext(ctx, "sh", args...)
	command.Dir = b.folder
	command.Env = append(os.Environ(), variable)
	return command
}
