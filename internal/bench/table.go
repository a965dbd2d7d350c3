package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// column is a figure of cidrplan that is compared with the same figure of terraform_data.
type column struct {
	title string
	of    func(observed) float64
	unit  unit
}

type unit int

const (
	second unit = iota
	megabyte
	count
)

// in writes a figure with its unit.
func (u unit) in(value float64) string {
	switch u {
	case second:
		return decimals(value) + " s"
	case megabyte:
		return decimals(value/1e6) + " MB"
	}
	return grouped(int(value))
}

// decimals has two digits behind the point below ten, one below a hundred and none above.
func decimals(value float64) string {
	switch {
	case value < 9.995:
		return fmt.Sprintf("%.2f", value)
	case value < 99.95:
		return fmt.Sprintf("%.1f", value)
	}
	return grouped(int(value + 0.5))
}

// grouped writes 10000 as 10,000.
func grouped(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}

// cell is the figure of cidrplan and, in brackets, its ratio to that of terraform_data where that has any.
func (c column) cell(m measured) string {
	ours, theirs := c.of(m.Subjects[cidrplan]), c.of(m.Subjects[terraformData])
	if theirs == 0 {
		return c.unit.in(ours)
	}
	return fmt.Sprintf("%s (%s×)", c.unit.in(ours), ratio(ours/theirs))
}

// ratio has one digit behind the point, none from ten on, and one significant digit below a tenth.
func ratio(value float64) string {
	switch {
	case value < 0.095:
		return fmt.Sprintf("%.1g", value)
	case value < 9.95:
		return fmt.Sprintf("%.1f", value)
	}
	return grouped(int(value + 0.5))
}

// tables shows figures as Markdown, with the ratios to terraform_data of the same runs.
func tables(all []figures) string {
	var b strings.Builder
	for _, line := range conditions(all) {
		fmt.Fprintf(&b, "- %s\n", line)
	}
	time := func(of func(sample) seconds) []column {
		return forSteps(
			second, func(s sample) float64 { return float64(of(s)) }, firstPlan, apply, unchangedPlan, planOneAdded, planOneRemoved,
		)
	}
	lines := forSteps(count, func(s sample) float64 { return float64(s.Lines) }, firstPlan, planOneAdded, planOneRemoved)
	for _, section := range []struct {
		title   string
		columns []column
	}{
		{"Wall time", time(func(s sample) seconds { return s.Wall })},
		{"Processor time of Terraform and provider", time(func(s sample) seconds { return s.CPU })},
		{"Processor time of the provider alone", time(func(s sample) seconds { return s.ProviderCPU })},
		{"Peak memory and size of the state", []column{
			{"Terraform", func(o observed) float64 { return float64(o.peak().Terraform) }, megabyte},
			{"provider", func(o observed) float64 { return float64(o.peak().Provider) }, megabyte},
			{"state file", func(o observed) float64 { return float64(o.State) }, megabyte},
		}},
		{"Lines of the plan that show a change", lines},
	} {
		fmt.Fprintf(&b, "\n### %s\n\n%s", section.title, table(bySize(all), section.columns))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func forSteps(u unit, of func(sample) float64, names ...stepName) (columns []column) {
	for _, name := range names {
		columns = append(columns, column{string(name), func(o observed) float64 { return of(o.Steps[name]) }, u})
	}
	return columns
}

// table has a row for each configuration that was measured.
func table(rows []measured, columns []column) string {
	var b strings.Builder
	titles, rules := []string{"clusters"}, []string{"---"}
	for _, c := range columns {
		titles, rules = append(titles, c.title), append(rules, "--:")
	}
	row := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	row(titles)
	row(rules)
	for _, m := range rows {
		cells := []string{m.label()}
		for _, c := range columns {
			cells = append(cells, c.cell(m))
		}
		row(cells)
	}
	return b.String()
}

// bySize is what was measured in all calls, the smallest first.
func bySize(all []figures) (rows []measured) {
	for _, f := range all {
		rows = append(rows, f.Measured...)
	}
	slices.SortStableFunc(rows, func(a, b measured) int { return cmp.Compare(a.Clusters, b.Clusters) })
	return rows
}

// conditions say how the sizes were measured, each once.
func conditions(all []figures) (lines []string) {
	for _, f := range all {
		line := fmt.Sprintf("%s: %s, %d cores, %s.", f.sizes(), f.Version, f.Cores, f.runs())
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// label names a configuration in the table.
func (s scenario) label() string {
	words := map[layoutName]string{"in-place": "in place", "declare": "in `declare`", "resources": "as resources"}
	return grouped(s.Clusters) + " " + words[s.Layout]
}

// sizes names the sizes that were measured, each once.
func (f figures) sizes() string {
	var names []string
	for i, m := range f.Measured {
		if i == 0 || f.Measured[i-1].Clusters != m.Clusters {
			names = append(names, grouped(m.Clusters))
		}
	}
	if len(names) > 1 {
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1] + " clusters"
	}
	return strings.Join(names, "") + " clusters"
}

func (f figures) runs() string {
	if f.Runs == 1 {
		return "one run"
	}
	return fmt.Sprintf("medians of %d runs", f.Runs)
}
