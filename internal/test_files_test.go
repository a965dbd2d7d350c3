package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// topics are beginnings of names of test files that belong to no Go file of their package: promises that hold for any input, benchmarks,
// and data files; in provider also whole messages, options that a test follows, pages, schemas, and the words of all texts.
func topics(folder string) []string {
	everywhere := []string{"promise", "promises", "bench", "data"}
	if folder == "provider" {
		return append(everywhere, "messages", "options", "pages", "schema", "wording")
	}
	return everywhere
}

// withoutTests are ends of names of test files that have no test: helpers, and tables that tests of other files go through. An
// export_test.go shows a part of its package to tests outside of the package.
var withoutTests = []string{"helpers", "cases", "stories", "export"}

var (
	// testFunction finds the functions that go test runs.
	testFunction = regexp.MustCompile(`(?m)^func ((?:Test|Benchmark|Fuzz)\w*)\(`)
	// acceptanceTest is the name of a test that runs Terraform.
	acceptanceTest = regexp.MustCompile(`^TestAcc[A-Z]`)
)

// testsOf are the functions of a test file that go test runs, except for TestMain.
func testsOf(text string) []string {
	var tests []string
	for _, found := range testFunction.FindAllStringSubmatch(text, -1) {
		if found[1] != "TestMain" {
			tests = append(tests, found[1])
		}
	}
	return tests
}

func TestTestFilesNameWhatTheyTest(t *testing.T) {
	paths, err := filepath.Glob("*/*_test.go")
	if err != nil || len(paths) < 500 {
		t.Fatalf("%d test files, %v", len(paths), err)
	}
	for _, path := range paths {
		folder, file := filepath.Split(path)
		beside, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, entry := range beside {
			names = append(names, entry.Name())
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if wrong := wrongName(file, filepath.Clean(folder), names, testsOf(string(text))); wrong != "" {
			t.Errorf("%s %s: see \"Where a test goes\" in CONTRIBUTING.md", path, wrong)
		}
	}
}

// wrongName says what is wrong with the name of a test file of a folder that has these files beside it, "" for nothing.
func wrongName(file, folder string, beside, tests []string) string {
	subject := strings.TrimSuffix(file, "_test.go")
	last := subject[strings.LastIndexByte(subject, '_')+1:]
	unit := func(test string) bool { return !acceptanceTest.MatchString(test) }
	switch {
	case slices.Contains(withoutTests, last) != (len(tests) == 0):
		return "has no tests, and its name does not end in _helpers, _cases or _stories, or it has tests, and its name does"
	case len(tests) == 0:
		return ""
	case last == "acc" && slices.ContainsFunc(tests, unit):
		return "has tests that are not named TestAcc"
	case last == "acc":
		return ""
	case slices.ContainsFunc(tests, acceptanceTest.MatchString):
		return "has acceptance tests, and its name does not end in _acc"
	case !testsAFile(subject, folder, beside):
		return "tests no file of its name"
	}
	return ""
}

// testsAFile says whether the name of a test file begins with that of a Go file beside it, or with a topic.
func testsAFile(subject, folder string, beside []string) bool {
	for {
		if slices.Contains(topics(folder), subject) || slices.Contains(beside, subject+".go") {
			return true
		}
		i := strings.LastIndexByte(subject, '_')
		if i < 0 {
			return false
		}
		subject = subject[:i]
	}
}

func TestNamesOfTestFiles(t *testing.T) {
	beside := []string{"plan.go", "place.go", "no_room.go"}
	unit, acceptance, both := []string{"TestPlan"}, []string{"TestAccPlan"}, []string{"TestPlan", "TestAccPlan"}
	for name, test := range map[string]struct {
		files  string
		folder string
		tests  []string
		right  bool
	}{
		"a Go file, or one of its topics":     {"plan plan_mirrors no_room no_room_blocks", "allocate", unit, true},
		"no Go file":                          {"mirrors no planned helpers_of_life", "allocate", unit, false},
		"a topic of every package":            {"bench_scale promise_sticky data_networks", "allocate", unit, true},
		"a topic of provider":                 {"messages options_held pages_readme schema wording", "provider", unit, true},
		"acceptances, which run no Terraform": {"plan", "conflict", []string{"TestAcceptances"}, true},
		"a topic of provider elsewhere":       {"messages options_held pages_readme schema wording", "allocate", unit, false},
		"no tests":                            {"helpers life_helpers rule_stories bad_input_cases export", "provider", nil, true},
		"no tests under another name":         {"plan plan_acc messages", "provider", nil, false},
		"tests among helpers":                 {"helpers plan_helpers plan_stories plan_cases export", "provider", unit, false},
		"acceptance tests":                    {"hubs_acc", "provider", acceptance, true},
		"acceptance tests elsewhere":          {"plan plan_hubs", "provider", acceptance, false},
		"both kinds of tests":                 {"plan plan_acc", "provider", both, false},
		"unit tests as acceptance tests":      {"plan_acc", "provider", unit, false},
	} {
		for _, file := range strings.Fields(test.files) {
			if wrong := wrongName(file+"_test.go", test.folder, beside, test.tests); (wrong == "") != test.right {
				t.Errorf("%s: %s: %q", name, file, wrong)
			}
		}
	}
}

func TestTestsOfAFile(t *testing.T) {
	text := "func TestMain(m *testing.M) {\nfunc TestOne(t *testing.T) {\n// func TestNone(\nfunc FuzzTwo(f *testing.F) {\n" +
		"func helper() {\nfunc BenchmarkThree(b *testing.B) {\n"
	if got := testsOf(text); !slices.Equal(got, []string{"TestOne", "FuzzTwo", "BenchmarkThree"}) {
		t.Errorf("got %q", got)
	}
}
