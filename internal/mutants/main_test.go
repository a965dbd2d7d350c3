package main

import (
	"strings"
	"testing"
)

// sampleReport is what the program writes of testdata/sample.
const sampleReport = `testdata/sample/sample.go:8:39: <= becomes <: no test notices
testdata/sample/sample.go:10:38: > becomes >=: no test notices
testdata/sample/sample.go:12:40: >= becomes >: no test notices
testdata/sample/sample.go:19:17: != becomes ==: no test notices
testdata/sample/sample.go:34:44: == becomes !=: no test reaches it

| package | killed | timed out | lived | not reached | killed of killed and lived |
|---|---|---|---|---|---|
| ` + "`sample`" + ` | 17 | 0 | 4 | 1 | 81.0 % |
`

func TestTheReportNamesWhatNoTestNoticesOrReaches(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{"./testdata/sample"}, &out); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != sampleReport {
		t.Errorf("got\n%s\nwant\n%s", got, sampleReport)
	}
}

func TestFilesLimitTheReport(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{"-files", "other.go", "./testdata/sample"}, &out); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.Contains(got, "sample.go") {
		t.Errorf("mutants of sample.go although only those of other.go were wanted:\n%s", got)
	}
}

func TestPatternsLimitTheTests(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{"-files", "sample.go", "-run", "TestBelow", "./testdata/sample"}, &out); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]bool{
		"sample.go:6:38: < becomes <=:": false, // which this test notices
		"no test reaches it\n":          true,
	} {
		if got := strings.Contains(out.String(), line); got != want {
			t.Errorf("%q is in the report: %t, want %t\n%s", line, got, want, &out)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	for name, c := range map[string]struct{ args, want string }{
		"no package":                    {"", "at least one package"},
		"no process":                    {"-processes 0 ./testdata/sample", "one process"},
		"a flag that there is not":      {"-all ./testdata/sample", "-all"},
		"a package that does not exist": {"./testdata/none", "./testdata/none: go list"},
	} {
		t.Run(name, func(t *testing.T) {
			err := run(t.Context(), strings.Fields(c.args), &strings.Builder{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
		})
	}
}
