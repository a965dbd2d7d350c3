package internal_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// core are the packages whose test files are named after what they test, as CONTRIBUTING.md says.
var core = []string{
	"addressmap", "allocate", "cidr", "conflict", "manifests", "placement", "plain", "profile", "register", "rules",
	"topology",
}

// testFilesOf are beginnings of names of test files that belong to no Go file: promises of the planner, benchmarks, and data files.
var testFilesOf = []string{"promise", "promises", "bench", "data"}

func TestTestFilesOfTheCoreNameWhatTheyTest(t *testing.T) {
	for _, name := range core {
		files, err := os.ReadDir(name)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, file := range files {
			names = append(names, file.Name())
		}
		for _, file := range names {
			if strings.HasSuffix(file, "_test.go") && !isTestOfAFile(file, names) {
				t.Errorf("%s tests no file of its name: see \"Where a test goes\" in CONTRIBUTING.md", filepath.Join(name, file))
			}
		}
	}
}

// isTestOfAFile says whether a test file begins with the name of a Go file beside it, with one of testFilesOf, or holds helpers.
func isTestOfAFile(file string, beside []string) bool {
	subject := strings.TrimSuffix(file, "_test.go")
	if subject == "helpers" || strings.HasSuffix(subject, "_helpers") {
		return true
	}
	for cut := true; cut; {
		if slices.Contains(testFilesOf, subject) || slices.Contains(beside, subject+".go") {
			return true
		}
		i := strings.LastIndexByte(subject, '_')
		cut = i >= 0
		subject = subject[:max(i, 0)]
	}
	return false
}

func TestNamesOfTestFiles(t *testing.T) {
	beside := []string{"plan.go", "place.go", "no_room.go"}
	for file, want := range map[string]bool{
		"plan_test.go": true, "plan_mirrors_test.go": true, "no_room_test.go": true, "no_room_blocks_test.go": true,
		"bench_scale_test.go": true, "promise_sticky_test.go": true, "helpers_test.go": true, "life_helpers_test.go": true,
		"mirrors_test.go": false, "no_test.go": false, "planned_test.go": false, "helpers_of_life_test.go": false,
	} {
		if got := isTestOfAFile(file, beside); got != want {
			t.Errorf("%s: got %t, want %t", file, got, want)
		}
	}
}
