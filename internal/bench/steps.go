package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// step is a command that is measured, in a workspace in which the steps before it ran.
type step struct {
	name stepName
	edit edit
	args []string
	// exitCode is what the command must end with. A plan with -detailed-exitcode ends with 2 where there are changes.
	exitCode int
}

type stepName string

const (
	firstPlan      stepName = "first plan"
	apply          stepName = "apply"
	unchangedPlan  stepName = "plan without changes"
	planOneAdded   stepName = "plan of one added"
	planOneRemoved stepName = "plan of one removed"
)

const noChanges, changes = 0, 2

// steps are the life of a workspace. No edit is applied, so each is an edit of what was applied first.
var steps = []step{
	{firstPlan, asDeclared, plan("-out=tfplan"), changes},
	{apply, asDeclared, []string{"apply", "-no-color", "-input=false", "tfplan"}, 0},
	{unchangedPlan, asDeclared, plan(), noChanges},
	{planOneAdded, oneAdded, plan(), changes},
	{planOneRemoved, oneRemoved, plan(), changes},
}

func plan(more ...string) []string {
	return append([]string{"plan", "-no-color", "-input=false", "-detailed-exitcode"}, more...)
}

// workspace is a folder with the configuration of one subject and its state.
type workspace struct {
	commandLine
	folder string
}

// take runs a step and returns what it took.
func (w workspace) take(ctx context.Context, s step, configuration string) (sample, error) {
	if err := os.WriteFile(filepath.Join(w.folder, "main.tf"), []byte(configuration), 0o600); err != nil {
		return sample{}, err
	}
	used, out, err := w.run(ctx, w.folder, s.exitCode, s.args...)
	return sample{used, changedLines(out)}, err
}

// stateSize is the size of the state file in bytes.
func (w workspace) stateSize() (int64, error) {
	info, err := os.Stat(filepath.Join(w.folder, "terraform.tfstate"))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// measureAll measures the scenarios one after the other, so many times each, and writes each command's time to progress.
// Where one fails, it also returns what was measured before.
func (c commandLine) measureAll(ctx context.Context, cases []scenario, runs int, progress io.Writer) (figures, error) {
	if runs < 1 {
		return figures{}, fmt.Errorf("%d runs measure nothing, want at least one", runs)
	}
	_, version, err := c.run(ctx, ".", 0, "version")
	if err != nil {
		return figures{}, err
	}
	version, _, _ = strings.Cut(version, "\n")
	all := figures{Version: version, Cores: runtime.NumCPU(), Runs: runs}
	for _, s := range cases {
		one, err := c.measure(ctx, s, runs, progress)
		if err != nil {
			return all, err
		}
		all.Measured = append(all.Measured, one)
	}
	return all, nil
}

func (c commandLine) measure(ctx context.Context, s scenario, runs int, progress io.Writer) (measured, error) {
	seen := map[subject][]observed{}
	for run := range runs {
		for _, of := range subjects {
			seen[of] = append(seen[of], observed{Steps: map[stepName]sample{}})
		}
		if err := c.measureOnce(ctx, s, subjects, func(of subject) *observed { return &seen[of][run] }, progress); err != nil {
			return measured{}, err
		}
	}
	result := measured{scenario: s, Subjects: map[subject]observed{}}
	for of, all := range seen {
		result.Subjects[of] = medians(all)
	}
	return result, nil
}

// measureOnce takes each step with one subject and then the other, so that whatever else the machine does meets both alike.
func (c commandLine) measureOnce(
	ctx context.Context, s scenario, subjects []subject, into func(subject) *observed, progress io.Writer,
) error {
	folder, err := os.MkdirTemp("", "cidrplan-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder
	for _, step := range steps {
		for _, of := range subjects {
			w := workspace{c, filepath.Join(folder, string(of))}
			if err := os.MkdirAll(w.folder, 0o700); err != nil {
				return err
			}
			took, err := w.take(ctx, step, s.configuration(of, step.edit))
			if err != nil {
				return fmt.Errorf("%d clusters (%s), %s of %s: %w", s.Clusters, s.Layout, step.name, of, err)
			}
			into(of).Steps[step.name] = took
			if into(of).State, err = w.stateSize(); err != nil && step.name != firstPlan {
				return err
			}
			_, err = fmt.Fprintf(progress, "%6d %-9s %-22s %-20s %7.2f s\n", s.Clusters, s.Layout, of, step.name, took.Wall)
			if err != nil {
				return err
			}
		}
	}
	return nil
}
