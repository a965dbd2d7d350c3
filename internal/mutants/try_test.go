package main

import (
	"fmt"
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
			for names, took := range groups(c.mutant, tests) {
				sizes, times = append(sizes, len(names)), append(times, took)
			}
			if !slices.Equal(sizes, c.sizes) || !slices.Equal(times, c.took) {
				t.Errorf("got groups of %v that take %v, want %v and %v", sizes, times, c.sizes, c.took)
			}
		})
	}
}
