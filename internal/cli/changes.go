package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cidrplan/terraform-provider-cidrplan/internal/changes"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/messages"
	"github.com/cidrplan/terraform-provider-cidrplan/internal/statefile"
)

// changesFormats are how the changes of a plan can be written.
var changesFormats = map[string]func(*command, io.Writer, planned) error{
	"text": (*command).writeChangesText, "json": (*command).writeChangesJSON, "markdown": (*command).writeChangesMarkdown,
}

// changesFormatNames are these formats in the order of the help.
var changesFormatNames = []string{"text", "json", "markdown"}

// planned is what plans change, and what they reported.
type planned struct {
	files []string
	// plans is the number of plans among the files; failed says that one has only a part of the changes, partial that one leaves out
	// changes by -target or for a later plan.
	plans           int
	failed, partial bool
	// reports are those of resources of which something changes.
	reports []changes.Report
	// diagnostics are those of this provider; others is the number of the rest.
	diagnostics []statefile.Diagnostic
	others      int
}

func (c *command) changes() *cobra.Command {
	format, failOnMove := "text", false
	cmd := &cobra.Command{
		Use:   "changes PLAN...",
		Short: "Show what a plan changes in the ranges of clusters and blocks, for a pull request",
		Long: wrapped(
			"changes lists the ranges that a plan allocates, appends, extends, moves, releases and reclaims, and the conflicts that it "+
				"newly accepts, in one line each. Clusters and blocks that keep their ranges are only counted.",
			"A file is the output of terraform show -json for a plan, or the log of terraform plan -json; - is the standard input. A log "+
				"has the errors and warnings of the plan, each in full. Those of other providers are only counted, because they may "+
				"contain secrets.",
			"Exit codes: 0 done, 1 a file cannot be read, 2 with --fail-on-move: a range that somebody holds moves or is no longer held, "+
				"or the plan failed.",
		),
		Example: "  terraform plan -out=tfplan -json > plan.log\n" +
			"  terraform show -json tfplan | cidrplan changes --format markdown - plan.log",
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, files []string) error {
			write, known := changesFormats[format]
			if !known {
				return fmt.Errorf("--format %s", messages.NotAmong(format, changesFormatNames))
			}
			p, err := c.readPlans(files)
			if err != nil {
				return err
			}
			if err := write(c, c.io.Out, p); err != nil {
				return err
			}
			if failOnMove && (p.failed || p.moves()) {
				return errConflicts
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", format, "how the result is written: "+strings.Join(changesFormatNames, ", "))
	cmd.Flags().BoolVar(
		&failOnMove, "fail-on-move", false, "exit with 2 if a range that is held moves or is no longer held, or the plan failed",
	)
	return cmd
}

// readPlans reads plans and logs of plans.
func (c *command) readPlans(files []string) (planned, error) {
	p := planned{files: files}
	for _, name := range files {
		text, err := c.readFile(name)
		if err != nil {
			return planned{}, err
		}
		if name == stdin {
			name = "stdin"
		}
		if statefile.IsLog(text) {
			diagnostics, err := statefile.ReadLog(name, text)
			if err != nil {
				return planned{}, err
			}
			p.add(diagnostics)
			continue
		}
		plan, err := statefile.ReadPlan(name, text)
		if err != nil {
			return planned{}, err
		}
		p.plans++
		p.failed, p.partial = p.failed || plan.Errored, p.partial || plan.Partial
		for _, planner := range plan.Planners {
			if r := changes.Compare(planner); len(r.Changes) > 0 || r.Previous != "" {
				p.reports = append(p.reports, r)
			}
		}
	}
	return p, nil
}

func (p *planned) add(diagnostics []statefile.Diagnostic) {
	for _, d := range diagnostics {
		if d.Own() {
			p.diagnostics = append(p.diagnostics, d)
			continue
		}
		p.others++
	}
}

// moves says whether a range that is held moves or is not held any more.
func (p planned) moves() bool {
	for _, r := range p.reports {
		for _, change := range r.Changes {
			if change.Kind.Moves() {
				return true
			}
		}
	}
	return false
}
