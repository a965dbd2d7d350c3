package main

import (
	"slices"
	"testing"
)

func TestTestsBesideTheCodeGoFirst(t *testing.T) {
	tests := []test{
		{name: "TestQuick", file: "b_test.go", reaches: map[int]bool{1: true}},
		{name: "TestElsewhere", file: "b_test.go", reaches: map[int]bool{2: true}},
		{name: "TestBeside", file: "a_test.go", reaches: map[int]bool{1: true}},
		{name: "TestSlow", file: "a_more_test.go", reaches: map[int]bool{1: true}},
		{name: "TestBesideAndSlow", file: "a_test.go", reaches: map[int]bool{1: true, 2: true}},
	}
	for name, c := range map[string]struct {
		mutant mutant
		want   []string
	}{
		"in a file with tests beside it": {
			mutant{number: 1, file: "a.go"}, []string{"TestBeside", "TestBesideAndSlow", "TestQuick", "TestSlow"},
		},
		"in a file without tests beside it": {mutant{number: 2, file: "c.go"}, []string{"TestElsewhere", "TestBesideAndSlow"}},
		"in code that no test reaches":      {mutant{number: 3, file: "a.go"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, one := range inOrder(c.mutant, tests) {
				got = append(got, one.name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestFilesOfTests(t *testing.T) {
	p, err := load(t.Context(), "./testdata/sample")
	if err != nil {
		t.Fatal(err)
	}
	tests := []test{{name: "TestSame"}, {name: "TestNumbers"}, {name: "TestNone"}}
	if err := p.locate(tests); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"sample_test.go", "sample_test.go", ""} {
		if tests[i].file != want {
			t.Errorf("%s is in %q, want %q", tests[i].name, tests[i].file, want)
		}
	}
}
