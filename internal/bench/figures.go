package main

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
)

// figures are what one call of the benchmark measured.
type figures struct {
	// Version is what Terraform calls itself.
	Version string
	Cores   int
	// Runs is how many runs the medians are of.
	Runs     int
	Measured []measured
}

// measured is what was measured of one configuration.
type measured struct {
	scenario
	Subjects map[subject]observed
}

// observed is what was measured with one subject.
type observed struct {
	Steps map[stepName]sample
	// State is the size of the state file after apply, in bytes.
	State int64
}

// sample is what was measured of one command.
type sample struct {
	usage
	// Lines are those of the plan that show a change.
	Lines int
}

// peak is the largest of all steps.
func (o observed) peak() (most peaks) {
	for _, s := range o.Steps {
		most.Terraform, most.Provider = max(most.Terraform, s.Terraform), max(most.Provider, s.Provider)
	}
	return most
}

// medians are the medians of several runs, of each figure by itself.
func medians(runs []observed) observed {
	all := observed{Steps: map[stepName]sample{}, State: median(runs, func(o observed) int64 { return o.State })}
	for _, s := range steps {
		all.Steps[s.name] = sample{
			usage: usage{
				Wall:        median(runs, func(o observed) seconds { return o.Steps[s.name].Wall }),
				CPU:         median(runs, func(o observed) seconds { return o.Steps[s.name].CPU }),
				ProviderCPU: median(runs, func(o observed) seconds { return o.Steps[s.name].ProviderCPU }),
				peaks: peaks{
					Terraform: median(runs, func(o observed) int64 { return o.Steps[s.name].Terraform }),
					Provider:  median(runs, func(o observed) int64 { return o.Steps[s.name].Provider }),
				},
			},
			Lines: median(runs, func(o observed) int { return o.Steps[s.name].Lines }),
		}
	}
	return all
}

// median is the middle one, or the upper of the two that are in the middle.
func median[T cmp.Ordered](runs []observed, of func(observed) T) T {
	var values []T
	for _, o := range runs {
		values = append(values, of(o))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// writeFigures writes figures to a file, those of each call of the benchmark by themselves.
func writeFigures(file string, all []figures) error { return writeJSON(file, all) }

func writeJSON(file string, all any) error {
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o644)
}

func readFigures(file string) (all []figures, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(text, &all)
	return all, err
}
