package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestFiguresAreWrittenForReaders(t *testing.T) {
	for _, c := range []struct {
		unit  unit
		value float64
		want  string
	}{
		{second, 0.374, "0.37 s"},
		{second, 9.994, "9.99 s"},
		{second, 9.996, "10.0 s"},
		{second, 25.24, "25.2 s"},
		{second, 125.4, "125 s"},
		{megabyte, 295.4e6, "295 MB"},
		{megabyte, 410e3, "0.41 MB"},
		{megabyte, 1218e6, "1,218 MB"},
		{count, 69, "69"},
		{count, 6309, "6,309"},
		{count, 1006309, "1,006,309"},
	} {
		if got := c.unit.in(c.value); got != c.want {
			t.Errorf("%v is written %q, want %q", c.value, got, c.want)
		}
	}
}

func TestRatiosAreWrittenForReaders(t *testing.T) {
	for value, want := range map[float64]string{
		0.00087: "0.0009",
		0.0912:  "0.09",
		0.097:   "0.1",
		0.94:    "0.9",
		4.04:    "4.0",
		9.97:    "10",
		1234.5:  "1,235",
	} {
		if got := ratio(value); got != want {
			t.Errorf("%v is written %q, want %q", value, got, want)
		}
	}
}

// made are figures of one configuration, of which those of cidrplan are so many times those of terraform_data.
func made(clusters, times int) measured {
	of := func(n int) observed {
		o := observed{Steps: map[stepName]sample{}, State: int64(n) * 1e6}
		for _, s := range steps {
			o.Steps[s.name] = sample{usage{Wall: seconds(n), CPU: seconds(2 * n), peaks: peaks{Terraform: int64(n) * 1e7}}, 7 * n}
		}
		return o
	}
	ours := of(times)
	ours.Steps[apply] = sample{usage{30, 40, 20, peaks{9e7, 5e7}}, 0}
	return measured{scenario{clusters, "in-place"}, map[subject]observed{cidrplan: ours, terraformData: of(1)}}
}

func TestTablesHaveFiguresAndRatios(t *testing.T) {
	got := tables([]figures{
		{Version: "Terraform v1.11.4", Cores: 2, Runs: 3, Measured: []measured{made(100, 3), made(1000, 4)}},
		{Version: "Terraform v1.11.4", Cores: 2, Runs: 1, Measured: []measured{made(10000, 5)}},
	})
	for _, want := range []string{
		"- 100 and 1,000 clusters: Terraform v1.11.4, 2 cores, medians of 3 runs.\n- 10,000 clusters: Terraform v1.11.4, 2 cores, " +
			"one run.\n",
		"| clusters | first plan | apply | plan without changes | plan of one added | plan of one removed |\n| --- | --: | --: | --: " +
			"| --: | --: |\n",
		"| 100 in place | 3.00 s (3.0×) | 30.0 s (30×) | 3.00 s (3.0×) |",
		"| 1,000 in place | 8.00 s (4.0×) | 40.0 s (20×) |",
		"| 1,000 in place | 0.00 s | 20.0 s | 0.00 s | 0.00 s | 0.00 s |",
		"| clusters | Terraform | provider | state file |",
		"| 10,000 in place | 90.0 MB (9.0×) | 50.0 MB | 5.00 MB (5.0×) |",
		"| 10,000 in place | 35 (5.0×) | 35 (5.0×) | 35 (5.0×) |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the tables lack\n%s\nin\n%s", want, got)
		}
	}
}

func TestTablesOfSeveralCallsAreOne(t *testing.T) {
	call := func(sizes ...int) figures {
		f := figures{Version: "Terraform v1.11.4", Cores: 2, Runs: 3}
		for _, size := range sizes {
			f.Measured = append(f.Measured, made(size, 3))
		}
		return f
	}
	got := tables([]figures{call(100, 1000), call(100, 1000), call(25)})
	if n := strings.Count(got, "100 and 1,000 clusters: "); n != 1 {
		t.Errorf("the conditions of 100 and 1,000 clusters are there %d times:\n%s", n, got)
	}
	order := regexp.MustCompile(`(?m)^\| ([\d,]+) in place`).FindAllStringSubmatch(got, 5)
	for i, want := range []string{"25", "100", "100", "1,000", "1,000"} {
		if order[i][1] != want {
			t.Errorf("row %d has %s clusters, want %s", i, order[i][1], want)
		}
	}
}

func TestMediansAreOfEachFigure(t *testing.T) {
	run := func(wall seconds, state int64, lines int) observed {
		return observed{map[stepName]sample{firstPlan: {usage{Wall: wall}, lines}}, state}
	}
	got := medians([]observed{run(3, 10, 7), run(1, 30, 8), run(2, 20, 9)})
	if s := got.Steps[firstPlan]; s.Wall != 2 || s.Lines != 8 || got.State != 20 {
		t.Errorf("the medians are %v", got)
	}
	if got := medians([]observed{run(4, 0, 0)}); got.Steps[firstPlan].Wall != 4 {
		t.Errorf("the median of one is %v", got)
	}
}

func TestWithFiguresReplacesTheFigures(t *testing.T) {
	page := "# Scale\n\n## Figures\n\nold 5 s\n\n### Old\n\n## End\n\nEnd.\n"
	all := []figures{{Version: "Terraform v1.11.4", Cores: 2, Runs: 3, Measured: []measured{made(100, 3)}}}
	got, err := withFigures(page, all)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got, "old") || !strings.Contains(got, "| 100 in place |") || !strings.HasPrefix(got, "# Scale\n") ||
		!strings.HasSuffix(got, "|\n\n## End\n\nEnd.\n") {
		t.Errorf("the page is\n%s", got)
	}
	if again, err := withFigures(got, all); again != got {
		t.Errorf("written twice, the page differs (%v):\n%s", err, again)
	}
	for _, page := range []string{"# Scale\n\n## End\n", "# Scale\n\n## Figures\n"} {
		if _, err := withFigures(page, all); err == nil {
			t.Errorf("the page %q without a place for figures is accepted", page)
		}
	}
}

// No figure of the guide is typed by hand: its tables are what the stored figures give.
func TestGuideShowsTheStoredFigures(t *testing.T) {
	all, err := readFigures("../../" + storedFile)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../" + guideFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 || len(all[0].Measured) == 0 {
		t.Fatal("no figures are stored")
	}
	want, err := withFigures(string(page), all)
	if err != nil {
		t.Fatal(err)
	}
	if want != string(page) {
		t.Errorf("%s does not show the figures of %s, see make bench-guide", guideFile, storedFile)
	}
}
