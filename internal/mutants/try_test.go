package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestGroupsOfTestsDouble(t *testing.T) {
	var tests []test
	for i := range 20 {
		tests = append(tests, test{
			name:    fmt.Sprint("Test", i),
			took:    time.Duration(i) * time.Second,
			reaches: map[int]bool{1: true, 2: i == 3 || i == 5},
		})
	}
	for name, c := range map[string]struct {
		mutant int
		sizes  []int
		took   []time.Duration
	}{
		"a mutant that every test reaches": {1, []int{4, 8, 8}, []time.Duration{6 * time.Second, 60 * time.Second, 124 * time.Second}},
		"a mutant that two tests reach":    {2, []int{2}, []time.Duration{8 * time.Second}},
		"a mutant that no test reaches":    {3, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var sizes []int
			var times []time.Duration
			for names, took := range groups(inOrder(mutant{number: c.mutant, file: "a.go"}, tests)) {
				sizes, times = append(sizes, len(names)), append(times, took)
			}
			if !slices.Equal(sizes, c.sizes) || !slices.Equal(times, c.took) {
				t.Errorf("got groups of %v that take %v, want %v and %v", sizes, times, c.sizes, c.took)
			}
		})
	}
}

func TestWhatIsKilledDidNotEndByItself(t *testing.T) {
	for name, c := range map[string]struct {
		script string
		want   bool
	}{
		"tests that pass":                      {"exit 0", false},
		"tests that fail":                      {"exit 1", false},
		"tests that panic":                     {"exit 2", false},
		"tests that a mutant does not let end": {"while :; do :; done", true},
	} {
		t.Run(name, func(t *testing.T) {
			b := testBinary{path: filepath.Join(t.TempDir(), "tests")}
			if err := os.WriteFile(b.path, []byte("#!/bin/sh\n"+c.script+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			if got := isKilled(b.run(t.Context(), nil, time.Second, "MUTANT=1").Run()); got != c.want {
				t.Errorf("got %t, want %t", got, c.want)
			}
		})
	}
}
